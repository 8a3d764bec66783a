"""The network in PyTorch: the encoder of all-MiniLM-L6-v2, an embedding of the letter case, a linear head for tags."""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from models.pii.tagger.features import CASES
from models.pii.tagger.labels import TAGS
from models.training.minilm_graph import EPSILON, HEADS, LAYERS, WIDTH
from models.training.pii_tagger.labels import IGNORED
from models.training.pii_tagger.settings import Settings

INNER, PIECES, POSITIONS = 1536, 30522, 512
DROPOUT = 0.1


def _dense(inputs: int, outputs: int) -> nn.ModuleDict:
    return nn.ModuleDict(
        {"dense": nn.Linear(inputs, outputs), "LayerNorm": nn.LayerNorm(outputs, eps=EPSILON)},
    )


class Layer(nn.Module):
    """One layer of BERT, with the original's parameter names."""

    def __init__(self) -> None:
        super().__init__()
        parts = nn.ModuleDict({part: nn.Linear(WIDTH, WIDTH) for part in ("query", "key", "value")})
        self.attention = nn.ModuleDict({"self": parts, "output": _dense(WIDTH, WIDTH)})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(WIDTH, INNER)})
        self.output = _dense(INNER, WIDTH)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
        """One layer for x (windows, pieces, width); the result has the same shape.

        ``hidden`` (windows, 1, 1, pieces) is added to the scores: 0 on pieces, -30,000 on padding.
        """
        rows, pieces, _ = x.shape
        query, key, value = (
            part(x).view(rows, pieces, HEADS, -1).transpose(1, 2) for part in self.attention["self"].values()
        )
        # Written out: on a CPU, PyTorch's fused attention takes three times as long for so few pieces.
        weights = (query * key.shape[-1] ** -0.5) @ key.transpose(2, 3) + hidden
        attended = weights.softmax(-1).to(value.dtype) @ value
        x = self._add(attended.transpose(1, 2).reshape(rows, pieces, WIDTH), x, self.attention["output"])
        return self._add(functional.gelu(self.intermediate["dense"](x)), x, self.output)

    def _add(self, inner: Tensor, x: Tensor, end: nn.ModuleDict) -> Tensor:
        result: Tensor = end["LayerNorm"](x + self.dropout(end["dense"](inner)))
        return result


class Tagger(nn.Module):
    """Word pieces and their cases → logits of the tags."""

    def __init__(self) -> None:
        super().__init__()
        self.embeddings = nn.ModuleDict(
            {
                "word_embeddings": nn.Embedding(PIECES, WIDTH),
                "position_embeddings": nn.Embedding(POSITIONS, WIDTH),
                "token_type_embeddings": nn.Embedding(2, WIDTH),
                "LayerNorm": nn.LayerNorm(WIDTH, eps=EPSILON),
            }
        )
        self.case_embeddings = nn.Embedding(CASES, WIDTH)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer() for _ in range(LAYERS))})
        self.head = nn.Linear(WIDTH, len(TAGS))
        self.dropout = nn.Dropout(DROPOUT)
        # Nothing said about case at first: the encoder starts out as it was.
        nn.init.zeros_(self.case_embeddings.weight)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """Each (windows, pieces) int64 → logits (windows, pieces, tags) float32."""
        table = self.embeddings
        positions = table["position_embeddings"].weight[: ids.shape[1]] + table["token_type_embeddings"].weight[0]
        x = table["word_embeddings"](ids) + self.case_embeddings(cases) + positions
        x = self.dropout(table["LayerNorm"](x))
        # In the type that the products have, so that the weights stay in it.
        kind = torch.get_autocast_dtype(x.device.type) if torch.is_autocast_enabled(x.device.type) else x.dtype
        hidden = ((mask - 1) * 30_000)[:, None, None, :].to(kind)
        for layer in self.encoder["layer"]:
            x = layer(x, hidden)
        logits: Tensor = self.head(self.dropout(x))
        return logits.float()

    def take_weights(self, weights: Mapping[str, np.ndarray]) -> None:
        """Start from the original's tensors. Raises RuntimeError where one is missing or of another shape."""
        wanted = {
            name: torch.from_numpy(np.array(value))
            for name, value in weights.items()
            if not name.startswith("pooler.") and name != "embeddings.position_ids"
        }
        missing = [name for name in self.load_state_dict(wanted, strict=False).missing_keys if "encoder" in name]
        if missing:
            raise RuntimeError(f"missing tensors: {missing}")


def tag_loss(logits: Tensor, tags: Tensor) -> Tensor:
    """Cross-entropy over the real pieces."""
    return functional.cross_entropy(logits.flatten(0, 1), tags.flatten(), ignore_index=IGNORED)


def taught_loss(logits: Tensor, taught: Tensor, tags: Tensor) -> Tensor:
    """Cross-entropy with the teachers' probabilities ``taught`` (windows, pieces, tags) over the real pieces."""
    real = tags.flatten() != IGNORED
    log_probs = logits.flatten(0, 1)[real].float().log_softmax(-1)
    return -(taught.flatten(0, 1)[real].float() * log_probs).sum(-1).mean()


def parameter_groups(model: Tagger, settings: Settings) -> list[dict[str, object]]:
    """Learning rates falling by ``layer_decay`` from layer to layer downwards; the new parts get ``head_rate``.

    Weight decay (0.01) on matrices only, as usual for BERT.
    """
    groups = []
    for name, parameter in model.named_parameters():
        rate = settings.rate * settings.layer_decay**LAYERS
        if name.startswith(("head.", "case_embeddings.")):
            rate = settings.head_rate
        elif name.startswith("encoder.layer."):
            rate = settings.rate * settings.layer_decay ** (LAYERS - 1 - int(name.split(".")[2]))
        elif name == "embeddings.word_embeddings.weight":
            rate *= settings.word_rate
            parameter.requires_grad_(settings.word_rate > 0)
        decay = 0.01 if parameter.ndim > 1 else 0.0
        groups.append({"params": [parameter], "lr": rate, "peak": rate, "weight_decay": decay})
    return groups
