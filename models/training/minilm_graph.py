"""Builds all-MiniLM-L6-v2 as an ONNX graph, weight by weight, from its original tensors.

Built by hand rather than traced, because it needs no deep-learning framework, gives the same bytes every time, and
lets each part be stored and computed in the form that suits it:

- the linear layers in 8 bits: weights with one scale an output, activations with one scale a row, multiplied as
  integers (the embedding of a text then does not depend on what else is in the batch, unlike with
  ``DynamicQuantizeLinear``); or, for the tagger, as ``MatMulNBits`` with weights in blocks;
- the word embeddings as int8 with one scale a row, looked up before they are widened;
- attention as the fused ``MultiHeadAttention`` with a mask over padding;
- mean pooling over the real tokens and L2 normalisation inside the graph, for the last layer and a middle one;
- a branch of a few layers of its own from a middle layer on, for the polarity (see ``tone.py``).
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

Weights = Mapping[str, np.ndarray]
Precision = Literal["float32", "int8", "rows"]
"""``int8``: weights in blocks; ``rows``: one scale an output and, for what comes in, a row: twice as fast."""

LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12
TONE_LAYER = 4
BRANCH, BRANCH_LAYERS = 4, (4, 5)
"""The polarity's branch: after how many layers it leaves, and which layers it has copies of."""
CONTRIB = "com.microsoft"
MOVED = 0.75
"""Exponent of the size that moves into the weights."""


class _Graph:
    """Collects nodes and initializers; every method returns the name of the tensor that it made."""

    def __init__(self, weights: Weights, precision: Precision, block: int, sizes: Weights | None = None) -> None:
        self.weights, self.precision, self.block = weights, precision, block
        self.sizes = sizes or {}
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def shared(self, name: str, value: np.ndarray) -> str:
        """A constant that several nodes use: made at its first use."""
        if all(known.name != name for known in self.initializers):
            self.constant(name, value)
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

    def linear_and_rest(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray) -> tuple[str, str]:
        """``linear`` with the bias, for ``rows``, left to the node that comes next: (result, name of bias or "")."""
        if self.precision == "rows":
            return self._by_rows(x, name, weight), self.constant(f"{name}.bias", bias)
        return self.linear(x, name, weight, bias), ""

    def _by_rows(self, x: str, name: str, weight: np.ndarray) -> str:
        """``x @ weight.T`` by integers.

        What comes out of a norm has a few channels far larger than the rest, which would leave these hardly any of the
        row's codes; so most of their size, where ``sizes`` tells it, is moved into the weights (Xiao et al.,
        SmoothQuant, ICML 2023).
        """
        if (size := self.sizes.get(x)) is not None:
            even = size**MOVED / np.sqrt(np.maximum(np.abs(weight).max(axis=0), 1e-6))
            weight = weight * even
            x = self.add("Mul", [x, self.constant(f"{name}.even", 1 / even)], f"{name}.evened")
        codes, scales = quantize_rows(weight)
        one, middle = self.shared("one", np.array(1, np.float32)), self.shared("middle", np.array(128, np.uint8))
        zero, last = self.shared("none", np.array(0, np.int8)), self.shared("last", np.array([-1], np.int64))
        greatest = self.add("ReduceMax", [self.add("Abs", [x], f"{name}.size"), last], f"{name}.greatest")
        scale = self.add("Mul", [greatest, self.shared("step", np.array(1 / 127, np.float32))], f"{name}.step")
        coded = self.add("QuantizeLinear", [self.add("Div", [x, scale], f"{name}.steps"), one, middle], f"{name}.codes")
        packed = [self.constant(f"{name}.weight", codes.T), one, self.constant(f"{name}.scales", scales[:, 0])]
        product = self.add("MatMulIntegerToFloat", [coded, *packed, middle, zero], f"{name}.integers", CONTRIB)
        return self.add("Mul", [product, scale], name)

    def layer_norm(self, x: str, name: str, prefix: str) -> str:
        scale = self.constant(f"{name}.scale", self.weights[f"{prefix}.weight"])
        shift = self.constant(f"{name}.shift", self.weights[f"{prefix}.bias"])
        return self.add("LayerNormalization", [x, scale, shift], name, axis=-1, epsilon=EPSILON)

    def skip_layer_norm(self, x: tuple[str, str], skip: str, name: str, prefix: str) -> str:
        """The norm of ``x + skip``, in three nodes: ``SkipLayerNormalization`` takes seven times as long on the CPU."""
        summed = self.add("Add", [x[0], skip], f"{name}.summed")
        if x[1]:
            summed = self.add("Add", [summed, x[1]], f"{name}.shifted")
        return self.layer_norm(summed, name, prefix)

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
        here = self.position(self.constant("positions", positions))
        return self.layer_norm(self.add("Add", [word, here], "embedded"), "hidden0", "embeddings.LayerNorm")

    def position(self, table: str) -> str:
        """The positions' vectors of the word pieces."""
        shape = self.add("Shape", ["input_ids"], "length", start=1, end=2)
        return self.add("Slice", [table, self.constant("zero", np.array([0], np.int64)), shape], "position")

    def layer(self, index: int, x: str, mask: str, stem: str = "") -> str:
        """Layer ``index`` of the model, or of the branch whose weights' and tensors' names begin with ``stem``."""
        prefix, name = f"{stem}encoder.layer.{index}", f"{stem}layer{index}"
        parts = [f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([self.weights[f"{part}.weight"] for part in parts])
        bias = np.concatenate([self.weights[f"{part}.bias"] for part in parts])
        packed, rest = self.linear_and_rest(x, f"{name}.qkv", weight, bias)
        attended = self.attend(packed, rest, mask, name)
        projected = self._dense(attended, f"{name}.projected", f"{prefix}.attention.output.dense")
        middle = self.skip_layer_norm(projected, x, f"{name}.middle", f"{prefix}.attention.output.LayerNorm")
        inner, rest = self._dense(middle, f"{name}.inner", f"{prefix}.intermediate.dense")
        if rest:
            inner = self.add("Add", [inner, rest], f"{name}.inner.shifted")
        active = self.add("Gelu", [inner], f"{name}.active", CONTRIB)
        outer = self._dense(active, f"{name}.outer", f"{prefix}.output.dense")
        return self.skip_layer_norm(outer, middle, f"{stem}hidden{index + 1}", f"{prefix}.output.LayerNorm")

    def attend(self, packed: str, bias: str, mask: str, name: str) -> str:
        """Attention of queries, keys and values side by side, (batch, tokens, 3 * 384) → (batch, tokens, 384)."""
        heads = [f"{name}.query", f"{name}.key", f"{name}.value"]
        self.nodes.append(helper.make_node("Split", [packed], heads, name=f"{name}.split", axis=-1, num_outputs=3))
        return self.add("MultiHeadAttention", [*heads, bias, mask], f"{name}.attended", CONTRIB, num_heads=HEADS)

    def _dense(self, x: str, name: str, prefix: str) -> tuple[str, str]:
        return self.linear_and_rest(x, name, self.weights[f"{prefix}.weight"], self.weights[f"{prefix}.bias"])

    def mask(self) -> tuple[str, str]:
        """The mask of real tokens, (batch, tokens), as float for pooling and as int32 for attention."""
        as_float = self.add("Cast", ["attention_mask"], "mask.float", to=TensorProto.FLOAT)
        return as_float, self.add("Cast", ["attention_mask"], "mask.keys", to=TensorProto.INT32)


class _Packed(_Graph):
    """The graph over the word pieces of all texts in one row, without padding: only attention sees them text by text.

    ``rows`` (texts, longest) says where in the row each text's pieces are, and ``back`` (pieces,) where in ``rows``.
    """

    def position(self, table: str) -> str:
        return self.add("Gather", [table, "places"], "position")

    def attend(self, packed: str, bias: str, mask: str, name: str) -> str:
        padded = self.add("Gather", [packed, "rows"], f"{name}.padded")
        attended = super().attend(padded, bias, mask, name)
        flat = self.shared("flat", np.array([-1, WIDTH], np.int64))
        return self.add("Gather", [self.add("Reshape", [attended, flat], f"{name}.flat"), "back"], f"{name}.packed")

    def pool(self, x: str, weight: str, output: str) -> str:
        """Mean of each text's pieces, at length 1; ``weight`` (texts, longest, 1) is 0 where there is none."""
        weighted = self.add("Mul", [self.add("Gather", [x, "rows"], f"{output}.padded"), weight], f"{output}.weighted")
        # The length of the sum does not matter: normalising makes the mean of it.
        summed = self.add(
            "ReduceSum", [weighted, self.shared("pieces", np.array([1], np.int64))], f"{output}.sum", keepdims=0
        )
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


INPUTS: dict[str, list[str]] = {
    "input_ids": ["pieces"],
    "places": ["pieces"],
    "back": ["pieces"],
    "rows": ["texts", "longest"],
    "attention_mask": ["texts", "longest"],
}
"""int64. ``input_ids``: word pieces of all texts, one after the other; ``places``: the place of each in its own text;
``rows``: for every text the places of its pieces among all, then anything, and ``attention_mask``: 1 and then 0;
``back``: the place of every piece in ``rows``, counted row by row."""


def normed_tensors() -> list[str]:
    """The tensors that a linear layer takes right after a norm."""
    own = [name for index in range(LAYERS) for name in (f"hidden{index}", f"layer{index}.middle")]
    return own + [f"tone.{name}" for index in BRANCH_LAYERS for name in (f"hidden{index}", f"layer{index}.middle")][1:]


def build(
    weights: Weights, precision: Precision = "rows", block: int = 64, sizes: Weights | None = None
) -> onnx.ModelProto:
    """The whole model: texts → embedding, tone, polarity, all float32. For the inputs see ``INPUTS``.

    ``embedding`` (texts, 384) is the model's own sentence embedding, from the last layer, trained to say what a text is
    about. ``tone`` (texts, 384) pools the fourth layer the same way; how something is said is still clearer there.
    Every row of both has length 1. ``polarity`` (texts, 3) are the logits of praise, complaint and neither, by the
    branch ``tone.*`` of the weights. ``sizes`` is how large every channel (384) of ``normed_tensors`` gets, for "rows".
    """
    graph = _Packed(weights, precision, block, sizes)
    hidden = graph.embeddings()
    real, keys = graph.mask()
    weight = graph.add("Unsqueeze", [real, graph.shared("last", np.array([-1], np.int64))], "pool.weight")
    states = [hidden]
    for index in range(LAYERS):
        states.append(graph.layer(index, states[-1], keys))
    graph.pool(states[TONE_LAYER], weight, "tone")
    graph.pool(states[LAYERS], weight, "embedding")
    branch = states[BRANCH]
    for index in BRANCH_LAYERS:
        branch = graph.layer(index, branch, keys, "tone.")
    graph.pool(branch, weight, "tone.pooled")
    # The head is too small to be worth 8 bits.
    head = graph.constant("tone.head", np.ascontiguousarray(weights["tone.head.weight"].T))
    product = graph.add("MatMul", ["tone.pooled", head], "tone.product")
    graph.add("Add", [product, graph.constant("tone.head.bias", weights["tone.head.bias"])], "polarity")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name, shape in INPUTS.items()]
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["texts", width])
        for name, width in (("embedding", WIDTH), ("tone", WIDTH), ("polarity", 3))
    ]
    body = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, outputs, graph.initializers)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=8, producer_name="strongroom")
