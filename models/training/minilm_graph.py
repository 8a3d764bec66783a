"""Builds all-MiniLM-L6-v2 as an ONNX graph, weight by weight, from its original tensors.

Built by hand rather than traced, because it needs no deep-learning framework, gives the same bytes every time, and
lets each part be stored and computed in the form that suits it:

- the linear layers as ``MatMulNBits`` with 8-bit weights in blocks (activations are quantised per row and block, so
  the embedding of a text does not depend on what else is in the batch, unlike with ``DynamicQuantizeLinear``);
- the word embeddings as int8 with one scale a row, looked up before they are widened;
- attention as the fused ``MultiHeadAttention`` with a mask over padding;
- mean pooling over the real tokens and L2 normalisation inside the graph, for the last layer and a middle one.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

Weights = Mapping[str, np.ndarray]
Precision = Literal["float32", "int8"]

LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12
TONE_LAYER = 4
CONTRIB = "com.microsoft"


class _Graph:
    """Collects nodes and initializers; every method returns the name of the tensor that it made."""

    def __init__(self, weights: Weights, precision: Precision, block: int) -> None:
        self.weights, self.precision, self.block = weights, precision, block
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """``x @ weight.T + bias``; weight is (outputs, inputs)."""
        bias_name = self.constant(f"{name}.bias", bias)
        if self.precision == "float32":
            product = self.add("MatMul", [x, self.constant(f"{name}.weight", weight.T)], f"{name}.product")
            return self.add("Add", [product, bias_name], name)
        outputs, inputs = weight.shape
        codes, scales = quantize_blocks(weight, self.block)
        packed = [self.constant(f"{name}.weight", codes), self.constant(f"{name}.scales", scales)]
        return self.add(
            "MatMulNBits", [x, *packed, "", "", bias_name], name, CONTRIB,
            K=inputs, N=outputs, bits=8, block_size=self.block, accuracy_level=4,
        )  # fmt: skip

    def layer_norm(self, x: str, name: str, prefix: str) -> str:
        scale = self.constant(f"{name}.scale", self.weights[f"{prefix}.weight"])
        shift = self.constant(f"{name}.shift", self.weights[f"{prefix}.bias"])
        return self.add("LayerNormalization", [x, scale, shift], name, axis=-1, epsilon=EPSILON)

    def skip_layer_norm(self, x: str, skip: str, name: str, prefix: str) -> str:
        scale = self.constant(f"{name}.scale", self.weights[f"{prefix}.weight"])
        shift = self.constant(f"{name}.shift", self.weights[f"{prefix}.bias"])
        return self.add("SkipLayerNormalization", [x, skip, scale, shift], name, CONTRIB, epsilon=EPSILON)

    def embeddings(self) -> str:
        words = self.weights["embeddings.word_embeddings.weight"]
        if self.precision == "float32":
            word = self.add("Gather", [self.constant("words", words), "input_ids"], "word")
        else:
            codes, scales = quantize_rows(words)
            looked_up = self.add("Gather", [self.constant("words", codes), "input_ids"], "word.codes")
            widened = self.add("Cast", [looked_up], "word.float", to=TensorProto.FLOAT)
            scale = self.add("Gather", [self.constant("word_scales", scales), "input_ids"], "word.scale")
            word = self.add("Mul", [widened, scale], "word")
        # Every text is one segment (type 0), so its vector is folded into the positions.
        positions = self.weights["embeddings.position_embeddings.weight"]
        positions = positions + self.weights["embeddings.token_type_embeddings.weight"][0]
        shape = self.add("Shape", ["input_ids"], "length", start=1, end=2)
        start = self.constant("zero", np.array([0], np.int64))
        here = self.add("Slice", [self.constant("positions", positions), start, shape], "position")
        return self.layer_norm(self.add("Add", [word, here], "embedded"), "hidden0", "embeddings.LayerNorm")

    def layer(self, index: int, x: str, mask: str) -> str:
        prefix, name = f"encoder.layer.{index}", f"layer{index}"
        parts = [f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([self.weights[f"{part}.weight"] for part in parts])
        bias = np.concatenate([self.weights[f"{part}.bias"] for part in parts])
        packed = self.linear(x, f"{name}.qkv", weight, bias)
        heads = [f"{name}.query", f"{name}.key", f"{name}.value"]
        self.nodes.append(helper.make_node("Split", [packed], heads, name=f"{name}.split", axis=-1, num_outputs=3))
        attended = self.add("MultiHeadAttention", [*heads, "", mask], f"{name}.attended", CONTRIB, num_heads=HEADS)
        projected = self._dense(attended, f"{name}.projected", f"{prefix}.attention.output.dense")
        middle = self.skip_layer_norm(projected, x, f"{name}.middle", f"{prefix}.attention.output.LayerNorm")
        inner = self._dense(middle, f"{name}.inner", f"{prefix}.intermediate.dense")
        active = self.add("Gelu", [inner], f"{name}.active", CONTRIB)
        outer = self._dense(active, f"{name}.outer", f"{prefix}.output.dense")
        return self.skip_layer_norm(outer, middle, f"hidden{index + 1}", f"{prefix}.output.LayerNorm")

    def _dense(self, x: str, name: str, prefix: str) -> str:
        return self.linear(x, name, self.weights[f"{prefix}.weight"], self.weights[f"{prefix}.bias"])

    def mask(self) -> tuple[str, str]:
        """The mask of real tokens, (batch, tokens), as float for pooling and as int32 for attention."""
        as_float = self.add("Cast", ["attention_mask"], "mask.float", to=TensorProto.FLOAT)
        return as_float, self.add("Cast", ["attention_mask"], "mask.keys", to=TensorProto.INT32)

    def pool_weight(self, real: str) -> str:
        self.constant("tokens", np.array([1], np.int64))
        return self.add("Unsqueeze", [real, self.constant("last", np.array([-1], np.int64))], "pool.weight")

    def pool(self, x: str, weight: str, output: str) -> str:
        weighted = self.add("Mul", [x, weight], f"{output}.weighted")
        # The length of the sum does not matter: normalising makes the mean of it.
        summed = self.add("ReduceSum", [weighted, "tokens"], f"{output}.sum", keepdims=0)
        return self.add("LpNormalization", [summed], output, axis=-1, p=2)


def quantize_rows(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8 with one scale a row: codes (rows, columns) int8, scales (rows, 1) float32."""
    scales = np.maximum(np.abs(weight).max(axis=1, keepdims=True) / 127.0, 1e-12).astype(np.float32)
    return np.clip(np.rint(weight / scales), -127, 127).astype(np.int8), scales


def quantize_blocks(weight: np.ndarray, block: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric 8 bits in blocks along the inputs, as ``MatMulNBits`` stores them (zero point 128).

    weight (outputs, inputs) → codes (outputs, inputs / block, block) uint8, scales (outputs, inputs / block) float32.
    """
    outputs, inputs = weight.shape
    blocks = weight.reshape(outputs, inputs // block, block)
    scales = np.maximum(np.abs(blocks).max(axis=2) / 127.0, 1e-12).astype(np.float32)
    codes = np.clip(np.rint(blocks / scales[..., None]), -127, 127) + 128
    return codes.astype(np.uint8), scales


def build(weights: Weights, precision: Precision = "int8", block: int = 128) -> onnx.ModelProto:
    """The whole model: input_ids, attention_mask (batch, tokens) int64 → embedding, tone (batch, 384) float32.

    Every row of both has length 1.

    ``embedding`` is the model's own sentence embedding, from the last layer, trained to say what a text is about.
    ``tone`` pools the fourth layer the same way; how something is said (praise, complaint) is still clearer there.
    """
    graph = _Graph(weights, precision, block)
    hidden = graph.embeddings()
    real, keys = graph.mask()
    weight = graph.pool_weight(real)
    for index in range(LAYERS):
        hidden = graph.layer(index, hidden, keys)
        if index + 1 == TONE_LAYER:
            graph.pool(hidden, weight, "tone")
    graph.pool(hidden, weight, "embedding")
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", WIDTH]) for name in ("embedding", "tone")
    ]
    body = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, outputs, graph.initializers)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=8, producer_name="strongroom")
