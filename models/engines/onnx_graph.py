"""Edits the graph of a language model so that its head is computed for the last token of a prompt only.

The head of Phi-4 Mini has 200,064 outputs. Computed for every token of a prompt, as in the published model, it takes
most of the time and memory of reading it, and all rows but the last are thrown away. The edit touches ``model.onnx``
only: the weights beside it stay as they are. It works on the file's own format (Protocol Buffers; the field numbers are
those of ``onnx.proto``), so that no library of tens of megabytes is needed for two small nodes.
"""

from models.engines import protobuf as proto
from models.engines.protobuf import NotEditable

LOGITS = b"logits"
HEADS = (b"MatMulNBits", b"MatMul", b"MatMulFpQ4")

# Field numbers of onnx.proto.
_MODEL_GRAPH = 7
_GRAPH_NODE, _GRAPH_OUTPUT = 1, 12
_NODE_INPUT, _NODE_OUTPUT, _NODE_NAME, _NODE_OP, _NODE_ATTRIBUTE = 1, 2, 3, 4, 5


def prune_head(model: bytes) -> bytes | None:
    """The model with its head on the last row; None if it is so already.

    Raises:
        NotEditable: it is not a graph of the form that is known here.
    """
    graph = _pruned(proto.only(model, _MODEL_GRAPH))
    return None if graph is None else proto.replaced(model, _MODEL_GRAPH, graph)


def head_first(model: bytes) -> bytes:
    """The model with its head in front of the other nodes; the runtime computes in the order of the data all the same.

    Where several threads load the weights, each takes a node at a time. The head is a sixth of all weights: taken last,
    as its place in the graph has it, it leaves the other threads waiting.

    Raises:
        NotEditable: it is not a graph of the form that is known here.
    """
    graph = proto.only(model, _MODEL_GRAPH)
    fields = list(proto.fields(graph))
    heads = [whole for number, whole, content in fields if number == _GRAPH_NODE and _is_head(content)]
    rest = [whole for number, whole, content in fields if not (number == _GRAPH_NODE and _is_head(content))]
    return proto.replaced(model, _MODEL_GRAPH, b"".join([*heads, *rest]))


def _pruned(graph: bytes) -> bytes | None:
    fields = list(proto.fields(graph))
    heads = [content for number, _, content in fields if number == _GRAPH_NODE and _is_head(content)]
    outputs = [content for number, _, content in fields if number == _GRAPH_OUTPUT and _name(content) == LOGITS]
    if len(heads) != 1 or len(outputs) != 1:
        raise NotEditable("there is no head")
    output = _one_row(outputs[0])
    if output is None:
        return None
    hidden = proto.texts(heads[0], _NODE_INPUT)[0]
    edited: list[bytes] = []
    for number, whole, content in fields:
        if content is heads[0]:
            edited += [proto.field(_GRAPH_NODE, node) for node in (*_last_row(hidden), _reading(content, _ROW))]
        else:
            edited.append(proto.field(number, output) if content is outputs[0] else whole)
    return b"".join(edited)


_ROW = b"/lm_head/last_row/output_0"
_INDEX = b"/lm_head/last_row/index"


def _last_row(hidden: bytes) -> tuple[bytes, bytes]:
    """Nodes that take the last row of ``hidden`` (batch, rows, size) and keep the dimension."""
    tensor = (
        proto.field(1, b"\x01") + proto.number(2, 7) + proto.field(9, (-1).to_bytes(8, "little", signed=True))
    )  # int64 [-1]
    value = proto.field(1, b"value") + proto.field(5, tensor) + proto.number(20, 4)
    index = (
        proto.field(_NODE_OUTPUT, _INDEX) + proto.field(_NODE_NAME, _INDEX) + proto.field(_NODE_OP, b"Constant")
        + proto.field(_NODE_ATTRIBUTE, value)
    )  # fmt: skip
    axis = proto.field(1, b"axis") + proto.number(3, 1) + proto.number(20, 2)
    gather = (
        proto.field(_NODE_INPUT, hidden) + proto.field(_NODE_INPUT, _INDEX) + proto.field(_NODE_OUTPUT, _ROW)
        + proto.field(_NODE_NAME, b"/lm_head/last_row/Gather") + proto.field(_NODE_OP, b"Gather")
        + proto.field(_NODE_ATTRIBUTE, axis)
    )  # fmt: skip
    return index, gather


def _reading(node: bytes, first_input: bytes) -> bytes:
    """A node with another first input."""
    done: list[bytes] = []
    changed = False
    for number, whole, _ in proto.fields(node):
        if number == _NODE_INPUT and not changed:
            whole, changed = proto.field(_NODE_INPUT, first_input), True
        done.append(whole)
    return b"".join(done)


def _one_row(output: bytes) -> bytes | None:
    """The description of the logits with one row in the middle; None if it says so already."""
    kind = proto.only(output, 2)
    tensor = proto.only(kind, 1)
    shape = proto.only(tensor, 2)
    dimensions = [content for number, _, content in proto.fields(shape) if number == 1]
    if len(dimensions) != 3:
        raise NotEditable("the logits have another form")
    one = proto.number(1, 1)
    if dimensions[1] == one:
        return None
    new_shape = b"".join(proto.field(1, one if index == 1 else content) for index, content in enumerate(dimensions))
    return proto.replaced(output, 2, proto.replaced(kind, 1, proto.replaced(tensor, 2, new_shape)))


def _is_head(node: bytes) -> bool:
    return LOGITS in proto.texts(node, _NODE_OUTPUT) and proto.texts(node, _NODE_OP)[0] in HEADS


def _name(value_info: bytes) -> bytes:
    return next(iter(proto.texts(value_info, 1)), b"")
