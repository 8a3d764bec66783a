"""The training loop: rounds of new texts, AdamW, warm-up and linear decay, a checkpoint after every round."""

import random
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file

from models.pii.tagger.features import load_tokenizer
from models.training.export_minilm import find_sources
from models.training.pii_tagger.augmenting import exchanged, hidden, neighbour_table, rewritten
from models.training.pii_tagger.data import Batch, Example, batches, collate, load_round, part_of, training_round
from models.training.pii_tagger.labels import IGNORED
from models.training.pii_tagger.making import round_file
from models.training.pii_tagger.model import Tagger, parameter_groups, tag_loss, taught_loss
from models.training.pii_tagger.settings import Settings

CHECKPOINT = "checkpoint.pt"
REPORT_SECONDS = 15.0


def pick_device() -> torch.device:
    """A GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def mixed_precision(device: torch.device) -> AbstractContextManager[object]:
    """bfloat16 for matrix products where the hardware multiplies it: GPUs, and CPUs with AVX-512 BF16 or AMX."""
    cpu_has = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda" or cpu_has)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a run gets its texts and weights from.

    ``published``: folder of archives with plain text. ``made``: folder of rounds made before, of the same settings.
    ``start``: folder of a finished run whose weights to begin with. ``weights``: the encoder's tensors in another file
    than the original one, such as a copy in 16 bits. ``teachers``: folders of finished runs to learn from.
    """

    published: Path
    made: Path | None = None
    start: Path | None = None
    weights: Path | None = None
    teachers: tuple[Path, ...] = ()


def new_model(weights: Path | None = None) -> Tagger:
    """The encoder with its original weights, digests checked, or those in ``weights``; the rest fresh."""
    model = Tagger()
    tensors = load_file(weights or find_sources() / "model.safetensors")
    model.take_weights({name: value.astype(np.float32) for name, value in tensors.items()})
    return model


def neighbours_of(model: Tagger) -> np.ndarray:
    """The table of neighbouring words in the model's own embeddings."""
    vocabulary = load_tokenizer().get_vocab()
    words = sorted(vocabulary, key=lambda word: vocabulary[word])
    return neighbour_table(model.embeddings["word_embeddings"].weight.detach().cpu().numpy(), words)


def load_model(folder: Path) -> Tagger:
    """The model of the last checkpoint, ready to predict."""
    model = Tagger()
    model.load_state_dict(torch.load(folder / CHECKPOINT, map_location="cpu", weights_only=True)["model"])
    return model.eval()


def rate_at(done: float, warm_up: float) -> float:
    """Factor of the peak learning rate where the share ``done`` of the training is over."""
    return min(done / warm_up, 1.0) if done < warm_up else max(0.0, (1.0 - done) / (1.0 - warm_up))


def _rounds(settings: Settings, sources: Sources, first: int, workers: int) -> Iterator[list[Example]]:
    """The rounds from ``first`` on; with ``workers`` they are made ahead by other processes."""
    tail = (settings.round_samples, settings.seed, settings.negatives, settings.noise, sources.published)
    if sources.made is not None:
        for index in range(first, settings.rounds):
            yield load_round(round_file(sources.made, index))
        return
    if not workers:
        for index in range(first, settings.rounds):
            yield training_round(index, *tail)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        ahead: deque[Future[list[Example]]] = deque()
        for index in range(first, settings.rounds):
            while len(ahead) <= workers and index + len(ahead) < settings.rounds:
                ahead.append(pool.submit(training_round, index + len(ahead), *tail))
            yield ahead.popleft().result()


def train(settings: Settings, folder: Path, sources: Sources, workers: int = 0) -> Tagger:
    """Train, or go on where a run with the same settings was stopped; returns the model, ready to predict."""
    torch.manual_seed(settings.seed)
    # Else tiny attention weights make the backward pass of the softmax six times as slow on a CPU.
    torch.set_flush_denormal(True)
    device = pick_device()
    model = (load_model(sources.start) if sources.start else new_model(sources.weights)).to(device)
    teachers = [load_model(teacher).to(device).eval() for teacher in sources.teachers]
    pupil = Pupil(model, teachers, neighbours_of(model), settings, device)
    optimizer = torch.optim.AdamW(
        parameter_groups(model, settings),
        betas=(0.9, 0.98),
        fused=True,
    )
    first, spent = 0, 0.0
    path = folder / CHECKPOINT
    if path.is_file():
        state = torch.load(path, map_location=device, weights_only=True)
        if state["settings"] != asdict(settings):
            raise SystemExit(f"{path} is of a run with other settings; give another folder or remove it.")
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        first, spent = state["round"], state["spent"]
        print(f"going on at round {first + 1} of {settings.rounds}, after {spent / 60:.1f} minutes")
    folder.mkdir(parents=True, exist_ok=True)
    clock = _Clock(settings, spent)
    for index, examples in enumerate(_rounds(settings, sources, first, workers), first):
        if clock.share_of_time() >= 1.0:
            break
        torch.manual_seed(settings.seed * 10_000 + index)
        _train_round(pupil, optimizer, examples, index, clock)
        _save(path, model, optimizer, index + 1, clock.spent(), settings)
    return model.to("cpu").eval()


class _Clock:
    """Time over all runs, and the tokens of this one."""

    def __init__(self, settings: Settings, spent: float) -> None:
        self.settings, self.before, self.start = settings, spent, time.monotonic()
        self.tokens, self.reported, self.losses = 0, 0.0, deque[torch.Tensor](maxlen=50)

    def spent(self) -> float:
        return self.before + time.monotonic() - self.start

    def share_of_time(self) -> float:
        return self.spent() / (self.settings.hours * 3600)

    def report(self, done: float, rate: float) -> None:
        now = time.monotonic()
        if now - self.reported < REPORT_SECONDS:
            return
        self.reported = now
        left = self.spent() * (1 - done) / max(done, 1e-6) / 60
        speed = self.tokens / (now - self.start)
        loss = float(torch.stack(tuple(self.losses)).mean())
        print(f"{done:6.1%}  loss {loss:.4f}  {speed:6.0f} tokens/s  rate {rate:.1e}  {left:.1f} min left", flush=True)


class Pupil:
    """The model that is trained, what it learns from, and how its batches are changed."""

    def __init__(
        self,
        model: Tagger,
        teachers: Sequence[Tagger],
        neighbours: np.ndarray,
        settings: Settings,
        device: torch.device,
    ) -> None:
        self.model, self.settings = model, settings
        self._teachers, self._neighbours, self._device = teachers, neighbours, device

    def loss(self, batch: Batch, rng: np.random.Generator) -> torch.Tensor:
        """Of one batch, read in a version of its own."""
        settings = self.settings
        cases = rewritten(batch, rng)
        whole = exchanged(batch, settings.exchanged, self._neighbours, rng)
        ids = hidden(whole, (batch.mask > 0) & (batch.tags != IGNORED), settings.masked, rng)
        tags, mask, ids_in, cases_in = (self._there(array) for array in (batch.tags, batch.mask, ids, cases))
        with mixed_precision(self._device):
            logits = self.model(ids_in, cases_in, mask)
            loss = tag_loss(logits, tags)
            if not self._teachers:
                return loss
            # The teachers see what is hidden from the pupil.
            seen = self._there(whole)
            with torch.no_grad():
                taught = torch.stack([teacher(seen, cases_in, mask).softmax(-1) for teacher in self._teachers]).mean(0)
        return (1 - settings.taught) * loss + settings.taught * taught_loss(logits, taught, tags)

    def _there(self, array: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(array).to(self._device, non_blocking=True)


def _train_round(
    pupil: Pupil, optimizer: torch.optim.Optimizer, examples: list[Example], index: int, clock: "_Clock"
) -> None:
    settings, model = pupil.settings, pupil.model
    model.train()
    rng = random.Random(f"{settings.seed} {index}")
    changes = np.random.default_rng((settings.seed, index))
    groups = batches([part_of(example, rng, settings.cut) for example in examples], settings.batch_pieces, rng)
    for step, group in enumerate(groups):
        # Whichever is nearer its end, texts or time: the learning rate always reaches zero.
        done = max((index + step / len(groups)) / settings.rounds, clock.share_of_time())
        if done >= 1.0:
            return
        factor = rate_at(done, settings.warm_up)
        for parameters in optimizer.param_groups:
            parameters["lr"] = parameters["peak"] * factor
        batch = collate(group)
        loss = pupil.loss(batch, changes)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        clock.tokens += int(batch.mask.sum())
        clock.losses.append(loss.detach())
        clock.report(done, settings.rate * factor)


def _save(
    path: Path, model: Tagger, optimizer: torch.optim.Optimizer, done: int, spent: float, settings: Settings
) -> None:
    """Write beside the old checkpoint first, so that a kill in between leaves one of them whole."""
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "round": done,
        "spent": spent,
        "settings": asdict(settings),
    }
    beside = path.with_suffix(".part")
    torch.save(state, beside)
    beside.replace(path)
