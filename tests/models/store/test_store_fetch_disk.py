"""Where a download is written to: disks that are full or refuse, folders in the way or taken away."""

import errno
import io
import threading
from pathlib import Path
from typing import Any

import pytest
from fetch_support import fetcher, run
from hub import Fault, Hub, entry, hub

from models.errors import StorageError
from models.store import faults
from models.store.events import Step
from models.store.faults import Failure
from models.store.fetch_file import Patience
from models.store.source import source_of


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
    while (event := next(events)).done < 1_900_000:
        assert isinstance(event, Step)
    shutil.rmtree(models)
    with pytest.raises(StorageError, match="folder is gone"):
        list(events)
