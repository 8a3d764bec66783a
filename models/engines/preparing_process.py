"""The child process that makes a model ready: it needs gigabytes of memory, which go back to the system with it."""

import contextlib
import multiprocessing
import os
import shutil
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from models.engines.child_process import be_quiet, give_way
from models.engines.hard_links import link
from models.engines.onnx_graph import head_first, prune_head
from models.engines.onnx_tables import Table, find_tables, restored, without
from models.engines.prepared import Made, to_disk
from models.engines.prepared_check import take
from models.engines.protobuf import NotEditable
from models.runtime import import_onnxruntime

PROBE = tuple(range(1000, 1040))
"""Tokens whose logits are compared."""
TOLERANCE = 0.05
"""Difference of two logits that comes from other kernels for one row than for many, and changes no answer."""

ALL_THREADS = {"session.prepack.enable_parallel": "1"}
"""Has the runtime load packed weights with all threads. As installed they would take another 1.5 GB meanwhile."""


def main(connection: Connection, graph: str, out: str, threads: int, prepack: bool, copy: bool) -> None:
    """Write the model ``graph`` into the folder ``out``, its weights by another name of their file or as a ``copy``.

    Sends what it is doing, and last the files that were made, or "same" (nothing to gain), "different", "disk" or
    "failed".
    """
    be_quiet()
    give_way()
    threading.Thread(target=_leave_with_the_parent, daemon=True).start()
    try:
        connection.send(_prepare(connection, Path(graph), Path(out), threads, prepack=prepack, copy=copy))
    except OSError:
        with contextlib.suppress(OSError):
            connection.send("disk")
    except Exception:  # noqa: BLE001 - the runtime's errors hold paths; the parent has the words for the person
        with contextlib.suppress(OSError):
            connection.send("failed")
    os._exit(0)


def _leave_with_the_parent() -> None:
    """End at once where the program was killed: another may then prepare the same model, in the same folder."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _prepare(
    connection: Connection, graph: Path, out: Path, threads: int, *, prepack: bool, copy: bool
) -> str | tuple[Made, ...]:
    original = graph.read_bytes()
    try:
        pruned = prune_head(original)
    except NotEditable:
        pruned = None
    if pruned is None and not prepack:
        return "same"
    source = original if pruned is None else pruned
    edited = out / "model.onnx"
    data = graph.with_name(f"{graph.name}.data")
    (out / data.name).unlink(missing_ok=True)
    if copy:
        connection.send("copying")
        shutil.copyfile(data, out / data.name)
    else:
        link(data, out / data.name)
    tables: tuple[Table, ...] = ()
    if prepack:
        connection.send("packing")
        tables = tuple(table for table in find_tables(source) if table.place == data.name)
        edited.write_bytes(without(source, tables))
        written = out / "packed.onnx"
        logits = _run(_session(edited, threads, save=written), edited, tables)
    else:
        connection.send("checking")
        edited.write_bytes(head_first(source))
        logits = _run(_session(edited, threads), edited)
    connection.send("checking")
    expected = _run(_session(graph, threads), graph)
    if not _alike(logits, expected):
        return "different"
    if prepack:
        # The graph names its weights' file, which keeps its own name; tables that are looked up stay where they are.
        edited.write_bytes(head_first(restored(written.read_bytes(), tables)))
        written.unlink()
        if not tables:
            (out / data.name).unlink()
        if not _alike(_run(_session(edited, threads, packed=True), edited), logits, tolerance=0.0):
            return "different"
    to_disk(out)
    connection.send("noting")
    return take(out)


def _session(graph: Path, threads: int, *, save: Path | None = None, packed: bool = False) -> Any:
    runtime = import_onnxruntime()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    if save is not None:
        options.optimized_model_filepath = str(save)
        prefix = "session.optimized_model_external_initializers_"
        options.add_session_config_entry(f"{prefix}file_name", WEIGHTS)
        options.add_session_config_entry(f"{prefix}min_size_in_bytes", "1024")
        options.add_session_config_entry("session.save_external_prepacked_constant_initializers", "1")
    elif packed:
        options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_DISABLE_ALL
        for key, value in ALL_THREADS.items():
            options.add_session_config_entry(key, value)
    return runtime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


WEIGHTS = "packed.data"


def _run(session: Any, graph: Path, tables: tuple[Table, ...] = ()) -> Any:
    """The logits behind ``PROBE``; the session is gone afterwards. ``tables`` are given to it where it has none."""
    import json

    import numpy

    config = json.loads((graph.parent / "genai_config.json").read_text(encoding="utf-8"))["model"]
    tokens = numpy.array([[token % int(config["vocab_size"]) for token in PROBE]], dtype=numpy.int64)
    feeds: dict[str, Any] = {
        table.name: numpy.memmap(graph.with_name(table.place), table.kind, "r", table.offset, table.shape)
        for table in tables
    }
    for value in session.get_inputs():
        if value.name in feeds:
            continue
        if value.name == "input_ids":
            feeds[value.name] = tokens
        elif value.name == "attention_mask":
            feeds[value.name] = numpy.ones_like(tokens)
        elif value.name == "position_ids":
            feeds[value.name] = numpy.arange(tokens.size, dtype=numpy.int64)[None]
        else:
            shape = [1, int(config["decoder"]["num_key_value_heads"]), 0, int(config["decoder"]["head_size"])]
            feeds[value.name] = numpy.zeros(shape, dtype=numpy.float32)
    return session.run(["logits"], feeds)[0].reshape(-1, int(config["vocab_size"]))[-1]


def _alike(one: Any, other: Any, tolerance: float = TOLERANCE) -> bool:
    import numpy

    difference = numpy.abs(one - other).max()
    return bool(numpy.isfinite(one).all() and difference <= tolerance and one.argmax() == other.argmax())
