"""Importing a model from a folder, an archive or a kit: verified, and nothing of a hostile archive gets out."""

import io
import os
import shutil
import subprocess
import sys
import tarfile
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hub import TINY, entry, hub, tiny_files

from models.errors import EngineUnavailable, StorageError, StrongroomError
from models.store.events import Installed, Step
from models.store.fetch import Fetcher
from models.store.importing import import_model
from models.store.installed import check_folder, installed_models
from models.store.kit import write_kit
from models.store.manage import move_all, remove
from models.store.manifest import ManifestModel
from models.store.record import read_record, state
from models.store.source import source_of
from models.store.verify import Verified, verify

CHECKER = Path(__file__).resolve().parents[3] / "resources" / "kit" / "check.py"


def take(
    source: Path, models: Path, manifest: tuple[ManifestModel, ...] = (), free: Callable[[Path], int] = lambda _: 10**12
) -> Path:
    """Import, and where it was put."""
    last = list(import_model(source, models, manifest, threading.Event(), free))[-1]
    assert isinstance(last, Installed)
    return last.folder


def nothing_installed(models: Path) -> bool:
    """Neither a model nor half of one."""
    left = [path for path in models.rglob("*") if path.is_file() and path.suffix != ".lock"] if models.exists() else []
    return installed_models(models) == () and left == []


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    folder = tmp_path / "My Tiny Phi"
    shutil.copytree(TINY, folder)
    return folder


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A kit as ``models fetch --to`` writes it."""
    with hub() as server:
        model = entry(server.url, server.files)
        list(Fetcher(model, tmp_path / "stick", source_of(model)).fetch(threading.Event()))
    write_kit(tmp_path / "stick" / "tiny-phi", CHECKER)
    return tmp_path / "stick"


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


def test_a_kit_is_checked_by_its_own_script_and_by_sha256sum(kit: Path) -> None:
    folder = kit / "tiny-phi"
    done = subprocess.run([sys.executable, "-I", "check.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "All files are as they should be" in done.stdout
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=True)
    (folder / "model.onnx").write_bytes(b"damaged")
    done = subprocess.run([sys.executable, "-I", "check.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "DIFFERS  model.onnx" in done.stdout


def test_a_kit_says_its_licence_and_how_to_use_it(kit: Path) -> None:
    assert (kit / "tiny-phi" / "LICENSE.txt").read_text(encoding="utf-8").startswith("MIT")
    assert "strongroom models import" in (kit / "tiny-phi" / "README.txt").read_text(encoding="utf-8")
    assert sorted(path.name for path in kit.iterdir()) == ["tiny-phi"]


def test_a_kit_is_imported_with_its_name_and_revision(kit: Path, models: Path) -> None:
    for path in (kit / "tiny-phi").iterdir():
        os.utime(path, (1, 1))  # a copy to a stick has other times
    folder = take(kit, models)
    record = read_record(folder)
    assert record is not None
    assert (folder.name, record.name, record.proof) == ("tiny-phi", "Tiny Phi", "kit")
    assert check_folder(folder).usable
    assert not (folder / "check.py").exists()


def test_a_kit_that_was_altered_on_the_way_is_refused(kit: Path, models: Path) -> None:
    file = kit / "tiny-phi" / "model.onnx.data"
    data = bytearray(file.read_bytes())
    data[100] ^= 1
    file.write_bytes(data)
    with pytest.raises(StorageError, match="damaged or altered"):
        take(kit, models)
    assert nothing_installed(models)


def test_a_kit_with_its_digests_exchanged_does_not_pass_for_what_the_list_knows(kit: Path, models: Path) -> None:
    folder = kit / "tiny-phi"
    honest = entry("https://hub.example", tiny_files(), digests=True)
    data = bytearray((folder / "model.onnx.data").read_bytes())
    data[100] ^= 1
    (folder / "model.onnx.data").write_bytes(data)
    record = read_record(folder)
    assert record is not None
    forged = [
        replace(file, sha256=__import__("hashlib").sha256((folder / file.path).read_bytes()).hexdigest())
        for file in record.files
    ]
    from models.store.record import write_record

    write_record(folder, replace(record, files=tuple(forged)))
    with pytest.raises(StorageError, match="another SHA-256"):
        take(kit, models, (honest,))
    write_record(folder, replace(record, files=tuple(forged), revision="f" * 40))
    assert take(kit, models, (honest,)).name == "tiny-phi-ffffffff"


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 9}', '{"version": 1, "files": [{"path": "../x"}]}'])
def test_a_kits_record_that_makes_no_sense_is_not_believed(kit: Path, models: Path, text: str) -> None:
    (kit / "tiny-phi" / "strongroom-model.json").write_text(text)
    record = read_record(take(kit, models))
    assert record is not None
    assert record.proof == "import"


def test_a_kit_is_usable_where_it_lies(kit: Path) -> None:
    model = check_folder(kit)
    assert (model.usable, model.state) == (True, "unknown")


def test_a_changed_file_takes_the_model_out_of_use_until_it_is_verified(tiny: Path, models: Path) -> None:
    folder = take(tiny, models)
    os.utime(folder / "model.onnx", (1, 1))
    (model,) = installed_models(models)
    assert not model.usable
    assert "have changed since they were verified" in model.problem
    assert list(verify(model, threading.Event()))[-1] == Verified(())
    assert installed_models(models)[0].usable
    (folder / "model.onnx").write_bytes(b"damaged")
    assert list(verify(installed_models(models)[0], threading.Event()))[-1] == Verified(("model.onnx",))
    assert not installed_models(models)[0].usable


def test_a_folder_put_there_by_hand_has_nothing_to_be_verified_against(models: Path) -> None:
    shutil.copytree(TINY, models / "by-hand")
    with pytest.raises(StorageError, match="put here by hand"):
        list(verify(installed_models(models)[0], threading.Event()))


def test_only_the_bad_file_of_an_installed_model_is_fetched_again(models: Path) -> None:
    with hub() as server:
        model = entry(server.url, server.files)
        list(Fetcher(model, models, source_of(model)).fetch(threading.Event()))
        (models / "tiny-phi" / "tokenizer.json").write_bytes(b"damaged")
        server.requests.clear()
        last = list(Fetcher(model, models, source_of(model)).fetch(threading.Event()))[-1]
        assert [path.rsplit("/", 1)[1] for path, _ in server.requests] == ["tokenizer.json"]
    assert isinstance(last, Installed)
    assert check_folder(last.folder).usable


def test_a_removed_model_frees_its_disk(tiny: Path, models: Path) -> None:
    take(tiny, models)
    (model,) = installed_models(models)
    assert remove(model, models) == model.size_bytes
    assert nothing_installed(models)


def test_a_model_that_is_not_ours_is_not_removed(tiny: Path, models: Path) -> None:
    with pytest.raises(StorageError, match="where it lies"):
        remove(check_folder(tiny), models)
    assert check_folder(tiny).usable


def test_models_are_moved_verified_and_then_gone_from_where_they_were(tiny: Path, models: Path, tmp_path: Path) -> None:
    with hub() as server:
        listed = entry(server.url, server.files)
        list(Fetcher(listed, models, source_of(listed)).fetch(threading.Event()))
    take(tiny, models)
    other = tmp_path / "other disk"
    switched: list[int] = []

    def switch() -> None:
        switched.append(len(installed_models(models)) + len(installed_models(other)))

    assert isinstance(list(move_all(installed_models(models), models, other, switch, threading.Event()))[-1], Installed)
    assert switched == [4]
    assert nothing_installed(models)
    moved = {model.folder.name: model for model in installed_models(other)}
    assert all(model.usable for model in moved.values())
    assert moved["tiny-phi"].record is not None
    assert moved["tiny-phi"].record.proof == "source"


def test_a_move_that_fails_leaves_everything_where_it_was(tiny: Path, models: Path, tmp_path: Path) -> None:
    folder = take(tiny, models)
    (folder / "README.md").write_text("damaged")
    with pytest.raises(StrongroomError):
        list(move_all(installed_models(models), models, tmp_path / "other", lambda: None, threading.Event()))
    assert installed_models(models)
    assert nothing_installed(tmp_path / "other")


def test_a_cancelled_move_leaves_everything_where_it_was(tiny: Path, models: Path, tmp_path: Path) -> None:
    take(tiny, models)
    cancel = threading.Event()
    for _ in move_all(installed_models(models), models, tmp_path / "other", lambda: None, cancel):
        cancel.set()
    assert installed_models(models)[0].usable
    assert nothing_installed(tmp_path / "other")


def test_models_are_not_moved_to_where_they_are(tiny: Path, models: Path) -> None:
    take(tiny, models)
    with pytest.raises(StorageError, match="there already"):
        list(move_all(installed_models(models), models, models, lambda: None, threading.Event()))
    assert installed_models(models)[0].usable
