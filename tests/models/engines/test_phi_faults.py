"""What goes wrong under the Phi engine becomes a sentence, and the next run works."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event
from typing import Any

import psutil
import pytest
from phi_support import ROOT, SECONDS, TINY, make_task, run, tiny_engine, when_started

from models.engines import model_folder, worker_process
from models.engines.base import Chunk, EngineEvent, FinishReason, Progress, Request
from models.engines.phi import Patience, PhiEngine
from models.errors import EngineError, EngineUnavailable

REQUEST = Request(make_task("draft", max_tokens=400), "Please answer this letter. " * 60)


@pytest.fixture
def engine() -> Iterator[PhiEngine]:
    engine = tiny_engine()
    yield engine
    engine.close()


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def workers() -> set[int]:
    """Process ids of our children, without the tracker that multiprocessing keeps for itself."""
    children = psutil.Process().children(recursive=True)
    return {child.pid for child in children if "resource_tracker" not in " ".join(child.cmdline())}


def test_a_worker_killed_while_writing_is_told_and_the_next_run_works(engine: PhiEngine) -> None:
    def act(event: EngineEvent, cancel: Event) -> None:
        if isinstance(event, Chunk):
            kill(engine.worker_pid or 0)

    with pytest.raises(EngineError) as error:
        run(engine, REQUEST, act)
    assert "unchanged" in error.value.message
    assert "again" in error.value.message
    assert run(engine, REQUEST)[0]


@pytest.mark.parametrize(
    ("number", "words"), [(signal.SIGILL, "AVX2"), (signal.SIGABRT, "memory"), (signal.SIGTERM, "not known")]
)
def test_the_likely_cause_of_a_dead_worker_is_told(engine: PhiEngine, number: int, words: str) -> None:
    def act(event: EngineEvent, cancel: Event) -> None:
        if isinstance(event, Progress) and event.stage == "read":
            os.kill(engine.worker_pid or 0, number)

    with pytest.raises(EngineError, match=words):
        run(engine, REQUEST, act)


def leave_with_one(connection: Connection) -> None:
    """A worker whose process is ended by a library that gets no memory."""
    connection.recv()
    os._exit(1)


def test_a_worker_that_a_library_ended_is_told_as_one_that_ran_out_of_memory(
    engine: PhiEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(worker_process, "main", leave_with_one)
        with pytest.raises(EngineError, match="ended before it was done, most likely because memory ran out") as error:
            run(engine, REQUEST)
    assert "Close other programs" in error.value.message
    assert run(engine, REQUEST)[0]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of another process")
@pytest.mark.parametrize("megabytes", [70, 100, 120, 140])
def test_a_worker_that_gets_too_little_memory_does_not_call_the_model_damaged(
    engine: PhiEngine, megabytes: int
) -> None:
    import resource

    limits = (megabytes << 20, megabytes << 20)
    watcher = when_started(engine, lambda pid: resource.prlimit(pid, resource.RLIMIT_AS, limits))
    with pytest.raises(EngineError) as error:
        run(engine, REQUEST)
    watcher.join()
    assert "damaged" not in error.value.title
    assert run(engine, REQUEST)[0]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_worker_that_is_lost_between_runs_is_replaced_without_a_word(number: int) -> None:
    engine = tiny_engine(patience=Patience(stalled=0.3))
    answer = run(engine, REQUEST)[0]
    lost = engine.worker_pid
    os.kill(lost or 0, number)
    assert run(engine, REQUEST)[0] == answer
    assert engine.worker_pid != lost
    engine.close()
    assert not workers()


def test_a_worker_killed_while_loading_is_told_and_the_next_run_works(engine: PhiEngine) -> None:
    watcher = when_started(engine, kill)
    with pytest.raises(EngineError):
        run(engine, REQUEST)
    watcher.join()
    assert run(engine, REQUEST)[0]


def test_stop_while_loading_ends_the_worker_and_the_next_run_works(engine: PhiEngine) -> None:
    cancel = Event()
    watcher = when_started(engine, lambda pid: cancel.set())
    events = list(engine.run(REQUEST, cancel))
    watcher.join()
    assert [type(event).__name__ for event in events] == ["Progress", "Finished"]
    assert events[-1].reason is FinishReason.CANCELLED
    assert engine.worker_pid is None
    assert not workers()
    assert run(engine, REQUEST)[0]


def test_a_worker_that_hangs_is_ended_and_told() -> None:
    engine = tiny_engine(patience=Patience(run=0.3))

    def act(event: EngineEvent, cancel: Event) -> None:
        if isinstance(event, Progress) and event.stage == "read":
            os.kill(engine.worker_pid or 0, signal.SIGSTOP)

    with pytest.raises(EngineError, match="does not answer"):
        run(engine, REQUEST, act)
    assert not workers()
    assert run(engine, REQUEST)[0]
    engine.close()


def test_stop_does_not_wait_for_a_worker_that_hangs() -> None:
    engine = tiny_engine(patience=Patience(stop=0.1))

    def act(event: EngineEvent, cancel: Event) -> None:
        if isinstance(event, Chunk):
            os.kill(engine.worker_pid or 0, signal.SIGSTOP)
            cancel.set()

    assert run(engine, REQUEST, act)[1].reason is FinishReason.CANCELLED
    engine.close()
    assert not workers()


def test_twenty_dead_workers_leave_no_process_and_no_open_file(engine: PhiEngine) -> None:
    def act(event: EngineEvent, cancel: Event) -> None:
        if isinstance(event, Progress) and event.stage == "read":
            kill(engine.worker_pid or 0)

    def die() -> None:
        with pytest.raises(EngineError):
            run(engine, REQUEST, act)

    die()  # the first one starts multiprocessing's tracker, which stays
    before = psutil.Process().num_fds()
    for _ in range(19):
        die()
    assert psutil.Process().num_fds() <= before
    assert not workers()


def test_close_leaves_no_process(engine: PhiEngine) -> None:
    run(engine, REQUEST)
    assert len(workers()) == 1
    engine.close()
    assert not workers()


def test_close_from_another_thread_ends_a_run_as_cancelled(engine: PhiEngine) -> None:
    closers: list[threading.Thread] = []

    def act(event: EngineEvent, cancel: Event) -> None:
        if isinstance(event, Progress) and event.stage == "read" and not closers:
            closers.append(threading.Thread(target=engine.close))
            closers[0].start()

    # Of many parts, so that it is not over before the other thread has begun.
    finished = run(engine, Request(make_task("classify"), "Please answer this letter. " * 1_500), act)[1]
    closers[0].join()
    assert finished.reason is FinishReason.CANCELLED
    assert not workers()


def test_close_during_a_run_ends_it_as_cancelled(engine: PhiEngine) -> None:
    going = engine.run(REQUEST, Event())
    next(event for event in going if isinstance(event, Chunk))
    engine.close()
    assert list(going)[-1].reason is FinishReason.CANCELLED
    assert not workers()


def test_the_worker_ends_when_the_program_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "import os, sys, threading\n"
        "from pathlib import Path\n"
        "sys.path[:0] = sys.argv[1:3]\n"
        "from phi_support import make_task, run, tiny_engine\n"
        "from models.engines.base import Request\n"
        "if __name__ == '__main__':\n"
        "    engine = tiny_engine()\n"
        "    run(engine, Request(make_task('classify'), 'hello'))\n"
        "    print(engine.worker_pid, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    program = [sys.executable, str(script), str(ROOT), str(Path(__file__).parent)]
    done = subprocess.run(program, capture_output=True, text=True, timeout=SECONDS, check=False)
    worker = int(done.stdout)
    for process in [psutil.Process(worker)] if psutil.pid_exists(worker) else []:
        assert process.status() == psutil.STATUS_ZOMBIE or process.wait(SECONDS) is None


def cut_weights(folder: Path) -> None:
    data = folder / "model.onnx.data"
    data.write_bytes(data.read_bytes()[: data.stat().st_size // 2])


def overwrite_weights(folder: Path) -> None:
    data = folder / "model.onnx.data"
    data.write_bytes(b"\xff" * data.stat().st_size)


def other_chat_format(folder: Path) -> None:
    for file in (folder / "tokenizer.json", folder / "tokenizer_config.json"):
        file.write_text(file.read_text(encoding="utf-8").replace("<|assistant|>", "[ASSISTANT]"), encoding="utf-8")


def change_config(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    file = folder / "genai_config.json"
    config = json.loads(file.read_text(encoding="utf-8"))
    change(config["model"])
    file.write_text(json.dumps(config), encoding="utf-8")


def larger_tokenizer(folder: Path) -> None:
    file = folder / "tokenizer.json"
    tokenizer = json.loads(file.read_text(encoding="utf-8"))
    for token in tokenizer["added_tokens"]:
        token["id"] += 100_000
    file.write_text(json.dumps(tokenizer), encoding="utf-8")


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no config": lambda folder: (folder / "genai_config.json").unlink(),
    "config is garbage": lambda folder: (folder / "genai_config.json").write_bytes(b"\x00\xff{"),
    "config is nested too deeply": lambda folder: (folder / "genai_config.json").write_text("[" * 100_000),
    "config is another's": lambda folder: (folder / "genai_config.json").write_text(json.dumps({"model": []})),
    "no graph": lambda folder: (folder / "model.onnx").unlink(),
    "graph is garbage": lambda folder: (folder / "model.onnx").write_bytes(b"not a model" * 100),
    "no weights": lambda folder: (folder / "model.onnx.data").unlink(),
    "weights are cut off": cut_weights,
    "weights are overwritten": overwrite_weights,
    "no tokenizer": lambda folder: (folder / "tokenizer.json").unlink(),
    "tokenizer is empty": lambda folder: (folder / "tokenizer.json").write_bytes(b""),
    "tokenizer is garbage": lambda folder: (folder / "tokenizer.json").write_text("{}"),
    "tokenizer without the chat tokens": other_chat_format,
    "another architecture": lambda folder: change_config(folder, lambda config: config.update(type="whisper")),
    "an architecture that is not known": lambda folder: change_config(folder, lambda config: config.update(type="x")),
    "tokenizer of a larger model": larger_tokenizer,
    "no folder": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_model_is_told_without_naming_its_folder(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    folder = tmp_path / "models-of-anna"
    shutil.copytree(TINY, folder)
    damage(folder)
    engine = tiny_engine(model_dir=folder)
    with pytest.raises(EngineError) as error:
        run(engine, REQUEST)
    assert "anna" not in str(error.value)
    assert "install" in error.value.message.lower()
    assert engine.worker_pid is None
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(TINY, folder)
    assert run(engine, REQUEST)[0]
    engine.close()


def test_a_missing_model_is_unavailable_rather_than_broken(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable):
        run(tiny_engine(model_dir=tmp_path), REQUEST)


def test_too_little_memory_is_told_with_figures_before_anything_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "virtual_memory", lambda: type("Memory", (), {"available": 2**20, "total": 2**34})())
    engine = tiny_engine()
    with pytest.raises(EngineUnavailable, match="GB"):
        run(engine, REQUEST)
    assert engine.worker_pid is None
    anyway = tiny_engine(check_memory=False)
    assert run(anyway, REQUEST)[0]
    anyway.close()


def test_the_real_model_s_needs_are_counted_as_weights_and_cache() -> None:
    model = model_folder.ModelFolder(weight_bytes=5 * 2**30, cache_bytes=256 * 1024, context_length=131072)
    with pytest.raises(EngineUnavailable):
        model_folder.check_memory(model, 10**9)
