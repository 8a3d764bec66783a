"""Fetching a model from a real server on loopback that is cut off, busy or slow; and stopping, and going on."""

import json
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fetch_support import BIG, HASTY, QUICK, fetcher, installed_as_served, run
from hub import REVISION, Fault, Hub, entry, hub

from models.errors import StorageError, StrongroomError
from models.store.events import Installed, Step
from models.store.fetch import Fetcher, key_of
from models.store.fetch_file import Patience
from models.store.installed import check_folder, installed_models
from models.store.record import read_record, state


def test_a_tiny_model_is_fetched_installed_and_usable(tmp_path: Path) -> None:
    with hub() as server:
        events = run(fetcher(server, tmp_path))
    assert events[-1] == Installed(tmp_path / "tiny-phi", "Tiny Phi")
    assert installed_as_served(server, tmp_path)
    assert check_folder(tmp_path / "tiny-phi").usable
    record = read_record(tmp_path / "tiny-phi")
    assert record is not None
    assert (record.revision, record.proof, record.license) == (REVISION, "source", "MIT")
    assert state(tmp_path / "tiny-phi", record) == "intact"


def test_progress_reaches_the_whole_and_never_goes_beyond(server: Hub, tmp_path: Path) -> None:
    steps = [event for event in run(fetcher(server, tmp_path)) if isinstance(event, Step)]
    assert steps[-1].done == steps[-1].total == sum(map(len, server.files.values()))
    assert all(step.done <= step.total for step in steps)


def test_a_model_that_is_here_already_is_not_asked_for(server: Hub, tmp_path: Path) -> None:
    run(fetcher(server, tmp_path))
    server.requests.clear()
    assert isinstance(run(fetcher(server, tmp_path))[-1], Installed)
    assert server.requests == []


def test_fifty_cuts_at_random_offsets_cost_no_byte_twice(server: Hub, tmp_path: Path) -> None:
    rng = random.Random(11)
    server.faults.extend(Fault(cut=rng.randrange(1, BIG // 60), path="model.onnx.data") for _ in range(50))
    run(fetcher(server, tmp_path))
    assert installed_as_served(server, tmp_path)
    assert len(server.ranges("model.onnx.data")) == 51
    assert server.sent == sum(map(len, server.files.values()))


def test_a_cut_before_the_first_byte_is_tried_again_a_few_times_only(server: Hub, tmp_path: Path) -> None:
    server.always = Fault(cut=0)
    with pytest.raises(StorageError, match="connection was lost"):
        run(fetcher(server, tmp_path))
    assert len(server.requests) == QUICK.tries


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_host_is_given_time_and_asked_again(server: Hub, tmp_path: Path, status: int) -> None:
    server.faults.extend([Fault(status=status)] * 3)
    run(fetcher(server, tmp_path))
    assert installed_as_served(server, tmp_path)


def test_a_host_that_stays_busy_is_named_with_what_is_safe(server: Hub, tmp_path: Path) -> None:
    server.always = Fault(status=503)
    with pytest.raises(StorageError) as failed:
        run(fetcher(server, tmp_path))
    assert f"127.0.0.1:{server.port}" in failed.value.message
    assert "kept" in failed.value.message
    assert "Resume" in failed.value.message


def test_retry_after_is_obeyed(server: Hub, tmp_path: Path) -> None:
    server.faults.append(Fault(status=429, headers={"Retry-After": "1"}))
    began = time.monotonic()
    events = run(fetcher(server, tmp_path))
    assert time.monotonic() - began >= 1.0
    assert any(isinstance(event, Step) and event.stage == "wait" for event in events)


def test_a_host_that_asks_for_an_hour_is_left_alone_and_the_person_told(server: Hub, tmp_path: Path) -> None:
    server.faults.append(Fault(status=503, headers={"Retry-After": "3600"}))
    with pytest.raises(StorageError, match="60 minutes"):
        run(fetcher(server, tmp_path))


def test_a_retry_date_does_not_hold_up_a_machine_whose_clock_is_ahead(server: Hub, tmp_path: Path) -> None:
    server.faults.append(Fault(status=503, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}))
    run(fetcher(server, tmp_path))
    assert installed_as_served(server, tmp_path)


def test_a_clock_that_jumps_neither_hangs_nor_ends_a_download(
    server: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jumps = iter([0.0, 9e9, -9e9] * 100_000)
    monkeypatch.setattr(time, "time", lambda: next(jumps))
    server.faults.extend([Fault(cut=1000), Fault(cut=100_000, path=".data"), Fault(status=500)])
    run(fetcher(server, tmp_path))
    assert installed_as_served(server, tmp_path)


@pytest.mark.parametrize("fault", [Fault(silent=True), Fault(cut=50_000, hang=True), Fault(drip=True)])
def test_a_silent_or_dripping_host_is_left_and_asked_again(server: Hub, tmp_path: Path, fault: Fault) -> None:
    server.faults.extend([Fault(), fault])
    run(fetcher(server, tmp_path, HASTY))
    assert installed_as_served(server, tmp_path)


def test_a_host_that_only_drips_is_given_up_in_words(server: Hub, tmp_path: Path) -> None:
    server.always = Fault(drip=True)
    with pytest.raises(StorageError, match="next to nothing"):
        run(fetcher(server, tmp_path, Patience(stall_s=0.2, first_wait_s=0.0, tries=2)))


def stop_when(fetch: Fetcher, condition: Callable[[Step], bool]) -> float:
    """Cancel at the first step for which ``condition`` holds; returns the seconds that it took to end."""
    cancel = threading.Event()
    pressed = 0.0
    for event in fetch.fetch(cancel):
        assert not isinstance(event, Installed)
        if not cancel.is_set() and condition(event):
            cancel.set()
            pressed = time.monotonic()
    assert pressed
    return time.monotonic() - pressed


@pytest.mark.parametrize("fault", [Fault(silent=True), Fault(cut=60_000, hang=True)])
def test_a_cancelled_download_ends_within_half_a_second_whatever_the_host_does(
    server: Hub, tmp_path: Path, fault: Fault
) -> None:
    server.always = fault
    patient = Patience(stall_s=60.0)
    assert stop_when(fetcher(server, tmp_path, patient), lambda step: step.stage in ("connect", "fetch")) < 0.5
    assert installed_models(tmp_path) == ()


def test_waiting_for_a_busy_host_can_be_cancelled(server: Hub, tmp_path: Path) -> None:
    server.always = Fault(status=503, headers={"Retry-After": "200"})
    assert stop_when(fetcher(server, tmp_path), lambda step: step.stage == "wait") < 0.6


def test_a_paused_download_goes_on_where_it_stopped_without_a_second_read(server: Hub, tmp_path: Path) -> None:
    server.faults.extend([Fault(), Fault(cut=2_000_000, hang=True)])
    fetch = fetcher(server, tmp_path, Patience(stall_s=60.0))
    stop_when(fetch, lambda step: step.stage == "fetch" and step.done > 1_900_000)
    events = run(fetch)
    assert not any(isinstance(event, Step) and event.stage == "check" for event in events)
    assert server.ranges("model.onnx.data")[1] == "bytes=2000000-"
    assert installed_as_served(server, tmp_path)


def test_a_new_program_goes_on_where_the_last_one_stopped(server: Hub, tmp_path: Path) -> None:
    server.faults.extend([Fault(), Fault(cut=2_000_000, hang=True)])
    stop_when(fetcher(server, tmp_path, Patience(stall_s=60.0)), lambda step: step.done > 1_900_000)
    run(fetcher(server, tmp_path))
    assert server.ranges("genai_config.json") == [""]
    assert server.ranges("model.onnx.data") == ["", "bytes=2000000-"]
    assert installed_as_served(server, tmp_path)


def test_a_part_that_was_altered_between_two_programs_is_found_out(server: Hub, tmp_path: Path) -> None:
    server.faults.extend([Fault(), Fault(cut=2_000_000, hang=True)])
    fetch = fetcher(server, tmp_path, Patience(stall_s=60.0))
    stop_when(fetch, lambda step: step.done > 1_900_000)
    (part,) = tmp_path.rglob("*.part")
    part.write_bytes(bytes(2_000_000))
    run(fetcher(server, tmp_path))
    assert installed_as_served(server, tmp_path)


@pytest.mark.parametrize("note", ["", "{", "[]", '{"total": "x", "etag": 3, "digest": null}', "[" * 100_000])
def test_a_note_that_makes_no_sense_costs_a_new_start_at_most(server: Hub, tmp_path: Path, note: str) -> None:
    server.faults.extend([Fault(), Fault(cut=2_000_000, hang=True)])
    stop_when(fetcher(server, tmp_path, Patience(stall_s=60.0)), lambda step: step.done > 1_900_000)
    (file,) = tmp_path.rglob("*.part.json")
    file.write_text(note)
    (tmp_path / ".downloads" / key_of(entry("", {})) / "done.json").write_text(note)
    run(fetcher(server, tmp_path))
    assert installed_as_served(server, tmp_path)


def test_two_programs_do_not_write_to_the_same_model(server: Hub, tmp_path: Path) -> None:
    server.faults.extend([Fault(), Fault(cut=60_000, hang=True)])
    first = fetcher(server, tmp_path, Patience(stall_s=60.0)).fetch(threading.Event())
    next(first)
    with pytest.raises(StorageError, match="Another window or command"):
        run(fetcher(server, tmp_path))
    first.close()
    run(fetcher(server, tmp_path))
    assert installed_as_served(server, tmp_path)


def test_offline_nothing_is_asked_for(server: Hub, tmp_path: Path) -> None:
    with pytest.raises(StrongroomError, match="offline"):
        run(fetcher(server, tmp_path, offline=lambda: True))
    assert server.requests == []


def test_a_damaged_model_is_replaced_and_the_old_one_is_gone(server: Hub, tmp_path: Path) -> None:
    run(fetcher(server, tmp_path))
    (tmp_path / "tiny-phi" / "model.onnx.data").write_bytes(b"damaged")
    run(fetcher(server, tmp_path))
    assert installed_as_served(server, tmp_path)
    assert [path.name for path in (tmp_path / ".downloads").iterdir() if path.is_dir()] == []


def test_no_error_names_a_folder_of_the_machine(server: Hub, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("in the way")
    with pytest.raises(StorageError) as failed:
        run(fetcher(server, tmp_path / "models"))
    assert str(tmp_path) not in str(failed.value)
    assert json.dumps(str(failed.value))
