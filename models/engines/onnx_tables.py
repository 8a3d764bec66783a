"""Finds the tables of a model's graph that are only ever looked up, a row for each token, and takes them out of it.

The published Phi-4 Mini has its embeddings unquantized: half of its weights' file, of which a document touches a few
rows. The runtime maps that file, so the table takes no memory worth the name, and no part of it need be copied to
prepare the model: the prepared graph looks it up where it was installed. The numbers are fields of ``onnx.proto``.
"""

from dataclasses import dataclass

from models.engines import protobuf as proto

_MODEL_GRAPH = 7
_NODE, _INITIALIZER, _INPUT = 1, 5, 11
_NODE_INPUT, _NODE_OP = 1, 4
_DIMS, _TYPE, _NAME, _EXTERNAL = 1, 2, 8, 13
_TYPES = {1: "float32", 10: "float16"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a file beside the graph, at ``offset`` bytes from its start; ``whole`` is how the graph says it."""

    name: str
    shape: tuple[int, ...]
    kind: str
    """NumPy's name of the type of its numbers."""
    place: str
    offset: int
    size: int
    """Bytes."""
    whole: bytes


def find_tables(model: bytes) -> tuple[Table, ...]:
    """The tables of numbers that are not quantized and that nothing but a lookup reads.

    Raises:
        NotEditable: it is not a graph of the form that is known here.
    """
    looked_up, others = set[bytes](), set[bytes]()
    tensors: list[tuple[int, int, int]] = []
    # A graph may hold tens of megabytes of constants: they are passed over, not copied.
    for _, _, first, last in (span for span in proto.spans(model, 0, len(model)) if span[0] == _MODEL_GRAPH):
        for number, start, inside, stop in proto.spans(model, first, last):
            if number == _INITIALIZER:
                tensors.append((start, inside, stop))
            elif number == _NODE:
                parts = list(proto.spans(model, inside, stop))
                inputs = [model[begin:end] for part, _, begin, end in parts if part == _NODE_INPUT]
                kind = [model[begin:end] for part, _, begin, end in parts if part == _NODE_OP]
                looked_up.update(inputs[:1] if kind == [b"Gather"] else ())
                others.update(inputs[1:] if kind == [b"Gather"] else inputs)
    names = looked_up - others
    found: list[Table | None] = []
    for start, inside, stop in tensors:
        tensor = model[inside:stop]
        if names.intersection(proto.texts(tensor, _NAME)):
            found.append(_table(model[start:stop], tensor))
    return tuple(table for table in found if table is not None)


def without(model: bytes, tables: tuple[Table, ...]) -> bytes:
    """The model with the tables as inputs: what packs the weights then has nothing to do with them."""
    whole = {table.whole for table in tables}
    graph = proto.only(model, _MODEL_GRAPH)
    kept = [field for _, field, _ in proto.fields(graph) if field not in whole]
    inputs = [proto.field(_INPUT, _value_info(table)) for table in tables]
    return proto.replaced(model, _MODEL_GRAPH, b"".join([*kept, *inputs]))


def restored(model: bytes, tables: tuple[Table, ...]) -> bytes:
    """The model that ``without`` gave, whatever was done to it since, with the tables where they were."""
    names = {table.name.encode() for table in tables}
    kept = [
        field
        for number, field, content in proto.fields(proto.only(model, _MODEL_GRAPH))
        if number != _INPUT or not names.intersection(proto.texts(content, 1))
    ]
    return proto.replaced(model, _MODEL_GRAPH, b"".join([*kept, *(table.whole for table in tables)]))


def _table(whole: bytes, tensor: bytes) -> Table | None:
    place = dict(map(_entry, proto.texts(tensor, _EXTERNAL)))
    kind = _TYPES.get(proto.varint(proto.only(tensor, _TYPE), 0)[0])
    if kind is None or "location" not in place:
        return None
    shape: list[int] = []
    for content in proto.texts(tensor, _DIMS):  # a field for each, or all in one
        position = 0
        while position < len(content):
            value, position = proto.varint(content, position)
            shape.append(value)
    try:
        offset, size = int(place.get("offset", "0")), int(place["length"])
    except (KeyError, ValueError):
        return None
    return Table(proto.only(tensor, _NAME).decode(), tuple(shape), kind, place["location"], offset, size, whole)


def _entry(pair: bytes) -> tuple[str, str]:
    return proto.only(pair, 1).decode(), proto.only(pair, 2).decode()


def _value_info(table: Table) -> bytes:
    kind = next(number for number, name in _TYPES.items() if name == table.kind)
    shape = b"".join(proto.field(1, proto.number(1, size)) for size in table.shape)
    tensor = proto.number(1, kind) + proto.field(2, shape)
    return proto.field(1, table.name.encode()) + proto.field(2, proto.field(1, tensor))
