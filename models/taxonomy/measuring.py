"""How well labels can be learnt from some texts and told on others: what ``strongroom taxonomy eval`` prints."""

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.engines.starter.embedding import Embedder
from models.engines.starter.few_shot import Learnt, learn_texts
from models.taxonomy.labelled import LabelledText

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, steps done, steps in all)."""

FALSE_REFUSALS = 0.10
"""Share of texts that belong to a label, and may be refused all the same, at which ``refused_at_10`` is read off."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured. Shares are from 0 to 1; None where the test has no such rows.

    ``accuracy`` and ``macro_f1`` count the likeliest label of every row that has one, refused or not; ``answered``
    accuracy counts only those that were not refused. ``refused`` and ``falsely_refused`` are at the threshold that
    learning chose; ``refused_at_10`` is the share of out-of-scope rows refused where the threshold is put so that
    exactly one in ten rows in scope is refused.
    """

    labels: int
    train_rows: int
    test_rows: int
    accuracy: float
    macro_f1: float
    answered_accuracy: float | None
    refused: float | None
    falsely_refused: float
    refused_at_10: float | None
    train_seconds: float
    median_ms: float
    p95_ms: float
    unknown_labels: tuple[str, ...] = ()
    """Labels of the test that were not taught; their rows cannot be told right and count as wrong."""


def measure(
    embedder: Embedder,
    train: Sequence[LabelledText],
    test: Sequence[LabelledText],
    on_progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> Figures:
    """Learn from ``train``, judge ``test`` text by text as the program would, and count.

    Raises:
        Cancelled: ``cancel`` was set.
        EngineUnavailable: the built-in model is missing or damaged.
    """
    import numpy as np

    tell = on_progress or (lambda _what, _done, _total: None)
    embedder.load()
    started = time.perf_counter()
    learnt = learn_texts(
        embedder,
        [text.text for text in train if text.labels],
        [text.labels for text in train if text.labels],
        outside=[text.text for text in train if not text.labels],
        on_progress=lambda done, total: tell("Learning", done, total),
        cancel=cancel,
    )
    seconds = time.perf_counter() - started
    best = np.zeros(len(test), np.int64)
    sureness = np.zeros(len(test))
    times = []
    for index, text in enumerate(test):
        begun = time.perf_counter()
        features = embedder.features([text.text], cancel=cancel)
        judged = learnt.judge(features)[0]
        times.append((time.perf_counter() - begun) * 1000)
        best[index], sureness[index] = judged.order[0], judged.sureness
        if index % 50 == 0:
            tell("Testing", index, len(test))
    return _count(learnt, len(train), test, best, sureness, seconds, times)


def _count(
    learnt: Learnt,
    train_rows: int,
    test: Sequence[LabelledText],
    best: "NDArray[np.int64]",
    sureness: "NDArray[np.float64]",
    seconds: float,
    times: Sequence[float],
) -> Figures:
    import numpy as np

    names = learnt.labels
    inside = np.array([bool(text.labels) for text in test])
    right = np.array([names[guess] in text.labels for guess, text in zip(best, test, strict=True)])
    refused = sureness < learnt.threshold
    answered = inside & ~refused
    at_10 = None
    if inside.any() and not inside.all():
        at_10 = float((sureness[~inside] < np.quantile(sureness[inside], FALSE_REFUSALS)).mean())
    known = set(names)
    return Figures(
        labels=len(names),
        train_rows=train_rows,
        test_rows=len(test),
        accuracy=float(right[inside].mean()) if inside.any() else 0.0,
        macro_f1=_macro_f1(
            [text.labels for text in test if text.labels], [names[int(guess)] for guess in best[inside]]
        ),
        answered_accuracy=float(right[answered].mean()) if answered.any() else None,
        refused=float(refused[~inside].mean()) if not inside.all() else None,
        falsely_refused=float(refused[inside].mean()) if inside.any() else 0.0,
        refused_at_10=at_10,
        train_seconds=seconds,
        median_ms=statistics.median(times),
        p95_ms=float(np.quantile(times, 0.95)),
        unknown_labels=tuple(dict.fromkeys(name for text in test for name in text.labels if name not in known)),
    )


def _macro_f1(wanted: Sequence[tuple[str, ...]], given: Sequence[str]) -> float:
    """Mean F1 over the labels that the test has; of a text with several labels, any one is right."""
    labels = sorted({label for labels in wanted for label in labels})
    if not labels:
        return 0.0
    right = dict.fromkeys(labels, 0)
    missed = dict.fromkeys(labels, 0)
    wrong = dict.fromkeys(labels, 0)
    for expected, guess in zip(wanted, given, strict=True):
        if guess in expected:
            right[guess] += 1
        else:
            for label in expected:
                missed[label] += 1
            if guess in wrong:
                wrong[guess] += 1
    return statistics.mean(
        2 * right[label] / max(1, 2 * right[label] + missed[label] + wrong[label]) for label in labels
    )
