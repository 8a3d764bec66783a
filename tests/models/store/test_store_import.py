"""Importing a model from a folder or an archive: verified, and nothing of a hostile archive gets out."""

import io
import shutil
import tarfile
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hub import entry, tiny_files
from import_support import nothing_installed, take

from models.errors import EngineUnavailable, StorageError
from models.store.events import Step
from models.store.importing import import_model
from models.store.installed import check_folder, installed_models
from models.store.record import read_record, state


def test_a_folder_is_copied_hashed_and_usable(tiny: Path, models: Path) -> None:
    folder = take(tiny, models)
    assert folder == models / "my-tiny-phi"
    assert check_folder(folder).usable
    record = read_record(folder)
    assert record is not None
    assert (record.proof, record.name) == ("import", "My Tiny Phi")
    assert state(folder, record) == "intact"
    assert {path.name: path.read_bytes() for path in tiny.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir() if path.name != "strongroom-model.json"
    }


def test_a_folder_that_holds_the_model_further_down_is_taken_too(tiny: Path, models: Path) -> None:
    assert check_folder(take(tiny.parent, models)).usable


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path, models: Path) -> None:
    (tmp_path / "photos").mkdir()
    with pytest.raises(EngineUnavailable, match="no model in that folder"):
        take(tmp_path / "photos", models)
    assert nothing_installed(models)


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, models: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ms Varga")
    with pytest.raises(StorageError, match="neither a zip nor a tar"):
        take(tmp_path / "letter.txt", models)


def test_a_place_that_is_not_there_is_told(tmp_path: Path, models: Path) -> None:
    with pytest.raises(StorageError, match="gone"):
        take(tmp_path / "unplugged", models)


def test_an_incomplete_folder_is_refused_with_what_it_lacks(tiny: Path, models: Path) -> None:
    (tiny / "tokenizer.json").unlink()
    with pytest.raises(EngineUnavailable, match="lacks tokenizer"):
        take(tiny, models)


def test_the_same_folder_twice_is_one_model_and_another_one_does_not_replace_it(tiny: Path, models: Path) -> None:
    first = take(tiny, models)
    assert take(tiny, models) == first
    (tiny / "README.md").write_text("other")
    assert take(tiny, models) != first
    assert len(installed_models(models)) == 2


def test_what_the_list_knows_is_held_against_it(tiny: Path, models: Path) -> None:
    (tiny / "README.md").unlink()
    known = entry("https://hub.example", tiny_files(), digests=True, sizes=True)
    record = read_record(take(tiny, models, (known,)))
    assert record is not None
    assert (record.id, record.proof, record.license) == ("tiny-phi", "list", "MIT")
    weights = bytearray((tiny / "model.onnx.data").read_bytes())
    weights[1000] ^= 1
    (tiny / "model.onnx.data").write_bytes(weights)
    with pytest.raises(StorageError, match=r"model\.onnx\.data has another SHA-256"):
        take(tiny, models, (known,))
    assert [model.state for model in installed_models(models)] == ["intact"]


@pytest.mark.parametrize("kind", ["zip", "tar", "gztar"])
def test_an_archive_is_unpacked_and_usable(tiny: Path, models: Path, tmp_path: Path, kind: str) -> None:
    archive = shutil.make_archive(str(tmp_path / "packed"), kind, tiny.parent, tiny.name)
    folder = take(Path(archive), models)
    assert check_folder(folder).usable
    assert not any((models / ".downloads").glob("import-*/"))


def test_a_flat_archive_has_the_archives_name(tiny: Path, models: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "flat"), "zip", tiny)
    assert take(Path(archive), models).name == "flat"


def zipped(path: Path, *names: str, attributes: int = 0, flag_utf8: bool = True) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name in names:
            info = zipfile.ZipInfo(name)
            info.external_attr = attributes << 16
            packed.writestr(info, b"x")
    if not flag_utf8:
        path.write_bytes(path.read_bytes().replace("é".encode(), b"\xe9\xe9"))
    return path


def tarred(path: Path, name: bytes | str, **fields: object) -> Path:
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT, encoding="utf-8", errors="surrogateescape") as packed:
        info = tarfile.TarInfo(name if isinstance(name, str) else name.decode("utf-8", "surrogateescape"))
        for key, value in fields.items():
            setattr(info, key, value)
        packed.addfile(info, io.BytesIO(bytes(info.size)))
    return path


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../evil", "/etc/evil", "C:/evil", "..\\evil", "a\\..\\evil", "\\\\host\\evil", "a/./b"]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_name_that_leads_outside_is_refused_and_writes_nothing(
    tmp_path: Path, models: Path, name: str, pack: Callable[[Path, str], Path]
) -> None:
    archive = pack(tmp_path / "archive", name)
    before = set(tmp_path.iterdir())
    with pytest.raises(StorageError, match="leads outside"):
        take(archive, models)
    assert set(tmp_path.iterdir()) - before <= {models}
    assert nothing_installed(models)


@pytest.mark.parametrize(
    "fields",
    [
        {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"},
        {"type": tarfile.LNKTYPE, "linkname": "../../etc/passwd"},
        {"type": tarfile.FIFOTYPE},
        {"type": tarfile.CHRTYPE},
    ],
)
def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path, models: Path, fields: dict[str, object]) -> None:
    with pytest.raises(StorageError, match="a link or a device"):
        take(tarred(tmp_path / "a.tar", "model.onnx", **fields), models)
    assert nothing_installed(models)


def test_a_link_in_a_zip_is_refused(tmp_path: Path, models: Path) -> None:
    with pytest.raises(StorageError, match="a link or a device"):
        take(zipped(tmp_path / "a.zip", "model.onnx", attributes=0o120777), models)


def test_names_that_are_not_utf8_are_refused(tmp_path: Path, models: Path) -> None:
    with pytest.raises(StorageError, match="not in UTF-8"):
        take(tarred(tmp_path / "a.tar", b"model\xff.onnx"), models)
    old = tmp_path / "old.zip"
    with zipfile.ZipFile(old, "w") as packed:
        packed.writestr("modele.onnx", b"x")
    old.write_bytes(old.read_bytes().replace(b"modele", b"mod\x8ale"))
    with pytest.raises(StorageError, match="not in UTF-8"):
        take(old, models)
    assert nothing_installed(models)


def test_names_in_utf8_that_are_not_ascii_are_fine(tiny: Path, models: Path, tmp_path: Path) -> None:
    (tiny / "modèle.txt").write_text("é")
    archive = shutil.make_archive(str(tmp_path / "packed"), "zip", tiny)
    assert (take(Path(archive), models) / "modèle.txt").is_file()


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_a_bomb_is_refused_before_it_fills_the_disk(tmp_path: Path, models: Path, kind: str) -> None:
    bomb = tmp_path / f"bomb.{kind}"
    zeros = bytes(1_000_000)
    if kind == "zip":
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(30):
                packed.writestr(f"{number}.bin", zeros)
    else:
        with tarfile.open(bomb, "w:gz") as packed_tar:
            for number in range(30):
                info = tarfile.TarInfo(f"{number}.bin")
                info.size = len(zeros)
                packed_tar.addfile(info, io.BytesIO(zeros))
    with pytest.raises(StorageError, match="far more than its size"):
        take(bomb, models)
    assert nothing_installed(models)


def test_a_name_that_comes_twice_is_refused(tmp_path: Path, models: Path) -> None:
    with pytest.raises(StorageError, match="a name twice"):
        take(zipped(tmp_path / "a.zip", "model.onnx", "MODEL.onnx"), models)


def test_an_archive_with_far_too_many_files_is_refused(tmp_path: Path, models: Path) -> None:
    with pytest.raises(StorageError, match="far too many files"):
        take(zipped(tmp_path / "a.zip", *(f"{number}" for number in range(10_001))), models)


def test_a_damaged_archive_is_told_and_leaves_nothing(tiny: Path, models: Path, tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "packed"), "gztar", tiny))
    archive.write_bytes(archive.read_bytes()[:-100_000])
    with pytest.raises(StorageError, match="damaged"):
        take(archive, models)
    assert nothing_installed(models)


def test_an_archive_that_does_not_fit_is_told_before_it_is_written(tiny: Path, models: Path, tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", tiny))
    with pytest.raises(StorageError, match="Not enough free disk"):
        take(archive, models, free=lambda _: 200_500_000)
    assert nothing_installed(models)


def test_a_cancelled_import_leaves_nothing(tiny: Path, models: Path) -> None:
    cancel = threading.Event()
    for event in import_model(tiny, models, (), cancel, lambda _: 10**12):
        assert isinstance(event, Step)
        cancel.set()
    assert nothing_installed(models)
