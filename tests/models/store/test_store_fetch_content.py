"""A server that sends other bytes than it should: ranges, lengths, changed files, digests, revisions."""

import threading
from pathlib import Path

import pytest
from fetch_support import BIG, HASTY, QUICK, content, fetcher, installed_as_served, run
from hub import Fault, Hub, entry, hub

from models.errors import StorageError
from models.store.fetch import Fetcher
from models.store.installed import installed_models
from models.store.record import read_record
from models.store.source import source_of


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
    while next(events).done < BIG // 2:
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
