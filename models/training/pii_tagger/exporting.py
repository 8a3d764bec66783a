"""Writes the trained model as ONNX, 8 bits, node by node as ``minilm_graph`` does, and compares it with PyTorch."""

import json
import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from models.pii.tagger.decoding import log_softmax
from models.pii.tagger.features import CASES, PLACES, SHAPES
from models.pii.tagger.labels import TAGS
from models.pii.tagger.windows import OVERLAP, WINDOW
from models.training.activation_sizes import activation_sizes
from models.training.minilm_graph import CONTRIB, LAYERS, Weights, _Graph
from models.training.pii_tagger.predicting import Predictor, onnx_predictor, text_logits, windows_of

MAX_BYTES = 30_000_000
MAX_MEAN_DIFFERENCE = 0.01
"""Mean absolute difference of the probabilities that quantization may make."""
SPEED_LENGTHS = (70, 172, 342)


class _TaggerGraph(_Graph):
    """The encoder with the case embedding added before the first norm."""

    def layer_norm(self, x: str, name: str, prefix: str) -> str:
        if name == "hidden0":
            table = self.constant("cases", self.weights["case_embeddings.weight"])
            x = self.add("Add", [x, self.add("Gather", [table, "case_ids"], "case")], "embedded.case")
        return super().layer_norm(x, name, prefix)


def build(
    weights: Weights, temperature: float, thresholds: Mapping[str, float], sizes: Weights | None = None
) -> onnx.ModelProto:
    """input_ids, case_ids (1, tokens) int64 → logits (1, tokens, tags) float32.

    The logits are divided by ``temperature`` already. The metadata names tags, shapes, places, window and thresholds.
    In 8 bits with ``sizes``, as ``minilm_graph.build``.
    """
    graph = _TaggerGraph(weights, sizes)
    hidden = graph.embeddings()
    for index in range(LAYERS):
        hidden = graph.layer(index, hidden)
    # The head is too small to be worth 8 bits.
    weight = graph.constant("head.weight", (weights["head.weight"].T / temperature).astype(np.float32))
    bias = graph.constant("head.bias", (weights["head.bias"] / temperature).astype(np.float32))
    graph.add("Add", [graph.add("MatMul", [hidden, weight], "head.product"), bias], "logits")
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [1, "tokens"]) for name in ("input_ids", "case_ids")
    ]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, "tokens", len(TAGS)])]
    body = helper.make_graph(graph.nodes, "pii-tagger", inputs, outputs, graph.initializers)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)]
    model = helper.make_model(body, opset_imports=opsets, ir_version=8, producer_name="strongroom")
    metadata = {
        "tags": json.dumps(TAGS),
        "shapes": json.dumps(SHAPES),
        "places": json.dumps(PLACES),
        "window": json.dumps({"pieces": WINDOW, "overlap": OVERLAP}),
        "thresholds": json.dumps(dict(thresholds)),
    }
    helper.set_model_props(model, metadata)
    return model


def export(
    weights: Weights, temperature: float, thresholds: Mapping[str, float], texts: Sequence[str], path: Path
) -> int:
    """Write the 8-bit model, its codes made for what ``texts`` need; its size in bytes.

    Raises SystemExit where it is too large.
    """
    exact = build(weights, temperature, thresholds)
    inputs = ({"input_ids": ids[None], "case_ids": cases[None]} for ids, cases in windows_of(texts))
    data = build(weights, temperature, thresholds, activation_sizes(exact, inputs)).SerializeToString(
        deterministic=True
    )
    if len(data) > MAX_BYTES:
        raise SystemExit(f"The model has {len(data):,} bytes, more than {MAX_BYTES:,}. Nothing was written.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return len(data)


def differences(texts: list[str], left: Predictor, right: Predictor, temperature: float) -> tuple[float, float, float]:
    """Mean and greatest absolute difference of the probabilities, and the share of pieces with another best tag.

    ``left`` gives logits that are not yet divided by the temperature, ``right`` those that are.
    """
    pairs = [
        (np.exp(log_softmax(a / temperature)), np.exp(log_softmax(b)))
        for (_, a), (_, b) in zip(text_logits(texts, left), text_logits(texts, right), strict=True)
        if len(a)
    ]
    first, second = (np.concatenate(side) for side in zip(*pairs, strict=True))
    apart = np.abs(first - second)
    return float(apart.mean()), float(apart.max()), float((first.argmax(1) != second.argmax(1)).mean())


def speed(path: Path, threads: int = 2, runs: int = 15) -> dict[int, float]:
    """Median milliseconds for one window of so many pieces."""
    predict = onnx_predictor(path, threads)
    rng = np.random.default_rng(1)
    result = {}
    for length in SPEED_LENGTHS:
        ids = rng.integers(1000, 30000, (1, length))
        cases = rng.integers(1, CASES, (1, length))
        mask = np.ones_like(ids)
        times = []
        for _ in range(runs + 3):
            start = time.perf_counter()
            predict(ids, cases, mask)
            times.append(time.perf_counter() - start)
        result[length] = 1000 * statistics.median(times[3:])
    return result
