"""Build a model of Phi-4 Mini's exact size (3.8 B parameters) with random weights, to measure speed and memory on.

    python -m models.training.real_size_phi OUT --source FOLDER [--as-published] [--layers 32]

``FOLDER`` holds Phi-4 Mini's own ``config.json``, ``vocab.json``, ``merges.txt`` and ``tokenizer_config.json``. The
graph is that of ``resources/tiny-phi`` with the real sizes put in, so no checkpoint of the model is needed, and the
weights are written one after the other: 2.4 GB of disk (``--as-published``: 4.9 GB, with the unquantized embeddings and
the head on every row that the published model has) and little memory. It writes noise, at the speed of the real one.

Needs, beside the runtime packages: onnx.
"""

import argparse
import copy
import json
import math
import re
import shutil
from pathlib import Path
from typing import Any

from models.training.tiny_phi import SPLIT

TEMPLATE = Path(__file__).resolve().parent.parent.parent / "resources" / "tiny-phi"
SCALE = 0.004
"""Of the int4 weights: gives them the spread of 0.02 with which such models are initialized."""
BLOCK = 32
ROWS = 4096
"""Of the embeddings that are rounded at a time."""
COPIED = ("config.json", "vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json")


class Shape:
    """The sizes in the model's own ``config.json``."""

    def __init__(self, config: dict[str, Any], layers: int) -> None:
        self.hidden = int(config["hidden_size"])
        self.inner = int(config["intermediate_size"])
        self.heads = int(config["num_attention_heads"])
        self.kv_heads = int(config["num_key_value_heads"])
        self.head = self.hidden // self.heads
        self.layers = layers
        self.vocabulary = int(config["vocab_size"])
        self.rotary = int(self.head * float(config["partial_rotary_factor"]))
        self.positions = int(config["max_position_embeddings"])
        self.window = int(config["original_max_position_embeddings"])
        self.theta = float(config["rope_theta"])
        self.factors: dict[str, list[float]] = config["rope_scaling"]

    def matrix(self, name: str) -> tuple[int, int]:
        """(inputs, outputs) of a weight."""
        if "qkv_proj" in name:
            return self.hidden, (self.heads + 2 * self.kv_heads) * self.head
        if "gate_proj" in name or "up_proj" in name:
            return self.hidden, self.inner
        if "down_proj" in name:
            return self.inner, self.hidden
        return self.hidden, self.vocabulary if "lm_head" in name else self.hidden


def rotary_tables(shape: Shape, factors: list[float], rows: int) -> tuple[Any, Any]:
    """Cosines and sines (rows, half of the rotary part), scaled as LongRoPE says."""
    import numpy as np

    exponents = np.arange(0, shape.rotary, 2, dtype=np.float64) / shape.rotary
    frequencies = 1.0 / (np.array(factors) * shape.theta**exponents)
    angles = np.arange(rows, dtype=np.float64)[:, None] * frequencies[None, :]
    scale = math.sqrt(1 + math.log(shape.positions / shape.window) / math.log(shape.window))
    return (np.cos(angles) * scale).astype(np.float32), (np.sin(angles) * scale).astype(np.float32)


def renamed(node: Any, layer: int) -> Any:
    """A copy of a node of the template's second layer, for another layer."""
    node = copy.deepcopy(node)

    def other(name: str) -> str:
        name = re.sub(r"layers\.1(?=[./])", f"layers.{layer}", name)
        name = re.sub(r"layers\.0/", f"layers.{layer - 1}/", name)
        return re.sub(r"\.1\.(key|value)$", rf".{layer}.\1", name)

    node.name = other(node.name)
    node.input[:] = [other(name) for name in node.input]
    node.output[:] = [other(name) for name in node.output]
    return node


def layer_nodes(nodes: list[Any], layers: int) -> list[Any]:
    """The template's nodes with as many layers as wanted."""
    first = [node for node in nodes if "/layers.0/" in node.name]
    second = [node for node in nodes if "/layers.1/" in node.name]
    start = nodes.index(first[0])
    tail = nodes[nodes.index(second[-1]) + 1 :]
    done = nodes[:start] + first + [renamed(node, layer) for layer in range(1, layers) for node in second]
    for node in tail:
        node.input[:] = [
            re.sub(r"layers\.1/", f"layers.{layers - 1}/", re.sub(r"layers\.2(?=[./])", f"layers.{layers}", name))
            for name in node.input
        ]
        node.output[:] = [re.sub(r"layers\.2/", f"layers.{layers}/", name) for name in node.output]
        node.name = node.name.replace("layers.2/", f"layers.{layers}/")
    return done + tail


class DataFile:
    """Writes initializers one after the other into ``model.onnx.data``."""

    def __init__(self, path: Path, seed: int) -> None:
        import numpy as np

        self._file = path.open("wb")
        self._random = np.random.default_rng(seed)
        self.initializers: list[Any] = []

    def close(self) -> None:
        """Done."""
        self._file.close()

    def add(self, name: str, array: Any) -> None:
        """Add one array."""
        import onnx

        tensor = onnx.TensorProto(
            name=name, dims=array.shape, data_type=onnx.helper.np_dtype_to_tensor_dtype(array.dtype)
        )
        self._file.seek(-self._file.tell() % 4096, 1)
        place = {"location": "model.onnx.data", "offset": self._file.tell(), "length": array.nbytes}
        for key, value in place.items():
            tensor.external_data.add(key=key, value=str(value))
        tensor.data_location = onnx.TensorProto.EXTERNAL
        self._file.write(array.tobytes())
        self.initializers.append(tensor)

    def quantized(self, name: str, inputs: int, outputs: int) -> None:
        """Add int4 weights, two a byte, with a scale for each block."""
        import numpy as np

        blocks = inputs // BLOCK
        weights = self._random.integers(0, 256, outputs * blocks * BLOCK // 2, dtype=np.uint8)
        self.add(f"{name}.weight_Q4", weights.reshape(outputs, blocks, BLOCK // 2))
        self.add(f"{name}.weight_scales", np.full((outputs, blocks), SCALE, dtype=np.float32))

    def embeddings(self, name: str, head: str, rows: int, columns: int) -> None:
        """Add unquantized embeddings, and a head that is the same table, rounded to int4."""
        import numpy as np

        table = self._random.standard_normal((rows, columns), dtype=np.float32)
        table *= np.float32(0.02)
        blocks = columns // BLOCK
        packed = np.empty((rows, blocks, BLOCK // 2), dtype=np.uint8)
        scales = np.empty((rows, blocks), dtype=np.float32)
        for start in range(0, rows, ROWS):
            part = slice(start, start + ROWS)
            packed[part], scales[part] = rounded(table[part])
        self.add(f"{head}.weight_Q4", packed)
        self.add(f"{head}.weight_scales", scales)
        self.add(name, table)


def rounded(table: Any) -> tuple[Any, Any]:
    """Rows as int4, two a byte, and a scale for each block: its largest becomes -8, the others what is nearest."""
    import numpy as np

    numbers = table.reshape(len(table), -1, BLOCK)
    largest = np.take_along_axis(numbers, np.abs(numbers).argmax(axis=-1, keepdims=True), axis=-1)
    scales = largest / np.float32(-8)
    steps = np.divide(numbers, scales, out=np.zeros_like(numbers), where=scales != 0)
    whole = np.clip(np.rint(steps) + 8, 0, 15).astype(np.uint8)
    return whole[..., 0::2] | whole[..., 1::2] << 4, scales[..., 0]


def set_sizes(nodes: list[Any], shape: Shape) -> None:
    """Put the real sizes into the attributes of the nodes and into the tables of the rotary embedding."""
    import numpy as np
    import onnx

    def attribute(node: Any, name: str) -> Any:
        return next(item for item in node.attribute if item.name == name)

    for node in nodes:
        if node.op_type == "MatMulNBits":
            attribute(node, "K").i, attribute(node, "N").i = shape.matrix(node.name)
        elif node.op_type == "GroupQueryAttention":
            attribute(node, "num_heads").i, attribute(node, "kv_num_heads").i = shape.heads, shape.kv_heads
            attribute(node, "scale").f = shape.head**-0.5
        elif node.op_type == "If":
            for branch, kind, rows in (
                ("then_branch", "long_factor", shape.positions),
                ("else_branch", "short_factor", shape.window),
            ):
                tables = rotary_tables(shape, shape.factors[kind], rows)
                for inner in attribute(node, branch).g.node:
                    table = tables["sin" in inner.output[0]]
                    attribute(inner, "value").t.CopyFrom(onnx.numpy_helper.from_array(table, inner.output[0]))
                for output, table in zip(attribute(node, branch).g.output, tables, strict=True):
                    for dimension, size in zip(output.type.tensor_type.shape.dim, table.shape, strict=True):
                        dimension.dim_value = size
        elif node.op_type == "Constant" and node.name.endswith("[1280, 64]"):
            sizes = np.array([shape.vocabulary, shape.hidden // 2], dtype=np.int64)
            attribute(node, "value").t.CopyFrom(onnx.numpy_helper.from_array(sizes))


def as_published(nodes: list[Any]) -> list[Any]:
    """The same with unquantized embeddings of their own, and the head on every row."""
    import onnx

    kept = []
    for node in nodes:
        if node.op_type == "GatherBlockQuantized":
            output = list(node.output)
            kept.append(
                onnx.helper.make_node(
                    "Gather", ["model.embed_tokens.weight", "input_ids"], output, "/model/embed_tokens/Gather"
                )
            )
        elif node.name == "/lm_head/MatMul_Q4":
            node.input[0] = next(other.input[0] for other in nodes if other.name == "/lm_head/prune/Gather")
            kept.append(node)
        elif "/lm_head/prune/" not in node.name and node.name != "/model/embed_tokens/Reshape":
            kept.append(node)
    return kept


def write_graph(out: Path, shape: Shape, *, published: bool, seed: int) -> None:
    """Write ``model.onnx`` and ``model.onnx.data``."""
    import numpy as np
    import onnx

    model = onnx.load(TEMPLATE / "model.onnx", load_external_data=False)
    graph = model.graph
    nodes = layer_nodes(list(graph.node), shape.layers)
    set_sizes(nodes, shape)
    data = DataFile(out / "model.onnx.data", seed)
    for layer in range(shape.layers):
        norms = ("input_layernorm", "post_attention_layernorm")
        for norm in norms:
            data.add(f"model.layers.{layer}.{norm}.weight", np.ones(shape.hidden, dtype=np.float32))
        for part in ("attn.qkv_proj", "attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"):
            data.quantized(f"model.layers.{layer}.{part}.MatMul", *shape.matrix(part))
    data.add(f"model.layers.{shape.layers}.final_norm_layernorm.weight", np.ones(shape.hidden, dtype=np.float32))
    if published:
        data.embeddings("model.embed_tokens.weight", "lm_head.MatMul", shape.vocabulary, shape.hidden)
        nodes = as_published(nodes)
    else:
        data.quantized("lm_head.MatMul", *shape.matrix("lm_head"))
    data.close()
    inputs, outputs = list(graph.input)[:2], list(graph.output)[:1]
    outputs[0].type.tensor_type.shape.dim[2].dim_value = shape.vocabulary
    if published:
        outputs[0].type.tensor_type.shape.dim[1].dim_param = "sequence_length"
    for layer in range(shape.layers):
        for kind in ("key", "value"):
            for into, prefix, length in (
                (inputs, "past_key_values", "past_sequence_length"),
                (outputs, "present", "total_sequence_length"),
            ):
                into.append(
                    onnx.helper.make_tensor_value_info(
                        f"{prefix}.{layer}.{kind}",
                        onnx.TensorProto.FLOAT,
                        ["batch_size", shape.kv_heads, length, shape.head],
                    )
                )
    del graph.node[:], graph.initializer[:], graph.value_info[:], graph.input[:], graph.output[:]
    graph.node.extend(nodes)
    graph.initializer.extend(data.initializers)
    graph.input.extend(inputs)
    graph.output.extend(outputs)
    (out / "model.onnx").write_bytes(model.SerializeToString())


def write_config(out: Path, source: Path, shape: Shape, config: dict[str, Any]) -> None:
    """Write ``genai_config.json``, the template's with the real sizes."""
    genai = json.loads((TEMPLATE / "genai_config.json").read_text(encoding="utf-8"))
    ids = [config["eos_token_id"]]
    generation = source / "generation_config.json"
    if generation.is_file():
        ids = json.loads(generation.read_text(encoding="utf-8"))["eos_token_id"]
    genai["model"] |= {
        "bos_token_id": config["bos_token_id"],
        "eos_token_id": ids,
        "pad_token_id": config.get("pad_token_id", config["bos_token_id"]),
        "context_length": shape.positions,
        "vocab_size": shape.vocabulary,
    }
    genai["model"]["decoder"] |= {
        "head_size": shape.head,
        "hidden_size": shape.hidden,
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "num_key_value_heads": shape.kv_heads,
    }
    genai["model"]["decoder"].pop("sliding_window", None)
    genai["search"]["max_length"] = shape.positions
    (out / "genai_config.json").write_text(json.dumps(genai, indent=4), encoding="utf-8")


def write_tokenizer(out: Path, source: Path) -> None:
    """Write ``tokenizer.json`` from the vocabulary and the merges beside the configuration."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers

    vocab = json.loads((source / "vocab.json").read_text(encoding="utf-8"))
    lines = (source / "merges.txt").read_text(encoding="utf-8").splitlines()
    merges = [tuple(line.split(" ")) for line in lines if not line.startswith("#version") and line.count(" ") == 1]
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=merges))
    split = pre_tokenizers.Split(Regex(SPLIT), behavior="removed", invert=True)
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, byte_level])
    tokenizer.decoder = decoders.ByteLevel()
    added = json.loads((source / "tokenizer_config.json").read_text(encoding="utf-8"))["added_tokens_decoder"]
    for _, token in sorted(added.items(), key=lambda item: int(item[0])):
        entry = AddedToken(token["content"], rstrip=token["rstrip"], special=token["special"], normalized=False)
        (tokenizer.add_special_tokens if token["special"] else tokenizer.add_tokens)([entry])
    tokenizer.save(str(out / "tokenizer.json"))
    for name in COPIED:
        if (source / name).is_file():
            shutil.copyfile(source / name, out / name)


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=32)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--as-published", action="store_true")
    given = parser.parse_args()
    config = json.loads((given.source / "config.json").read_text(encoding="utf-8"))
    shape = Shape(config, given.layers)
    given.out.mkdir(parents=True, exist_ok=True)
    write_tokenizer(given.out, given.source)
    write_config(given.out, given.source, shape, config)
    write_graph(given.out, shape, published=given.as_published, seed=given.seed)
    print(f"{given.out}: {sum(path.stat().st_size for path in given.out.iterdir()):,} bytes")


if __name__ == "__main__":
    main()
