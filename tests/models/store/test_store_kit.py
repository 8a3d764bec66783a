"""Kits for machines without a network: written, checked by their own script, imported, and not believed blindly."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hub import entry, tiny_files
from import_support import nothing_installed, take

from models.errors import StorageError
from models.store.installed import check_folder
from models.store.record import read_record


def test_a_kit_is_checked_by_its_own_script_and_by_sha256sum(kit: Path) -> None:
    folder = kit / "tiny-phi"
    done = subprocess.run([sys.executable, "-I", "check.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "All files are as they should be" in done.stdout
    if sys.platform == "linux":
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
