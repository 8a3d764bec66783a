"""``strongroom ask``: folders, files that cannot be read, passages, and an answer of Phi-4 Mini from them."""

import json
import threading
from pathlib import Path

import pytest
from fakes import FakeEngine, Script

from desktop.__main__ import main
from desktop.asking import files_of
from desktop.engines import EngineHolder
from desktop.ledger import Ledger
from desktop.paths import default_paths
from models.errors import InputError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "below").mkdir()
    (tmp_path / "lease.txt").write_text("The rent is 1,240 euros a month. It is due on the third working day.")
    (tmp_path / "below" / "notes.md").write_text("Petra Holm will order the new boiler by Friday.")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    return tmp_path


def test_a_folder_is_read_with_those_below_it_and_what_fails_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "How high is the rent?", str(folder), "--json"]) == 0
    out = capsys.readouterr()
    found = json.loads(out.out)
    assert found["passages"][0]["document"] == "lease.txt"
    assert found["answer"] is None
    assert "Not read: bad.pdf: " in out.err


def test_passages_are_shown_with_their_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Who orders the boiler?", str(folder / "below")]) == 0
    assert capsys.readouterr().out.startswith("[1] notes.md, from character 1: Petra Holm")


def test_nothing_found_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "zxqv wqpl mnbt", str(folder / "below")]) == 1
    assert "No passage says anything" in capsys.readouterr().out


def test_nothing_of_the_documents_is_written_anywhere(folder: Path, own_home: Path) -> None:
    main(["ask", "Who orders the boiler?", str(folder / "below")])
    kept = b"".join(path.read_bytes() for path in own_home.rglob("*") if path.is_file())
    assert b"boiler" not in kept
    assert b"notes.md" not in kept


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is nothing to read"):
        files_of(tmp_path)


@pytest.fixture
def phi(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine()
    monkeypatch.setattr(EngineHolder, "local", lambda _self, _name: fake)
    monkeypatch.setattr(EngineHolder, "phi_folder", lambda _self: Path("there"))
    from models.router import Situation

    monkeypatch.setattr(EngineHolder, "situation", lambda _self, _skill, _choice: Situation(phi_installed=True))
    return fake


def test_phi_answers_from_the_passages_and_its_citations_are_checked(
    folder: Path, phi: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    phi.scripts.append(Script(("Petra Holm orders it [1], ", "and the mayor pays [7].")))
    assert main(["ask", "Who orders the boiler?", str(folder / "below"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["answer"] == "Petra Holm orders it [1], and the mayor pays [7]."
    assert found["cited"] == [1]
    assert found["doubtful"] is True
    (row,) = Ledger(default_paths().ledger_file).recent(-1)
    assert (row.task, row.engine, row.bytes_sent) == ("ask", "phi", 0)


def test_stop_ends_the_reading(folder: Path) -> None:
    from desktop.asking import read_in
    from models.ask.index import AskIndex
    from models.engines.starter.embedding import Embedder

    cancel = threading.Event()
    cancel.set()
    index = AskIndex(Embedder(default_paths().resources / "onnx"))
    list(read_in(index, files_of(folder), cancel))
    assert index.size == 0
