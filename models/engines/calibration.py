"""Keeps what was measured of a model's labels: one small file, by model, prompt and labels; no text of anyone's."""

import contextlib
import hashlib
import json
import math
import os
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, Protocol

from models.engines.base import Progress
from models.engines.confidence import CONTENT_FREE, Calibration, fit
from models.engines.label_choice import LabelScores
from models.skills.prompts import system_text
from models.skills.skill import Task

VERSION = 1


class Scorer(Protocol):
    """What gives the probability of each label of a task for a text."""

    def score(self, task: Task, text: str, cancel: threading.Event) -> LabelScores | None:
        """The scores, None where the engine cannot tell them, or was stopped."""
        ...


class CalibrationStore:
    """The calibrations for one model. A file that cannot be read or written costs nothing but measuring again."""

    def __init__(self, file: Path, model: str) -> None:
        """``model`` identifies the model: what holds for one does not hold for another."""
        self._file = file
        self._model = model
        self._known: dict[str, Calibration] | None = None

    def get(self, task: Task) -> Calibration | None:
        """What is known of a task's labels under its present instructions."""
        return self._all().get(self._key(task))

    def put(self, task: Task, calibration: Calibration) -> None:
        """Keep it."""
        self._all()[self._key(task)] = calibration
        entries = {
            key: {"bias": list(value.bias), "temperature": value.temperature, "measured": value.measured}
            for key, value in self._all().items()
        }
        temporary = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps({"version": VERSION, "entries": entries}), encoding="utf-8")
            temporary.replace(self._file)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()

    def _all(self) -> dict[str, Calibration]:
        if self._known is None:
            try:
                self._known = _read(json.loads(self._file.read_text(encoding="utf-8")))
            except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
                self._known = {}
        return self._known

    def _key(self, task: Task) -> str:
        parts = (self._model, system_text(task), *task.label_names)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _read(untrusted: Any) -> dict[str, Calibration]:
    if untrusted["version"] != VERSION:
        raise ValueError("another version")
    known: dict[str, Calibration] = {}
    for key, entry in untrusted["entries"].items():
        bias = tuple(float(value) for value in entry["bias"])
        temperature = float(entry["temperature"])
        if all(map(math.isfinite, bias)) and 0.05 <= temperature <= 100:
            known[str(key)] = Calibration(bias, temperature, bool(entry["measured"]))
    return known


def measure(engine: Scorer, task: Task, cancel: threading.Event) -> Generator[Progress, None, Calibration | None]:
    """Fit a calibration on the golden cases of a classify or route task; None if it was stopped or cannot be done."""
    texts = [CONTENT_FREE, *(case.text for case in task.golden)]
    scores: list[LabelScores] = []
    for number, text in enumerate(texts):
        yield Progress("read", f"Measuring {task.name}", number, len(texts))
        found = engine.score(task, text, cancel)
        if found is None:
            return None
        scores.append(found)
    right = [task.label_names.index(case.labels[0]) for case in task.golden]
    return fit(scores[0].logs, [(found.logs, label) for found, label in zip(scores[1:], right, strict=True)])


def measure_all(
    engine: Scorer, tasks: Iterator[Task], store: CalibrationStore, cancel: threading.Event
) -> Iterator[Progress]:
    """Measure each of the tasks and keep what was found, until ``cancel``."""
    for task in tasks:
        found = yield from measure(engine, task, cancel)
        if found is not None:
            store.put(task, found)
