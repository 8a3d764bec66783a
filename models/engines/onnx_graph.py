"""Edits the graph of a language model so that its head is computed for the last token of a prompt only.

The head of Phi-4 Mini has 200,064 outputs. Computed for every token of a prompt, as in the published model, it takes
most of the time and memory of reading it, and all rows but the last are thrown away. The edit touches ``model.onnx``
only: the weights beside it stay as they are. It works on the file's own format (Protocol Buffers; the field numbers are
those of ``onnx.proto``), so that no library of tens of megabytes is needed for two small nodes.
"""

from collections.abc import Iterator

LOGITS = b"logits"
HEADS = (b"MatMulNBits", b"MatMul", b"MatMulFpQ4")

# Field numbers of onnx.proto.
_MODEL_GRAPH = 7
_GRAPH_NODE, _GRAPH_OUTPUT = 1, 12
_NODE_INPUT, _NODE_OUTPUT, _NODE_NAME, _NODE_OP, _NODE_ATTRIBUTE = 1, 2, 3, 4, 5
_BYTES = 2  # the wire type of texts, messages and raw data

Field = tuple[int, bytes, bytes]
"""Number, the whole field as it stands, and what is inside (of numbers: the number's bytes)."""


class NotEditable(ValueError):
    """The file is no model whose head could be found."""


def prune_head(model: bytes) -> bytes | None:
    """The model with its head on the last row; None if it is so already.

    Raises:
        NotEditable: it is not a graph of the form that is known here.
    """
    fields = list(_fields(model))
    graphs = [content for number, _, content in fields if number == _MODEL_GRAPH]
    if len(graphs) != 1:
        raise NotEditable("there is no graph")
    graph = _pruned(graphs[0])
    if graph is None:
        return None
    return b"".join(_field(number, graph) if number == _MODEL_GRAPH else whole for number, whole, _ in fields)


def _pruned(graph: bytes) -> bytes | None:
    fields = list(_fields(graph))
    heads = [content for number, _, content in fields if number == _GRAPH_NODE and _is_head(content)]
    outputs = [content for number, _, content in fields if number == _GRAPH_OUTPUT and _name(content) == LOGITS]
    if len(heads) != 1 or len(outputs) != 1:
        raise NotEditable("there is no head")
    output = _one_row(outputs[0])
    if output is None:
        return None
    hidden = _texts(heads[0], _NODE_INPUT)[0]
    edited: list[bytes] = []
    for number, whole, content in fields:
        if content is heads[0]:
            edited += [_field(_GRAPH_NODE, node) for node in (*_last_row(hidden), _reading(content, _ROW))]
        else:
            edited.append(_field(number, output) if content is outputs[0] else whole)
    return b"".join(edited)


_ROW = b"/lm_head/last_row/output_0"
_INDEX = b"/lm_head/last_row/index"


def _last_row(hidden: bytes) -> tuple[bytes, bytes]:
    """Nodes that take the last row of ``hidden`` (batch, rows, size) and keep the dimension."""
    tensor = _field(1, b"\x01") + _number(2, 7) + _field(9, (-1).to_bytes(8, "little", signed=True))  # int64 [-1]
    value = _field(1, b"value") + _field(5, tensor) + _number(20, 4)
    index = (
        _field(_NODE_OUTPUT, _INDEX) + _field(_NODE_NAME, _INDEX) + _field(_NODE_OP, b"Constant")
        + _field(_NODE_ATTRIBUTE, value)
    )  # fmt: skip
    axis = _field(1, b"axis") + _number(3, 1) + _number(20, 2)
    gather = (
        _field(_NODE_INPUT, hidden) + _field(_NODE_INPUT, _INDEX) + _field(_NODE_OUTPUT, _ROW)
        + _field(_NODE_NAME, b"/lm_head/last_row/Gather") + _field(_NODE_OP, b"Gather") + _field(_NODE_ATTRIBUTE, axis)
    )  # fmt: skip
    return index, gather


def _reading(node: bytes, first_input: bytes) -> bytes:
    """A node with another first input."""
    done: list[bytes] = []
    changed = False
    for number, whole, _ in _fields(node):
        if number == _NODE_INPUT and not changed:
            whole, changed = _field(_NODE_INPUT, first_input), True
        done.append(whole)
    return b"".join(done)


def _one_row(output: bytes) -> bytes | None:
    """The description of the logits with one row in the middle; None if it says so already."""
    kind = _only(output, 2)
    tensor = _only(kind, 1)
    shape = _only(tensor, 2)
    dimensions = [content for number, _, content in _fields(shape) if number == 1]
    if len(dimensions) != 3:
        raise NotEditable("the logits have another form")
    one = _number(1, 1)
    if dimensions[1] == one:
        return None
    new_shape = b"".join(_field(1, one if index == 1 else content) for index, content in enumerate(dimensions))
    return _replaced(output, 2, _replaced(kind, 1, _replaced(tensor, 2, new_shape)))


def _only(message: bytes, wanted: int) -> bytes:
    found = [content for number, _, content in _fields(message) if number == wanted]
    if len(found) != 1:
        raise NotEditable("the logits are described in another form")
    return found[0]


def _replaced(message: bytes, wanted: int, content: bytes) -> bytes:
    return b"".join(_field(number, content) if number == wanted else whole for number, whole, _ in _fields(message))


def _is_head(node: bytes) -> bool:
    return LOGITS in _texts(node, _NODE_OUTPUT) and _texts(node, _NODE_OP)[0] in HEADS


def _name(value_info: bytes) -> bytes:
    return next(iter(_texts(value_info, 1)), b"")


def _texts(message: bytes, wanted: int) -> list[bytes]:
    return [content for number, _, content in _fields(message) if number == wanted]


def _fields(message: bytes) -> Iterator[Field]:
    position, end = 0, len(message)
    while position < end:
        start = position
        tag, position = _varint(message, position)
        content_start = position
        match tag & 7:
            case 0:
                _, position = _varint(message, position)
            case 1:
                position += 8
            case 2:
                size, content_start = _varint(message, position)
                position = content_start + size
            case 5:
                position += 4
            case _:
                raise NotEditable("not a Protocol Buffers message")
        if position > end:
            raise NotEditable("the file breaks off")
        yield tag >> 3, message[start:position], message[content_start:position]


def _varint(message: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if position >= len(message) or shift > 63:
            raise NotEditable("not a Protocol Buffers message")
        byte = message[position]
        position += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, position


def _encoded(value: int) -> bytes:
    done = bytearray()
    while value > 0x7F:
        done.append(value & 0x7F | 0x80)
        value >>= 7
    done.append(value)
    return bytes(done)


def _field(number: int, content: bytes) -> bytes:
    return _encoded(number << 3 | _BYTES) + _encoded(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _encoded(number << 3) + _encoded(value)
