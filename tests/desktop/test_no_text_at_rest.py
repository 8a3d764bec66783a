"""A planted string appears in no file of the program: not after a run, a failure, a cancel or a crash."""

import base64
import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fakes import FakeEngine, Script

from desktop.engines import EngineHolder
from desktop.events import Chunk, RunRequest
from desktop.logs import install_crash_hooks, set_up_logging, tear_down_logging
from desktop.paths import default_paths
from desktop.services import Services, build_services
from models.engines.base import FinishReason
from models.errors import EngineError, StrongroomError

ROOT = Path(__file__).resolve().parent.parent.parent
TINY_MODEL = ROOT / "resources" / "tiny-phi"
CANARY = "Quillfeather-Zandt"
TEXT = f"Dear {CANARY}, the dishwasher arrived broken and I want my money back."


def traces(folder: Path) -> list[str]:
    """Files (by name or content) that hold the canary, or the whole text, in any form it could be kept in."""
    forms: dict[str, bytes] = {}
    for kind, text in (("canary", CANARY), ("text", TEXT)):
        plain = text.encode()
        forms |= {
            kind: plain.lower(),
            f"{kind} utf-16": text.lower().encode("utf-16-le"),
            f"{kind} hex": plain.hex().encode(),
            f"{kind} sha256": hashlib.sha256(plain).hexdigest().encode(),
            f"{kind} sha1": hashlib.sha1(plain).hexdigest().encode(),
            f"{kind} md5": hashlib.md5(plain).hexdigest().encode(),
            f"{kind} raw sha256": hashlib.sha256(plain).digest().lower(),
        }
        # Base64 depends on the offset in three; the middle of each alignment is what stays the same.
        for shift in range(3):
            forms[f"{kind} base64 {shift}"] = base64.b64encode(b"\0" * shift + plain)[4:-4].lower()
    found = []
    for path in folder.rglob("*"):
        content = path.name.encode().lower() + (path.read_bytes().lower() if path.is_file() else b"")
        found += [f"{path.relative_to(folder)}: {form}" for form, needle in forms.items() if needle in content]
    return found


@pytest.mark.parametrize("form", [CANARY.encode(), CANARY.encode("utf-16-le"), base64.b64encode(b"ab" + TEXT.encode())])
def test_the_search_itself_finds_what_is_there(tmp_path: Path, form: bytes) -> None:
    (tmp_path / "file").write_bytes(b"before " + form + b" after")
    assert traces(tmp_path)


@pytest.fixture
def services(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    for module, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    paths = default_paths()
    set_up_logging(paths)
    install_crash_hooks(paths)
    return build_services(paths)


@pytest.mark.expects_warnings
def test_no_file_of_the_program_holds_a_word_of_the_text(
    services: Services, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = f'{{"labels": ["negative"], "reason": "{CANARY}"}}'
    engine = FakeEngine(
        [
            Script((label,)),
            Script((CANARY,), error=EngineError("It broke off", "Run it again.")),
            Script((CANARY,), error=ValueError(TEXT)),
            Script((label[:20], label[20:]), FinishReason.CUT),
            Script((label,)),
        ]
    )
    monkeypatch.setattr(EngineHolder, "local", lambda _self, _name: engine)
    request = RunRequest(services.packs.get("T01"), TEXT, note=CANARY)

    def run() -> None:
        list(services.assistant.run(request, threading.Event()))

    run()
    with pytest.raises(EngineError):
        run()
    try:
        run()
    except ValueError as bug:
        sys.excepthook(type(bug), bug, bug.__traceback__)
    run()
    left = services.assistant.run(request, threading.Event())
    while not isinstance(next(left), Chunk):
        pass
    left.close()
    services.settings.update(theme="dark")
    services.ledger.export_csv(own_home / "runs.csv")
    services.close()
    tear_down_logging()

    assert [row.outcome for row in services.ledger.recent()] == ["cancelled", "cut", "failed", "failed", "done"]
    assert list((own_home / "log" / "crashes").iterdir())
    assert traces(own_home) == []


def test_an_entry_of_the_own_lists_stands_in_their_file_only(services: Services, own_home: Path) -> None:
    services.own_rules.flag(CANARY)
    request = RunRequest(services.packs.get("T10"), f"Answer {CANARY}.", engine="cloud")
    with pytest.raises(StrongroomError):
        list(services.assistant.run(request, threading.Event()))
    services.ledger.export_csv(own_home / "runs.csv")
    services.close()
    tear_down_logging()
    assert services.ledger.recent()[0].findings["DENY_LISTED"] == 1
    assert {trace.split(": ")[0] for trace in traces(own_home)} == {"config/lists.json"}


CRASH = f"""
import sys
import desktop.assistant
def parse_answer(*_):
    raise ZeroDivisionError({TEXT!r})
desktop.assistant.parse_answer = parse_answer
from desktop.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize(
    ("program", "arguments", "status"),
    [
        (["-m", "desktop"], ["--engine", "starter"], 0),
        (["-m", "desktop"], ["--engine", "phi", "--model", str(TINY_MODEL)], 0),
        (["-m", "desktop"], ["--engine", "cloud", "--consent"], 2),
        (["-c", CRASH], ["--engine", "starter"], 2),
    ],
    ids=["starter", "phi", "refused", "crash"],
)
def test_the_program_itself_leaves_no_trace_of_a_document(
    own_home: Path, tmp_path: Path, program: list[str], arguments: list[str], status: int
) -> None:
    document = tmp_path / f"{CANARY}.txt"
    document.write_text(TEXT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *program, "run", "T13", str(document), "--note", CANARY, *arguments],
        cwd=ROOT,
        env={**os.environ, "HOME": str(own_home), "TMPDIR": str(own_home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    assert CANARY not in done.stderr
    assert (own_home / "data" / "ledger.sqlite3").exists()
    assert traces(own_home) == []
