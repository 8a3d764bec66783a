"""``strongroom ask``: a question over documents and folders; passages with their place, and Phi-4 Mini's answer."""

import argparse
import json
from pathlib import Path
from typing import Any

from desktop.asking import Found, Unread, Written, ask, files_of, read_in
from desktop.cli import console
from desktop.cli.console import stop_on_interrupt
from desktop.paths import Paths
from desktop.services import build_services
from models.ask.index import AskIndex
from models.engines.base import Progress
from models.engines.starter.embedding import Embedder

NOTHING = 1
"""Exit status where no passage says anything to the question."""


def add_parser(commands: Any) -> None:
    """The grammar of ``strongroom ask``."""
    command = commands.add_parser("ask", help="a question over documents; exit 0 found, 1 nothing found, 2 error")
    command.add_argument("question", metavar="QUESTION")
    command.add_argument("files", nargs="+", metavar="FILE", help="documents and folders; nothing of them is kept")
    command.add_argument("--json", action="store_true", help="print one JSON object")


def run(paths: Paths, arguments: argparse.Namespace) -> int:
    """Read in, find, answer. Raises StrongroomError."""
    files = [file for name in arguments.files for file in files_of(Path(name))]
    services = build_services(paths)
    embedder = Embedder(paths.resources / "onnx")
    index = AskIndex(embedder)
    progress = console.ProgressLine()
    found, written = Found(()), None
    try:
        with stop_on_interrupt() as cancel:
            for step in read_in(index, files, cancel):
                if isinstance(step, Unread):
                    progress.clear()
                    console.say(f"Not read: {step.name}: {step.reason}")
                else:
                    progress.show(step.stage, step.message, step.done, step.total)
            if cancel.is_set():
                return console.STOPPED
            for event in ask(index, arguments.question, services.assistant, services.engines.phi_ready, cancel):
                if isinstance(event, Found):
                    found = event
                elif isinstance(event, Written):
                    written = event
                elif isinstance(event, Progress):
                    progress.show(event.stage, event.message, event.done, event.total)
    finally:
        progress.clear()
        embedder.close()
        services.close()
    print(json.dumps(_as_object(found, written), ensure_ascii=False) if arguments.json else _lines(found, written))
    return console.OK if found.hits else NOTHING


def _as_object(found: Found, written: Written | None) -> dict[str, Any]:
    return {
        "answer": written.text if written is not None else None,
        "cited": list(written.cited) if written is not None else [],
        "doubtful": written.doubtful if written is not None else None,
        "passages": [
            {
                "document": hit.document,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "page": hit.passage.page,
                "score": round(hit.score, 3),
                "text": hit.text,
            }
            for hit in found.hits
        ],
    }


def _lines(found: Found, written: Written | None) -> str:
    if not found.hits:
        return "No passage says anything to that."
    lines = [written.text, ""] if written is not None else []
    if written is not None and written.doubtful:
        lines += ["Some of this stands on no passage below: check it.", ""]
    for number, hit in enumerate(found.hits, start=1):
        lines.append(f"[{number}] {hit.document}, {hit.passage.place}: {' '.join(hit.text.split())}")
    return console.printable("\n".join(lines))
