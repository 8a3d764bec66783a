"""The tiny model in the forms in which models are published."""

from pathlib import Path

import numpy

from models.engines import onnx_graph, protobuf

TABLE = b"model.embed_tokens.weight"
"""The embeddings that ``with_whole_embeddings`` adds."""


def with_whole_head(model: bytes) -> bytes:
    """The tiny model with its head on every row, as the published model has it."""
    done = []
    for number, whole, content in protobuf.fields(model):
        if number != 7:
            done.append(whole)
            continue
        hidden = next(
            protobuf.texts(node, 1)[0]
            for node in protobuf.texts(content, 1)
            if protobuf.texts(node, 3) == [b"/lm_head/prune/Gather"]
        )
        fields = []
        for inner, inner_whole, value in protobuf.fields(content):
            if inner == 1 and onnx_graph._is_head(value):
                inner_whole = protobuf.field(1, onnx_graph._reading(value, hidden))
            elif inner == 1 and b"/lm_head/prune/" in value:
                continue
            elif inner == 12 and onnx_graph._name(value) == b"logits":
                one = protobuf.field(1, protobuf.number(1, 1))
                rows = protobuf.field(1, protobuf.field(2, b"sequence_length"))
                assert value.count(one) == 1
                shape = protobuf.only(protobuf.only(protobuf.only(value, 2), 1), 2)
                kind = protobuf.only(value, 2)
                tensor = protobuf.only(kind, 1)
                tensor = protobuf.replaced(tensor, 2, shape.replace(one, rows))
                value = protobuf.replaced(value, 2, protobuf.replaced(kind, 1, tensor))
                inner_whole = protobuf.field(12, value)
            fields.append(inner_whole)
        done.append(protobuf.field(7, b"".join(fields)))
    return b"".join(done)


def with_whole_embeddings(folder: Path) -> None:
    """Give the model its embeddings unquantized, too, as the published model has them."""
    data = folder / "model.onnx.data"
    graph = (folder / "model.onnx").read_bytes()
    parts = {
        protobuf.only(tensor, 8): {
            protobuf.only(pair, 1): protobuf.only(pair, 2) for pair in protobuf.texts(tensor, 13)
        }
        for tensor in protobuf.texts(protobuf.only(graph, 7), 5)
    }
    weights, scales = (parts[b"lm_head.MatMul." + name] for name in (b"weight_Q4", b"weight_scales"))
    steps = numpy.fromfile(data, numpy.float32, int(scales[b"length"]) // 4, offset=int(scales[b"offset"]))
    pairs = numpy.fromfile(data, numpy.uint8, int(weights[b"length"]), offset=int(weights[b"offset"]))
    numbers = numpy.stack([pairs & 15, pairs >> 4], axis=-1).reshape(len(steps), -1).astype(numpy.float32) - 8
    table = (numbers * steps[:, None]).reshape(1280, -1)
    offset = data.stat().st_size
    with data.open("ab") as file:
        file.write(table.tobytes())
    place = {b"location": b"model.onnx.data", b"offset": str(offset).encode(), b"length": str(table.nbytes).encode()}
    tensor = b"".join(protobuf.number(1, size) for size in table.shape) + protobuf.number(2, 1)
    tensor += protobuf.field(8, TABLE) + protobuf.number(14, 1)
    for key, value in place.items():
        tensor += protobuf.field(13, protobuf.field(1, key) + protobuf.field(2, value))
    done = [protobuf.field(5, tensor)]
    for number, whole, content in protobuf.fields(protobuf.only(graph, 7)):
        if number == 1 and protobuf.texts(content, 4) == [b"GatherBlockQuantized"]:
            inputs, outputs = (TABLE, b"input_ids"), protobuf.texts(content, 2)
            whole = b"".join(
                [*(protobuf.field(1, name) for name in inputs), *(protobuf.field(2, name) for name in outputs)]
            )
            whole = protobuf.field(1, whole + protobuf.field(4, b"Gather"))
        done.append(whole)
    (folder / "model.onnx").write_bytes(protobuf.replaced(graph, 7, b"".join(done)))
