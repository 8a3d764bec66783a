"""Fetching a model from a real server on loopback that misbehaves in every way that is known of."""

import errno
import io
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hub import REVISION, Fault, Hub, entry, hub

from models.errors import StorageError, StrongroomError
from models.store import faults
from models.store.events import Installed, Step
from models.store.faults import Failure
from models.store.fetch import Fetcher, key_of
from models.store.fetch_file import Patience
from models.store.installed import check_folder, installed_models
from models.store.record import read_record, state
from models.store.source import Source, source_of

QUICK = Patience(connect_s=20.0, stall_s=20.0, least_bytes=1000, first_wait_s=0.0, longest_wait_s=0.0, tries=4)
HASTY = replace(QUICK, stall_s=0.4)
BIG = 3_000_000


def content(size: int = BIG) -> bytes:
    return random.Random(7).randbytes(size)


@pytest.fixture
def files() -> dict[str, bytes]:
    return {"genai_config.json": b'{"model": {}}', "model.onnx.data": content()}


@pytest.fixture
def server(files: dict[str, bytes]) -> Iterator[Hub]:
    with hub(files) as running:
        yield running


def fetcher(server: Hub, models: Path, patience: Patience = QUICK, **more: object) -> Fetcher:
    model = entry(server.url, server.files)
    return Fetcher(model, models, source_of(model), patience, **more)  # type: ignore[arg-type]


def run(fetch: Fetcher, cancel: threading.Event | None = None) -> list[object]:
    return list(fetch.fetch(cancel or threading.Event()))


def installed_as_served(server: Hub, models: Path) -> bool:
    folder = models / "tiny-phi"
    return all((folder / name).read_bytes() == data for name, data in server.files.items())


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


def test_an_ignored_range_begins_the_file_anew(server: Hub, tmp_path: Path) -> None:
    server.faults.extend([Fault(cut=BIG // 2, path=".data"), Fault(ignore_range=True, path=".data")])
    run(fetcher(server, tmp_path))
    assert server.ranges("model.onnx.data") == ["", f"bytes={BIG // 2}-"]
    assert installed_as_served(server, tmp_path)


def test_a_host_that_ignores_ranges_and_always_cuts_is_given_up(server: Hub, tmp_path: Path) -> None:
    server.always = Fault(cut=100_000, ignore_range=True)
    server.faults.append(Fault())
    with pytest.raises(StorageError, match="connection was lost"):
        run(fetcher(server, tmp_path))
    assert len(server.ranges("model.onnx.data")) == QUICK.tries + 1


def test_a_range_with_other_bytes_than_asked_for_is_not_pasted_in(server: Hub, tmp_path: Path) -> None:
    server.faults.extend([Fault(cut=BIG // 2, path=".data"), Fault(wrong_range=True, path=".data")])
    run(fetcher(server, tmp_path))
    assert installed_as_served(server, tmp_path)


def test_a_file_that_changes_in_mid_download_is_fetched_anew(server: Hub, tmp_path: Path) -> None:
    server.faults.extend([Fault(), Fault(cut=BIG // 2, hang=True)])
    events = fetcher(server, tmp_path, HASTY).fetch(threading.Event())
    while next(events).done < BIG // 2:  # type: ignore[union-attr]
        pass
    server.files = {**server.files, "model.onnx.data": bytes(BIG)}
    list(events)
    assert server.ranges("model.onnx.data")[1:3] == [f"bytes={BIG // 2}-", ""]
    assert installed_as_served(server, tmp_path)


def test_another_etag_alone_does_not_cost_what_was_fetched(server: Hub, tmp_path: Path) -> None:
    server.faults.extend([Fault(cut=BIG // 2, path=".data"), Fault(etag='"other"', path=".data")])
    run(fetcher(server, tmp_path))
    assert server.ranges("model.onnx.data") == ["", f"bytes={BIG // 2}-"]
    assert installed_as_served(server, tmp_path)


def test_another_etag_with_other_bytes_is_found_out_by_the_digest(server: Hub, tmp_path: Path) -> None:
    server.faults.extend([Fault(cut=BIG // 2, path=".data"), Fault(etag='"other"', alter=True, path=".data")])
    run(fetcher(server, tmp_path))
    assert installed_as_served(server, tmp_path)


def test_a_length_that_is_too_long_is_a_lost_connection_and_mended(server: Hub, tmp_path: Path) -> None:
    server.faults.append(Fault(length=BIG + 500, path=".data"))
    run(fetcher(server, tmp_path))
    assert installed_as_served(server, tmp_path)


def test_a_length_that_is_always_too_long_installs_nothing(server: Hub, tmp_path: Path) -> None:
    server.always = Fault(length=BIG + 500)
    with pytest.raises(StorageError):
        run(fetcher(server, tmp_path))
    assert installed_models(tmp_path) == ()


def test_a_length_that_differs_from_the_list_is_refused(server: Hub, tmp_path: Path) -> None:
    model = entry(server.url, server.files, sizes=True)
    server.faults.append(Fault(length=BIG - 500, path=".data"))
    with pytest.raises(StorageError, match="another size"):
        run(Fetcher(model, tmp_path, source_of(model), QUICK))


def test_a_truncated_file_is_fetched_again(server: Hub, tmp_path: Path) -> None:
    server.faults.append(Fault(length=BIG - 500, path=".data"))
    run(fetcher(server, tmp_path))
    assert installed_as_served(server, tmp_path)


def test_an_altered_file_is_fetched_again_and_no_other(server: Hub, tmp_path: Path) -> None:
    server.faults.append(Fault(alter=True, path=".data"))
    run(fetcher(server, tmp_path))
    assert installed_as_served(server, tmp_path)
    assert len(server.ranges("genai_config.json")) == 1
    assert server.ranges("model.onnx.data") == ["", ""]


def test_a_file_that_is_altered_twice_is_deleted_and_nothing_is_installed(server: Hub, tmp_path: Path) -> None:
    server.always = Fault(alter=True)
    server.faults.append(Fault())
    with pytest.raises(StorageError, match="wrong SHA-256"):
        run(fetcher(server, tmp_path))
    assert installed_models(tmp_path) == ()
    assert not any(file.stat().st_size == BIG for file in tmp_path.rglob("*") if file.is_file())


def test_a_digest_in_the_list_outweighs_what_the_source_says(server: Hub, tmp_path: Path) -> None:
    model = entry(server.url, server.files, digests=True)
    server.files = {**server.files, "model.onnx.data": content(BIG - 1)}
    with pytest.raises(StorageError, match="another SHA-256"):
        run(Fetcher(model, tmp_path, source_of(model), QUICK))


def test_a_source_without_any_digest_is_refused_before_the_bytes_come(server: Hub, tmp_path: Path) -> None:
    server.always = Fault(bare=True)
    with pytest.raises(StorageError, match="does not say which SHA-256"):
        run(fetcher(server, tmp_path))


def test_a_plain_file_server_is_enough_where_the_list_has_the_digests(server: Hub, tmp_path: Path) -> None:
    server.always = Fault(bare=True)
    model = entry(server.url, server.files, digests=True)
    run(Fetcher(model, tmp_path, source_of(model), QUICK))
    record = read_record(tmp_path / "tiny-phi")
    assert record is not None
    assert record.proof == "list"


def test_another_revision_than_the_pinned_one_is_refused(server: Hub, tmp_path: Path) -> None:
    server.always = Fault(revision="f" * 40)
    with pytest.raises(StorageError, match="another revision"):
        run(fetcher(server, tmp_path))


def test_gits_own_digest_of_a_small_file_is_checked(tmp_path: Path) -> None:
    import hashlib

    data = b'{"model": {}}'
    git = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    with hub({"genai_config.json": data}) as server:
        model = entry(server.url, server.files)
        headers = {"X-Linked-Etag": "", "ETag": f'"{git}"'}
        server.always = Fault(headers=headers, etag=f'"{git}"')
        run(Fetcher(model, tmp_path, source_of(model), QUICK))
        server.files = {"genai_config.json": b'{"model": []}'}
        with pytest.raises(StorageError, match="wrong SHA-256"):
            run(Fetcher(model, tmp_path / "other", source_of(model), QUICK))


@pytest.mark.parametrize("fault", [Fault(silent=True), Fault(cut=50_000, hang=True), Fault(drip=True)])
def test_a_silent_or_dripping_host_is_left_and_asked_again(server: Hub, tmp_path: Path, fault: Fault) -> None:
    server.faults.extend([Fault(), fault])
    run(fetcher(server, tmp_path, HASTY))
    assert installed_as_served(server, tmp_path)


def test_a_host_that_only_drips_is_given_up_in_words(server: Hub, tmp_path: Path) -> None:
    server.always = Fault(drip=True)
    with pytest.raises(StorageError, match="next to nothing"):
        run(fetcher(server, tmp_path, Patience(stall_s=0.2, first_wait_s=0.0, tries=2)))


def test_a_redirect_to_a_host_that_the_list_does_not_name_is_not_followed(server: Hub, tmp_path: Path) -> None:
    with hub(server.files) as other:
        server.always = Fault(redirect=f"{other.url}/strongroom/tiny-phi/resolve/{REVISION}/cpu/genai_config.json")
        with pytest.raises(StorageError, match=f"127.0.0.1:{other.port}"):
            run(fetcher(server, tmp_path))
        assert other.requests == []


def test_a_redirect_to_the_same_host_is_followed_without_cookie_or_login(server: Hub, tmp_path: Path) -> None:
    path = f"/strongroom/tiny-phi/resolve/{REVISION}/elsewhere/genai_config.json"
    server.faults.append(Fault(redirect=path))
    run(fetcher(server, tmp_path))
    assert server.requests[1][0] == path
    for _, headers in server.requests:
        assert not {"cookie", "authorization", "referer"} & {name.lower() for name in headers}


def test_redirects_without_end_are_given_up(server: Hub, tmp_path: Path) -> None:
    server.always = Fault(redirect="/round/and/round")
    with pytest.raises(StorageError, match="leads elsewhere"):
        run(fetcher(server, tmp_path))


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://cdn-lfs.hf.co/a", True),
        ("https://hub.example/b", True),
        ("https://hub.example:8443/b", False),
        ("http://cdn-lfs.hf.co/a", False),
        ("http://hub.example/b", False),
        ("https://name:word@cdn-lfs.hf.co/a", False),
        ("https://hf.co/a", False),
        ("https://evil-hf.co/a", False),
        ("https://cdn.hf.co.evil.example/a", False),
        ("https://cdn.hf.co:99999/a", False),
        ("file:///etc/passwd", False),
        ("https:///a", False),
    ],
)
def test_redirects_go_to_the_lists_hosts_only_and_always_encrypted(url: str, allowed: bool) -> None:
    assert Source("https://hub.example", ("*.hf.co",)).may_ask(url) is allowed


@pytest.mark.parametrize(
    "mirror", ["http://mirror.example", "ftp://mirror.example", "https://a:b@mirror.example", "mirror", "https://x:y"]
)
def test_a_mirror_must_be_encrypted_and_hold_no_password(mirror: str) -> None:
    with pytest.raises(StorageError, match="https"):
        source_of(entry("https://hub.example", {}), mirror)


def test_a_mirror_may_not_send_us_on_to_the_hubs_hosts() -> None:
    assert source_of(entry("https://hub.example", {}), "https://mirror.example").hosts == ()


@pytest.mark.parametrize(
    ("status", "words"), [(401, "login"), (403, "blocked"), (404, "does not have"), (418, "not un")]
)
def test_a_refusal_is_told_at_once_with_the_host(server: Hub, tmp_path: Path, status: int, words: str) -> None:
    server.always = Fault(status=status)
    with pytest.raises(StorageError) as failed:
        run(fetcher(server, tmp_path))
    assert words in failed.value.message
    assert f"127.0.0.1:{server.port}" in failed.value.message
    assert len(server.requests) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, files: dict[str, bytes]) -> None:
    with hub(files, Path(__file__).parent / "self-signed.pem") as server:
        with pytest.raises(StorageError, match="could not be verified"):
            run(fetcher(server, tmp_path))
        assert server.requests == []


def test_a_proxy_that_asks_for_a_password_is_told(tmp_path: Path) -> None:
    with hub({}) as proxy:
        proxy.always = Fault(status=407)
        model = entry("https://hub.example", {"a": b""})
        source = source_of(model, proxy=f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(StorageError) as failed:
            run(Fetcher(model, tmp_path, source, QUICK))
        assert "hub.example" in failed.value.message
        assert "keyring" in failed.value.message
        assert [path for path, _ in proxy.requests] == ["hub.example:443"]


def test_a_proxys_own_password_goes_to_the_proxy(tmp_path: Path) -> None:
    with hub({}) as proxy:
        model = entry("https://hub.example", {"a": b""})
        source = source_of(model, proxy=f"http://me:secret@127.0.0.1:{proxy.port}")
        with pytest.raises(StorageError, match="proxy of this machine"):
            run(Fetcher(model, tmp_path, source, QUICK))
        assert proxy.requests[0][1]["Proxy-Authorization"].startswith("Basic ")


def test_a_host_that_cannot_be_found_is_named(tmp_path: Path) -> None:
    model = entry("https://no-such-host.invalid", {"a": b""})
    with pytest.raises(StorageError, match="no-such-host"):
        run(Fetcher(model, tmp_path, source_of(model), QUICK))


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


def test_too_little_disk_is_said_before_anything_is_fetched(server: Hub, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"0\.2 GB are needed in the models folder and 0\.1 GB are free"):
        run(fetcher(server, tmp_path, free=lambda _folder: 100_000_000))
    assert server.requests == []


def test_a_disk_that_fills_up_is_noticed_and_what_is_here_is_kept(tmp_path: Path) -> None:
    with hub({"model.onnx.data": bytes(70_000_000)}) as server:
        room = iter([10**9, 10**8])
        with pytest.raises(StorageError, match="Not enough free disk"):
            run(fetcher(server, tmp_path, Patience(), free=lambda _folder: next(room)))
    (part,) = tmp_path.rglob("*.part")
    assert part.stat().st_size >= 64_000_000


class Full(io.BytesIO):
    """A disk with room for a megabyte."""

    def write(self, piece: Any) -> int:
        if self.tell() + len(piece) > 1_000_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(piece)


def test_a_disk_that_is_full_in_mid_file_is_told_as_such(server: Hub) -> None:
    from models.store.download import Head, Transfer, Wanted

    model = entry(server.url, server.files)
    source = source_of(model)
    transfer = Transfer(source, Wanted(source.url(model, model.files[1])), Full(), 5.0, 5.0)
    transfer.start()
    assert isinstance(transfer.items.get(timeout=10), Head)
    transfer.accept()
    items: list[object] = []
    while (item := transfer.items.get(timeout=10)) is not None:
        items.append(item)
    assert isinstance(items[-1], Failure)
    assert "disk is full" in items[-1].error.title
    assert 0 < sum(len(item) for item in items if isinstance(item, bytes)) <= 1_000_000


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EDQUOT, "The disk is full"),
        (errno.EFBIG, "The disk cannot hold a file of this size"),
        (errno.EACCES, "The folder cannot be written to"),
        (errno.EROFS, "The folder cannot be written to"),
        (errno.ENOENT, "The folder is gone"),
        (errno.EIO, "The folder is gone"),
        (errno.EBUSY, "The disk does not take the file"),
    ],
)
def test_what_a_disk_refuses_is_told_with_what_is_safe_and_what_to_do(number: int, title: str) -> None:
    told = faults.from_os(OSError(number, "refused"))
    assert told.title == title
    assert "not affected" in told.message


def test_a_folder_that_is_a_file_is_told(server: Hub, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("in the way")
    with pytest.raises(StorageError) as failed:
        run(fetcher(server, tmp_path / "models"))
    assert "another" in failed.value.message


def test_a_folder_that_is_taken_away_is_noticed(server: Hub, tmp_path: Path) -> None:
    import shutil

    models = tmp_path / "models"
    server.faults.extend([Fault(), Fault(cut=2_000_000, hang=True)])
    events = fetcher(server, models, Patience(stall_s=60.0)).fetch(threading.Event())
    while (event := next(events)).done < 1_900_000:  # type: ignore[union-attr]
        assert isinstance(event, Step)
    shutil.rmtree(models)
    with pytest.raises(StorageError, match="folder is gone"):
        list(events)


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
