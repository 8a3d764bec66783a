"""Examples out of a table: which column is the text and which the label, what stands there twice, what contradicts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.documents.table_file import Problem, Row, Table
from models.errors import InputError
from models.skills.text import fold

NONE = "__none__"
"""The label of a text that belongs to none of the labels."""
TEXT_NAMES = ("text", "utterance", "sentence", "message", "query", "review", "body", "content", "document")
LABEL_NAMES = ("label", "labels", "category", "intent", "topic", "class", "queue", "sentiment", "target")
SEVERAL = "|"
"""Parts the labels of one text, where a taxonomy allows several."""
LABEL_LENGTH = 60
"""Characters of a label's name, as in a pack."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with its labels (none: it belongs to none of them) and the row that it came from."""

    text: str
    labels: tuple[str, ...]
    row: int


@dataclass(frozen=True, slots=True)
class Clash:
    """The same text under different labels, in the rows named."""

    rows: tuple[int, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a table gave: usable texts (without repetitions), and everything that a person should look at."""

    file: str
    texts: tuple[LabelledText, ...]
    problems: tuple[Problem, ...] = ()
    repeated: tuple[int, ...] = ()
    """Rows that say again what an earlier row says; left out."""
    clashes: tuple[Clash, ...] = ()
    """Texts under different labels; all of their rows are left out, since none can be known to be right."""
    notice: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """Texts per label, the most frequent first; ``NONE`` for those that belong to none."""
        counter = Counter(label for text in self.texts for label in text.labels or (NONE,))
        return dict(counter.most_common())

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order in which they first stand in the table."""
        return tuple(dict.fromkeys(label for text in self.texts for label in text.labels))


def pick_columns(table: Table, text: str = "", label: str = "") -> tuple[str, str]:
    """The columns of the text and of the label: those named, else those whose heading says so.

    Raises:
        InputError: there is no such column; the message names the columns that there are.
    """
    return _column(table, text, TEXT_NAMES, "text"), _column(table, label, LABEL_NAMES, "label")


def _column(table: Table, wanted: str, names: Sequence[str], purpose: str) -> str:
    folded = {fold(column): column for column in table.columns}
    for name in (fold(wanted),) if wanted else names:
        if name in folded:
            return folded[name]
    asked = f"no column is called “{wanted[:60]}”" if wanted else f"no column is called {purpose}"
    raise InputError(
        f"There is no column for the {purpose}",
        f"{table.file}, row 1: {asked}; the columns are {', '.join(column[:40] for column in table.columns[:20])}. "
        f"Nothing was taken from it. Name the column that holds the {purpose}, or rename it in the file.",
    )


def labelled_texts(
    table: Table, text_column: str, label_column: str, *, multiple: bool = False, distinct: bool = True
) -> Labelled:
    """The examples of a table. ``multiple`` takes "a|b" for two labels; else it is the name of one.

    With ``distinct``, a text that stands there again is left out, and one under different labels altogether.
    """
    problems = list(table.problems)
    texts: list[LabelledText] = []
    for row in table.rows:
        found = _one(row, text_column, label_column, multiple=multiple)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            texts.append(found)
    kept, repeated, clashes = _apart(texts) if distinct else (tuple(texts), (), ())
    problems.sort(key=lambda problem: problem.row)
    return Labelled(table.file, kept, tuple(problems), repeated, clashes, table.notice)


def _one(row: Row, text_column: str, label_column: str, *, multiple: bool) -> LabelledText | Problem:
    text = row.cells.get(text_column, "").strip()
    label = " ".join(row.cells.get(label_column, "").split())
    if not text:
        return Problem(row.number, text_column, "there is no text")
    if not label:
        return Problem(row.number, label_column, f"there is no label; write {NONE} if the text belongs to none")
    if label == NONE:
        return LabelledText(text, (), row.number)
    labels = (
        tuple(dict.fromkeys(part.strip() for part in label.split(SEVERAL) if part.strip())) if multiple else (label,)
    )
    too_long = next((name for name in labels if len(name) > LABEL_LENGTH), "")
    if too_long or not labels:
        return Problem(row.number, label_column, f"a label has from 1 to {LABEL_LENGTH} characters; this has more")
    return LabelledText(text, labels, row.number)


def _apart(texts: Sequence[LabelledText]) -> tuple[tuple[LabelledText, ...], tuple[int, ...], tuple[Clash, ...]]:
    """Texts that stand there once or agree; rows that repeat; texts that contradict themselves."""
    same: dict[str, list[LabelledText]] = {}
    for text in texts:
        same.setdefault(fold(text.text), []).append(text)
    kept: list[LabelledText] = []
    repeated: list[int] = []
    clashes: list[Clash] = []
    for group in same.values():
        if len({frozenset(text.labels) for text in group}) == 1:
            kept.append(group[0])
            repeated += [text.row for text in group[1:]]
        else:
            names = dict.fromkeys(label for text in group for label in text.labels or (NONE,))
            clashes.append(Clash(tuple(text.row for text in group), tuple(names)))
    return tuple(kept), tuple(sorted(repeated)), tuple(clashes)


def check_teachable(labelled: Labelled, at_least: int = 1) -> None:
    """See that there is something to learn from.

    Raises:
        InputError: fewer than two labels, or a label with fewer than ``at_least`` texts.
    """
    counts = {name: number for name, number in labelled.counts.items() if name != NONE}
    if len(counts) < 2:
        only = f" (“{next(iter(counts))}”)" if counts else ""
        raise InputError(
            "There is nothing to choose between",
            f"{labelled.file}: {'only one label' if counts else 'no label'} has a usable text{only}, and at least two "
            "labels are needed. Nothing was learnt. Add texts of another label"
            + (
                f"; the first problem is: {labelled.problems[0].sentence(labelled.file)}." if labelled.problems else "."
            ),
        )
    few = [name for name, number in counts.items() if number < at_least]
    if few:
        raise InputError(
            "A label has too few examples",
            f"{labelled.file}: the label “{few[0]}” has {counts[few[0]]}, and {at_least} are needed"
            + (f"; so do {len(few) - 1} more labels" if len(few) > 1 else "")
            + ". Nothing was taken from the file. Add examples, or leave the label out.",
        )
