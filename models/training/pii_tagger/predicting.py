"""Runs a model over many texts: windows of like length together, then spans."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.pii.tagger.decoding import Prediction, decode
from models.pii.tagger.features import Tokens, load_tokenizer, tokenize
from models.pii.tagger.labels import TAGS
from models.pii.tagger.windows import cut, join, model_inputs
from models.training.pii_tagger.data import Example, collate

if TYPE_CHECKING:
    from models.training.pii_tagger.model import Tagger

Predictor = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
"""Ids, cases and mask, each (windows, pieces) int64 → logits (windows, pieces, tags) float32."""


def torch_predictor(model: "Tagger") -> Predictor:
    """The PyTorch model in float32, on a GPU where there is one."""
    import torch

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model.to(device).eval()

    def predict(ids: np.ndarray, cases: np.ndarray, mask: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            logits = model(*(torch.from_numpy(a).to(device) for a in (ids, cases, mask)))
        result: np.ndarray = logits.cpu().numpy()
        return result

    return predict


def onnx_predictor(model: Path | bytes, threads: int = 0) -> Predictor:
    """The exported model; ``threads`` 0 leaves their number to the runtime."""
    from models.runtime import import_onnxruntime

    runtime = import_onnxruntime()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads
    source = model if isinstance(model, bytes) else str(model)
    session = runtime.InferenceSession(source, options, providers=["CPUExecutionProvider"])

    def predict(ids: np.ndarray, cases: np.ndarray, mask: np.ndarray) -> np.ndarray:
        # The exported model takes one window at a time, without padding.
        logits = np.zeros((*ids.shape, len(TAGS)), np.float32)
        for index, length in enumerate(mask.sum(axis=1)):
            window = {"input_ids": ids[index : index + 1, :length], "case_ids": cases[index : index + 1, :length]}
            logits[index, :length] = session.run(["logits"], window)[0][0]
        return logits

    return predict


def windows_of(texts: Sequence[str]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Ids and cases (pieces,) of every window of every text."""
    tokenizer = load_tokenizer()
    for text in texts:
        tokens = tokenize(text, tokenizer)
        for window in cut(tokens.breaks) if len(tokens) else []:
            yield model_inputs(tokens, window)


def text_logits(texts: Sequence[str], predict: Predictor, batch: int = 16) -> list[tuple[Tokens, np.ndarray]]:
    """Pieces and their logits (pieces, tags) for every text; texts without pieces get no rows."""
    tokenizer = load_tokenizer()
    tokens = [tokenize(text, tokenizer) for text in texts]
    windows = [cut(one.breaks) if len(one) else [] for one in tokens]
    places = [(text, window) for text, mine in enumerate(windows) for window in mine]
    places.sort(key=lambda place: place[1][1] - place[1][0])
    found: dict[tuple[int, tuple[int, int]], np.ndarray] = {}
    for first in range(0, len(places), batch):
        group = places[first : first + batch]
        inputs = [model_inputs(tokens[text], window) for text, window in group]
        padded = collate([Example(ids, cases, np.zeros(len(ids), np.int64)) for ids, cases in inputs], 1)
        logits = predict(padded.ids, padded.cases, padded.mask)
        for (text, window), rows in zip(group, logits, strict=True):
            found[text, window] = rows[1 : 1 + window[1] - window[0]]
    none = np.zeros((0, 0), np.float32)
    return [
        (one, join(len(one), mine, [found[index, window] for window in mine]) if mine else none)
        for index, (one, mine) in enumerate(zip(tokens, windows, strict=True))
    ]


def tag_texts(
    texts: Sequence[str], predict: Predictor, temperature: float = 1.0, outside_bias: float = 0.0
) -> list[list[Prediction]]:
    """The spans of every text."""
    return [
        decode(logits, tokens, temperature, outside_bias) if len(tokens) else []
        for tokens, logits in text_logits(texts, predict)
    ]
