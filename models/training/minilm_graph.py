"""Builds all-MiniLM-L6-v2 as an ONNX graph, weight by weight, from its original tensors.

Built by hand rather than traced, because it needs no deep-learning framework, gives the same bytes every time, and
lets each part be stored and computed in the form that suits it:

- the linear layers in 8 bits: weights with one scale an output, activations with one scale for all, known beforehand,
  multiplied as integers (what a text gives then does not depend on what else is in the batch, unlike with
  ``DynamicQuantizeLinear``, and nothing has to be looked for at run time);
- the word embeddings as int8 with one scale a row, looked up before they are widened;
- attention as the fused ``MultiHeadAttention``, which is fastest without a mask: texts that are read together have the
  same length, so that there is no padding;
- mean pooling over the tokens and L2 normalisation inside the graph, for the last layer and a middle one;
- a branch of a few layers of its own from a middle layer on, for the polarity (see ``polarity.py``).
"""

from collections.abc import Mapping

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

Weights = Mapping[str, np.ndarray]

LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12
TONE_LAYER = 4
BRANCH, BRANCH_LAYERS = 4, (4, 5)
"""The polarity's branch: after how many layers it leaves, and which layers it has copies of."""
CONTRIB = "com.microsoft"
MOVED = 0.75
"""Exponent of the size that moves into the weights, for what comes out of a norm or of attention."""
GELU_SIZE, GELU_LEAST = 2.0, 0.17
"""The size that channels after Gelu are brought down to, where they get larger; and how far Gelu goes below 0."""
MARGIN = 1.15
"""How much larger than seen the activations may become before they are cut."""


class _Graph:
    """Collects nodes and initializers; every method returns the name of the tensor that it made."""

    def __init__(self, weights: Weights, sizes: Weights | None) -> None:
        """``sizes`` as ``activation_sizes`` tells them; without them, all stays in float32."""
        self.weights, self.sizes = weights, sizes
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
        if self.sizes is None:
            product = self.add("MatMul", [x, self.constant(f"{name}.weight", weight.T)], f"{name}.product")
            return self.add("Add", [product, bias_name], name)
        even, step, middle = _codes(self.sizes[x], weight, after_gelu=x.endswith(".active"))
        codes, scales = quantize_rows(weight * even)
        zero, one = self.shared("none", np.array(0, np.int8)), self.shared("one", np.array(1, np.float32))
        zero_point = self.constant(f"{name}.middle", np.array(middle, np.uint8))
        steps = self.add(
            "Mul", [x, self.constant(f"{name}.even", (1 / (even * step)).astype(np.float32))], f"{name}.steps"
        )
        coded = self.add("QuantizeLinear", [steps, one, zero_point], f"{name}.codes")
        packed = [self.constant(f"{name}.weight", codes.T), self.constant(f"{name}.step", np.array(step, np.float32))]
        packed += [self.constant(f"{name}.scales", scales[:, 0]), zero_point, zero, bias_name]
        return self.add("MatMulIntegerToFloat", [coded, *packed], name, CONTRIB)

    def layer_norm(self, x: str, name: str, prefix: str) -> str:
        scale = self.constant(f"{name}.scale", self.weights[f"{prefix}.weight"])
        shift = self.constant(f"{name}.shift", self.weights[f"{prefix}.bias"])
        return self.add("LayerNormalization", [x, scale, shift], name, axis=-1, epsilon=EPSILON)

    def skip_layer_norm(self, x: str, skip: str, name: str, prefix: str) -> str:
        """The norm of ``x + skip``, in two nodes: ``SkipLayerNormalization`` takes seven times as long on the CPU."""
        return self.layer_norm(self.add("Add", [x, skip], f"{name}.summed"), name, prefix)

    def embeddings(self) -> str:
        words = self.weights["embeddings.word_embeddings.weight"]
        if self.sizes is None:
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
        length = self.add("Shape", ["input_ids"], "length", start=1, end=2)
        table, zero = self.constant("positions", positions), self.constant("zero", np.array([0], np.int64))
        here = self.add("Slice", [table, zero, length], "position")
        return self.layer_norm(self.add("Add", [word, here], "embedded"), "hidden0", "embeddings.LayerNorm")

    def layer(self, index: int, x: str, stem: str = "") -> str:
        """Layer ``index`` of the model, or of the branch whose weights' and tensors' names begin with ``stem``."""
        prefix, name = f"{stem}encoder.layer.{index}", f"{stem}layer{index}"
        parts = [f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([self.weights[f"{part}.weight"] for part in parts])
        bias = np.concatenate([self.weights[f"{part}.bias"] for part in parts])
        attended = self.attend(self.linear(x, f"{name}.qkv", weight, bias), name)
        projected = self._dense(attended, f"{name}.projected", f"{prefix}.attention.output.dense")
        middle = self.skip_layer_norm(projected, x, f"{name}.middle", f"{prefix}.attention.output.LayerNorm")
        inner = self._dense(middle, f"{name}.inner", f"{prefix}.intermediate.dense")
        active = self.add("Gelu", [inner], f"{name}.active", CONTRIB)
        outer = self._dense(active, f"{name}.outer", f"{prefix}.output.dense")
        return self.skip_layer_norm(outer, middle, f"{stem}hidden{index + 1}", f"{prefix}.output.LayerNorm")

    def attend(self, packed: str, name: str) -> str:
        """Attention of queries, keys and values side by side, (batch, tokens, 3 * 384) → (batch, tokens, 384)."""
        heads = [f"{name}.query", f"{name}.key", f"{name}.value"]
        self.nodes.append(helper.make_node("Split", [packed], heads, name=f"{name}.split", axis=-1, num_outputs=3))
        return self.add("MultiHeadAttention", heads, f"{name}.attended", CONTRIB, num_heads=HEADS)

    def _dense(self, x: str, name: str, prefix: str) -> str:
        return self.linear(x, name, self.weights[f"{prefix}.weight"], self.weights[f"{prefix}.bias"])

    def pool(self, x: str, output: str) -> str:
        """Mean over the tokens at length 1: (batch, tokens, 384) → (batch, 384)."""
        # The length of the sum does not matter: normalising makes the mean of it.
        tokens = self.shared("tokens", np.array([1], np.int64))
        summed = self.add("ReduceSum", [x, tokens], f"{output}.sum", keepdims=0)
        return self.add("LpNormalization", [summed], output, axis=-1, p=2)


def quantize_rows(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8 with one scale a row: codes (rows, columns) int8, scales (rows, 1) float32."""
    scales = np.maximum(np.abs(weight).max(axis=1, keepdims=True) / 127.0, 1e-12).astype(np.float32)
    return np.clip(np.rint(weight / scales), -127, 127).astype(np.int8), scales


def _codes(size: np.ndarray, weight: np.ndarray, after_gelu: bool) -> tuple[np.ndarray, float, int]:
    """How channels of at most ``size`` become codes of 8 bits: (what to divide each by, step, code of 0).

    A few channels are far larger than the rest, which would leave these hardly any of the codes; so most of their size
    is moved into the weights (Xiao et al., SmoothQuant, ICML 2023). After Gelu, which is 0 or nearly for most, only the
    largest are brought down, and no codes are kept for what is below its least.
    """
    if after_gelu:
        even = np.maximum(1, size / GELU_SIZE)
        top = MARGIN * float((size / even).max())
        step = (top + GELU_LEAST) / 255
        return even, step, int(np.ceil(GELU_LEAST / step))
    even = size**MOVED / np.sqrt(np.maximum(np.abs(weight).max(axis=0), 1e-6))
    return even, MARGIN * float((size / even).max()) / 127, 128


def build(weights: Weights, sizes: Weights | None = None) -> onnx.ModelProto:
    """The whole model: input_ids (texts, tokens) int64, without padding → embedding, tone, polarity, all float32.

    ``embedding`` (texts, 384) is the model's own sentence embedding, from the last layer, trained to say what a text is
    about. ``tone`` (texts, 384) pools the fourth layer the same way; how something is said is still clearer there.
    Every row of both has length 1. ``polarity`` (texts, 3) are the logits of praise, complaint and neither, by the
    branch ``tone.*`` of the weights. With ``sizes``, as ``activation_sizes`` tells them of the model without, the
    linear layers and the word embeddings are in 8 bits, else all is in float32.
    """
    graph = _Graph(weights, sizes)
    states = [graph.embeddings()]
    for index in range(LAYERS):
        states.append(graph.layer(index, states[-1]))
    graph.pool(states[TONE_LAYER], "tone")
    graph.pool(states[LAYERS], "embedding")
    branch = states[BRANCH]
    for index in BRANCH_LAYERS:
        branch = graph.layer(index, branch, "tone.")
    graph.pool(branch, "tone.pooled")
    # The head is too small to be worth 8 bits.
    head = graph.constant("tone.head", np.ascontiguousarray(weights["tone.head.weight"].T))
    product = graph.add("MatMul", ["tone.pooled", head], "tone.product")
    graph.add("Add", [product, graph.constant("tone.head.bias", weights["tone.head.bias"])], "polarity")
    inputs = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])]
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["texts", width])
        for name, width in (("embedding", WIDTH), ("tone", WIDTH), ("polarity", 3))
    ]
    body = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, outputs, graph.initializers)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=8, producer_name="strongroom")
