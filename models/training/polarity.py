"""Trains the polarity's branch of ``minilm.onnx``: copies of the upper layers that tell praise, complaint and neither.

    python -m models.training.polarity DATA OUT [--without SET]

DATA is the folder of rated sentences (see ``polarity_data``), OUT the file of weights (safetensors) that
``export_minilm`` takes. Needs torch; about ten minutes on a core of a laptop. A fifth of the sentences is never
trained on, and the figures printed are for it. ``--without film`` leaves a whole set out and tests on all of it: that
tells how well the branch does on texts of another kind.

A few dozen examples teach a classifier the subject of a text but hardly its polarity; here it is learnt once, and given
to every task as three more features, to use or not. The lower layers stay as they are and are shared, so that a text
costs a third more.
"""

import argparse
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from models.training.digests import TARGET
from models.training.export_minilm import find_sources
from models.training.minilm_graph import BRANCH, BRANCH_LAYERS, EPSILON, HEADS, WIDTH
from models.training.polarity_data import FILES, MADE, Rated, load

EPOCHS, BATCH, RATE, HEAD_RATE, DECAY, WARM_UP = 2, 32, 1e-4, 1e-3, 0.01, 0.06
MOST_PIECES, CACHE_BATCH, TEST_BATCH, MOST_TESTED = 56, 48, 64, 1500
DROPPED, PIECES_DROPPED = 0.1, 0.06
SPREAD = 8.0
"""Length that a pooled vector is given."""
SHARPNESS = 2.2
"""Log-odds of praise against complaint for a rating of 1."""
NEITHER_WIDTH, NEITHER_SHARE = 0.6, 0.4
"""How far from 0 a rating still means neither, and how much telling that counts."""
CLEAR = 0.75
"""Rating from which on a sentence is counted as praise or complaint when testing."""

Weights = Mapping[str, Tensor]


def _norm(x: Tensor, weights: Weights, name: str) -> Tensor:
    return functional.layer_norm(x, (WIDTH,), weights[f"{name}.weight"], weights[f"{name}.bias"], EPSILON)


def _linear(x: Tensor, weights: Weights, name: str) -> Tensor:
    return functional.linear(x, weights[f"{name}.weight"], weights[f"{name}.bias"])


def _dropped(x: Tensor, training: bool) -> Tensor:
    """Drops whole channels of a text: a mask for every word piece would take longer than the layer."""
    return x * ((torch.rand(x.shape[0], 1, WIDTH) > DROPPED) / (1 - DROPPED)) if training else x


def layer(x: Tensor, hidden: Tensor | None, weights: Weights, index: int, training: bool = False) -> Tensor:
    """One layer for x (texts, pieces, 384); ``hidden`` (texts, 1, 1, pieces) is added to the scores."""
    name = f"encoder.layer.{index}"
    texts, pieces, _ = x.shape
    query, key, value = (
        _linear(x, weights, f"{name}.attention.self.{part}").view(texts, pieces, HEADS, -1).transpose(1, 2)
        for part in ("query", "key", "value")
    )
    scores = (query * (WIDTH // HEADS) ** -0.5) @ key.transpose(2, 3)
    scores = scores if hidden is None else scores + hidden
    attended = (scores.softmax(-1) @ value).transpose(1, 2).reshape(texts, pieces, WIDTH)
    projected = _dropped(_linear(attended, weights, f"{name}.attention.output.dense"), training)
    x = _norm(x + projected, weights, f"{name}.attention.output.LayerNorm")
    inner = functional.gelu(_linear(x, weights, f"{name}.intermediate.dense"))
    outer = _dropped(_linear(inner, weights, f"{name}.output.dense"), training)
    return _norm(x + outer, weights, f"{name}.output.LayerNorm")


@torch.no_grad()
def lower(texts: Sequence[str], weights: Weights) -> list[Tensor]:
    """What the shared layers make of every text: (pieces, 384) each, in 16 bits."""
    tokenizer = Tokenizer.from_file(str(TARGET / "tokenizer.json"))
    ids = [tokenizer.encode(text).ids[:MOST_PIECES] for text in texts]
    by_length: dict[int, list[int]] = {}
    for place, own in enumerate(ids):
        by_length.setdefault(len(own), []).append(place)
    found: dict[int, Tensor] = {}
    for length, places in by_length.items():
        for start in range(0, len(places), CACHE_BATCH):
            chosen = places[start : start + CACHE_BATCH]
            x = weights["embeddings.word_embeddings.weight"][torch.tensor([ids[place] for place in chosen])]
            x = x + weights["embeddings.position_embeddings.weight"][:length]
            x = _norm(x + weights["embeddings.token_type_embeddings.weight"][0], weights, "embeddings.LayerNorm")
            for index in range(BRANCH):
                x = layer(x, None, weights, index)
            found.update(zip(chosen, x.half(), strict=True))
    return [found[place] for place in range(len(ids))]


class Branch:
    """The trainable layers and the head; ``weights`` are all tensors by the original's names."""

    def __init__(self, weights: Weights) -> None:
        own = {name: tensor.clone() for name, tensor in weights.items() if _is_own(name)}
        self.layers = {name: torch.nn.Parameter(tensor) for name, tensor in own.items()}
        self.head = torch.nn.Linear(WIDTH, 3)
        torch.nn.init.zeros_(self.head.weight)
        torch.nn.init.zeros_(self.head.bias)

    def logits(self, states: Sequence[Tensor], training: bool = False) -> Tensor:
        """Logits (texts, 3) of praise, complaint and neither."""
        length = max(len(state) for state in states)
        x, real = torch.zeros(len(states), length, WIDTH), torch.zeros(len(states), length)
        for row, state in enumerate(states):
            x[row, : len(state)], real[row, : len(state)] = state, 1
        if training:
            kept = real * (torch.rand(real.shape) > PIECES_DROPPED)
            kept[:, 0] = 1
            real = kept
        for index in BRANCH_LAYERS:
            x = layer(x, ((1 - real) * -3e4)[:, None, None, :], self.layers, index, training)
        result: Tensor = self.head(functional.normalize((x * real[..., None]).sum(1), dim=-1) * SPREAD)
        return result

    @torch.no_grad()
    def predict(self, states: Sequence[Tensor]) -> np.ndarray:
        """``logits`` of any number of texts."""
        order = sorted(range(len(states)), key=lambda place: len(states[place]))
        result = np.zeros((len(states), 3), np.float32)
        for start in range(0, len(order), TEST_BATCH):
            chosen = order[start : start + TEST_BATCH]
            result[chosen] = self.logits([states[place] for place in chosen]).numpy()
        return result

    def save(self, path: Path) -> None:
        """Write the weights under the names that ``minilm_graph`` expects."""
        tensors = {f"tone.{name}": tensor.detach().numpy() for name, tensor in self.layers.items()}
        head = {"tone.head.weight": self.head.weight.detach() * SPREAD, "tone.head.bias": self.head.bias.detach()}
        save_file(tensors | {name: tensor.numpy() for name, tensor in head.items()}, path)


def _is_own(name: str) -> bool:
    return any(name.startswith(f"encoder.layer.{index}.") for index in BRANCH_LAYERS)


def loss(logits: Tensor, ratings: Tensor, weights: Tensor) -> Tensor:
    """How far praise against complaint, and neither against both, are from what the ratings say."""
    contrast = functional.binary_cross_entropy_with_logits(
        logits[:, 0] - logits[:, 1], torch.sigmoid(SHARPNESS * ratings), reduction="none"
    ) * (0.3 + ratings.abs().clamp(max=1.5))
    neither = 0.97 * torch.exp(-((ratings / NEITHER_WIDTH) ** 2))
    praise = (1 - neither) * torch.sigmoid(3 * ratings)
    shares = torch.stack([praise, 1 - neither - praise, neither], 1)
    three = -(shares * functional.log_softmax(logits, 1)).sum(1)
    return (weights * (contrast + NEITHER_SHARE * three)).mean()


def train(rows: Sequence[Rated], states: Sequence[Tensor], branch: Branch) -> None:
    """Train on the rows in order of length, in batches drawn at random; deterministic on one machine."""
    ratings, weights = torch.tensor([row.rating for row in rows]), torch.tensor([row.weight for row in rows])
    parameters = list(branch.layers.values())
    groups = [
        {"params": [one for one in parameters if one.ndim > 1], "weight_decay": DECAY},
        {"params": [one for one in parameters if one.ndim == 1], "weight_decay": 0.0},
        {"params": branch.head.parameters(), "lr": HEAD_RATE, "weight_decay": DECAY},
    ]
    optimizer = torch.optim.AdamW(groups, lr=RATE, fused=True)
    steps = EPOCHS * (len(rows) // BATCH)
    warm_up = WARM_UP * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm_up, max(0.02, (steps - step) / (steps - warm_up)))
    )
    rng = random.Random(0)
    for epoch in range(EPOCHS):
        order = sorted(range(len(rows)), key=lambda place: len(states[place]) + rng.random() * 3)
        batches = [order[start * BATCH : (start + 1) * BATCH] for start in range(len(rows) // BATCH)]
        rng.shuffle(batches)
        total = 0.0
        for number, batch in enumerate(batches, 1):
            found = loss(branch.logits([states[place] for place in batch], True), ratings[batch], weights[batch])
            optimizer.zero_grad()
            found.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            total += float(found.detach())
            if number % 100 == 0:
                print(f"epoch {epoch + 1}, batch {number} of {len(batches)}: loss {total / number:.4f}", flush=True)


def report(source: str, logits: np.ndarray, ratings: np.ndarray) -> str:
    """How many clear sentences are told right, and how many of the undecided and of the clear ones count as neither."""
    right = (logits[:, 0] > logits[:, 1]) == (ratings > 0)
    clear, neither = np.abs(ratings) >= CLEAR, logits.argmax(1) == 2
    return (
        f"{source:6} {len(ratings):5} sentences: {right[clear].mean():.1%} of {clear.sum()} clear ones right, "
        f"neither: {neither[np.abs(ratings) < 0.3].mean():.0%} of undecided, {neither[clear].mean():.0%} of clear ones"
    )


def main() -> None:
    """Train, test, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without", choices=sorted(FILES), default="")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    # Tiny attention weights would make the backward pass slow.
    torch.set_flush_denormal(True)
    original = load_file(find_sources() / "model.safetensors")
    weights = {name: torch.tensor(value) for name, value in original.items() if value.dtype == np.float32}
    rows = load(arguments.data)
    states = lower([row.text for row in rows], weights)
    kept = [place for place, row in enumerate(rows) if row.source != arguments.without and not row.held_out]
    branch = Branch(weights)
    train([rows[place] for place in kept], [states[place] for place in kept], branch)
    for source in FILES:
        tested = [
            place
            for place, row in enumerate(rows)
            if row.source == source != MADE and (row.held_out or source == arguments.without)
        ][:MOST_TESTED]
        ratings = np.array([rows[place].rating for place in tested])
        print(report(source, branch.predict([states[place] for place in tested]), ratings), flush=True)
    branch.save(arguments.out)


if __name__ == "__main__":
    main()
