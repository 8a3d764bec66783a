"""A model made ready for this machine answers as the original does, and is ignored where it no longer fits."""

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from phi_graphs import TABLE, with_whole_embeddings, with_whole_head
from phi_support import TINY, make_task, run, tiny_engine, when_started

from models.engines import (
    model_folder,
    onnx_graph,
    onnx_tables,
    preparation,
    prepared,
    protobuf,
)
from models.engines.base import Progress, Request
from models.engines.onnx_graph import prune_head
from models.engines.prepared import FOLDER, NOTE, folder_to_load, read_note
from models.engines.protobuf import NotEditable
from models.errors import EngineError, OutOfMemory, StorageError

REQUESTS = (
    Request(make_task("summarize"), "Dear Ms Varga, I was charged twice on 3 March 2026. " * 12),
    Request(make_task("extract"), "The invoice of 3 March 2026 was paid twice."),
    Request(make_task("classify"), "Thank you for the quick answer!"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tiny model, in a folder whose name is not ASCII."""
    folder = tmp_path / "Modèles d'Анна 模型"
    shutil.copytree(TINY, folder)
    return folder


@pytest.fixture
def published(folder: Path) -> Path:
    """The same, with the head on every row."""
    graph = folder / "model.onnx"
    graph.write_bytes(with_whole_head(graph.read_bytes()))
    return folder


def answers(folder: Path) -> Iterator[str]:
    engine = tiny_engine(model_dir=folder)
    try:
        yield from [run(engine, request)[0] for request in REQUESTS]
    finally:
        engine.close()


def prepare(folder: Path, *, prepack: bool) -> list[Progress]:
    steps: list[Progress] = []
    assert preparation.prepare(folder, steps.append, Event(), prepack=prepack)
    return steps


@pytest.mark.parametrize("prepack", [False, True])
def test_a_prepared_model_answers_as_the_original(published: Path, prepack: bool) -> None:
    before = list(answers(published))
    files = {file.name: file.read_bytes() for file in published.iterdir()}
    steps = prepare(published, prepack=prepack)
    assert folder_to_load(published) == published / FOLDER
    assert steps[-1].done == steps[-1].total
    assert list(answers(published)) == before
    assert {file.name: file.read_bytes() for file in published.iterdir() if file.is_file()} == files


def test_embeddings_that_are_not_quantized_stay_where_they_were_installed(published: Path) -> None:
    quantized = preparation.estimate(published)
    weights = model_folder.read_model_folder(published).weight_bytes
    before = list(answers(published))
    prepare(published, prepack=True)
    packed = (published / FOLDER / "packed.data").stat().st_size
    preparation.discard(published)
    with_whole_embeddings(published)
    assert list(answers(published)) == before
    assert preparation.estimate(published).disk_packed == pytest.approx(quantized.disk_packed, rel=1e-3)
    assert model_folder.read_model_folder(published).weight_bytes == pytest.approx(weights, rel=1e-3)
    prepare(published, prepack=True)
    assert list(answers(published)) == before
    assert (published / FOLDER / "packed.data").stat().st_size <= packed
    assert (published / FOLDER / "model.onnx.data").samefile(published / "model.onnx.data")


def test_a_table_that_is_also_computed_with_is_none_to_look_up(folder: Path) -> None:
    with_whole_embeddings(folder)
    graph = (folder / "model.onnx").read_bytes()
    assert [table.name.encode() for table in onnx_tables.find_tables(graph)] == [TABLE]
    reader = protobuf.field(1, protobuf.field(1, TABLE) + protobuf.field(2, b"sum") + protobuf.field(4, b"ReduceSum"))
    assert not onnx_tables.find_tables(protobuf.replaced(graph, 7, protobuf.only(graph, 7) + reader))


def test_the_head_is_loaded_first_and_nothing_else_is_moved(folder: Path) -> None:
    graph = (folder / "model.onnx").read_bytes()
    moved = onnx_graph.head_first(graph)
    before, after = ([*protobuf.fields(protobuf.only(model, 7))] for model in (graph, moved))
    assert onnx_graph._is_head(after[0][2])
    assert after[1:] == [field for field in before if field != after[0]]


def test_a_head_on_the_last_row_needs_no_edit(folder: Path) -> None:
    assert prune_head((folder / "model.onnx").read_bytes()) is None
    assert not preparation.prepare(folder, lambda _: None, Event(), prepack=False)
    assert not (folder / FOLDER).exists()


def test_the_edit_can_be_found_to_be_done(published: Path) -> None:
    pruned = prune_head((published / "model.onnx").read_bytes())
    assert pruned is not None
    assert prune_head(pruned) is None


@pytest.mark.parametrize("content", [b"", b"\x00", b"not a model" * 99, b"\x3a\x05ab", b"\xff" * 40, b"\x3a\x00"])
def test_a_file_that_is_no_graph_is_not_edited(content: bytes) -> None:
    with pytest.raises(NotEditable):
        prune_head(content)


def test_what_was_prepared_is_not_used_for_another_model_machine_or_runtime(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(folder, prepack=True)
    note = read_note(folder)
    assert note is not None
    with monkeypatch.context() as patch:
        patch.setattr(prepared, "machine", lambda: "another processor")
        assert read_note(folder) is None
    with monkeypatch.context() as patch:
        patch.setattr(prepared, "runtime", lambda: "2.0")
        assert read_note(folder) is None
    data = folder / "model.onnx.data"
    data.write_bytes(data.read_bytes() + b"x")
    assert folder_to_load(folder) == folder


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"source": 1}', b"[" * 100_000, b"\xff"])
def test_a_note_that_cannot_be_read_counts_as_none(folder: Path, content: bytes) -> None:
    (folder / FOLDER).mkdir()
    (folder / FOLDER / NOTE).write_bytes(content)
    assert read_note(folder) is None


@pytest.mark.parametrize(
    "damage",
    [lambda content: b"", lambda content: content[: len(content) // 2], lambda content: b"\xff" * len(content)],
    ids=["empty", "cut", "overwritten"],
)
def test_a_prepared_model_that_is_damaged_is_given_up_for_the_original(
    folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    expected = list(answers(folder))
    prepare(folder, prepack=True)
    packed = folder / FOLDER / "packed.data"
    packed.write_bytes(damage(packed.read_bytes()))
    assert list(answers(folder)) == expected
    assert not (folder / FOLDER).exists()


def test_a_preparation_is_kept_where_memory_ran_out_while_it_was_loaded(folder: Path) -> None:
    prepare(folder, prepack=True)
    engine = tiny_engine(model_dir=folder)
    watcher = when_started(engine, lambda pid: os.kill(pid, signal.SIGKILL))  # as the system does it
    with pytest.raises(OutOfMemory, match="memory"):
        run(engine, REQUESTS[0])
    watcher.join()
    assert folder_to_load(folder) == folder / FOLDER
    assert run(engine, REQUESTS[0])[0]
    engine.close()


def test_what_was_made_is_on_the_disk_before_it_counts(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = published / FOLDER
    made.mkdir()
    for name in ("packed.data", "model.onnx", "model.onnx.data"):
        (made / name).write_bytes(b"x")
    os.link(made / "model.onnx.data", published / "another name")
    written: set[int] = set()

    def note_down(descriptor: int) -> None:
        written.add(os.fstat(descriptor).st_ino)

    monkeypatch.setattr(os, "fsync", note_down)
    prepared.to_disk(made)
    assert written == {(made / name).stat().st_ino for name in ("packed.data", "model.onnx")}
    prepared.write_note(made, prepared.Note("source", "runtime", "machine", prepacked=True))
    assert (made / NOTE).stat().st_ino in written


def test_stop_leaves_nothing_behind(folder: Path) -> None:
    cancel = Event()
    assert not preparation.prepare(folder, lambda _: cancel.set(), cancel)
    assert {file.name for file in folder.iterdir()} == {file.name for file in TINY.iterdir()}


def test_too_little_disk_is_told_with_figures_and_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10**8})())
    with pytest.raises(StorageError, match="GB"):
        preparation.prepare(folder, lambda _: None, Event())
    assert not (folder / FOLDER).exists()


def test_a_model_that_is_damaged_is_told_and_nothing_is_left(folder: Path) -> None:
    (folder / "model.onnx.data").write_bytes(b"\xff" * (folder / "model.onnx.data").stat().st_size)
    with pytest.raises(EngineError, match="original"):
        preparation.prepare(folder, lambda _: None, Event())
    assert {file.name for file in folder.iterdir()} == {file.name for file in TINY.iterdir()}


def test_the_estimate_says_what_packing_takes(folder: Path) -> None:
    sizes = preparation.estimate(folder)
    prepare(folder, prepack=True)
    taken = sum(file.stat().st_size for file in (folder / FOLDER).iterdir())
    assert 0 < taken < sizes.disk_packed < sizes.free
    preparation.discard(folder)
    assert not preparation.is_prepared(folder)


def test_the_note_holds_no_path(folder: Path) -> None:
    prepare(folder, prepack=True)
    assert str(folder) not in json.dumps(json.loads((folder / FOLDER / NOTE).read_text(encoding="utf-8")))
