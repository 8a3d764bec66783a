"""Passes a JSON answer on while it is written, such that what was passed on can always be closed to valid JSON.

An answer may be cut at its budget, or break into an endless repetition. Then the complete items of an extraction, or
the labels without their reason, are still worth having; half an item is not.
"""

import json
from collections.abc import Mapping

from models.engines.field_confidence import FieldConfidence
from models.skills.answer import LabelAnswer
from models.skills.skill import Task


class StructuredOutput:
    """One answer of a classify, route or extract task, in the form of ``models.skills.schema``."""

    def __init__(self, task: Task) -> None:
        self._items = task.skill == "extract"
        self._text = ""
        self._seen = 0
        self._passed = 0
        self._safe = 0
        self._closing = ""
        self._open: list[str] = []
        self._quoted = self._escaped = False
        self._values = FieldConfidence([field.name for field in task.fields])

    def feed(self, text: str, probability: float | None = None) -> str:
        """Take a piece in, with the model's probability for it; the piece that may be shown now, often empty."""
        was_whole = self.whole
        self._text += text
        self._values.probability(probability)
        for offset in range(self._seen, len(self._text)):
            self._step(self._text[offset], offset + 1)
        self._seen = len(self._text)
        piece = self._pass(self._safe)
        return piece + self._values.closing() if self._items and self.whole and not was_whole else piece

    @property
    def whole(self) -> bool:
        """Whether the JSON that was taken in is closed."""
        return self._safe > 0 and not self._open

    def finish(self) -> str:
        """What closes the answer; empty where it is whole."""
        if self.whole:
            return ""
        if self._passed:
            return self._closing[:-1] + self._values.closing() if self._items else self._closing
        return '{"items":[]}' if self._items else '{"labels":[],"reason":""}'

    def _pass(self, end: int) -> str:
        piece = self._text[self._passed : end]
        self._passed = max(self._passed, end)
        return piece

    def _step(self, character: str, end: int) -> None:
        if self._items and self._open == ["{", "[", "{"]:
            self._values.step(character, quoted=self._quoted, escaped=self._escaped)
        if self._quoted:
            if self._escaped:
                self._escaped = False
            elif character == "\\":
                self._escaped = True
            elif character == '"':
                self._quoted = False
        elif character == '"':
            self._quoted = True
        elif character in "{[":
            self._open.append(character)
            if self._items and self._open == ["{", "["]:
                self._mark(end, "]}")
        elif character in "}]" and self._open:
            self._open.pop()
            if not self._open:
                self._mark(end - 1 if self._items else end, "")  # the confidences come before the last brace
            elif self._items and self._open == ["{", "["]:
                self._mark(end, "]}")
            elif not self._items and character == "]" and self._open == ["{"]:
                self._mark(end, ',"reason":""}')

    def _mark(self, end: int, closing: str) -> None:
        self._safe, self._closing = end, closing


def labels_json(answer: LabelAnswer) -> str:
    """A merged classify or route answer in the engines' form."""
    sure = {} if answer.confidence is None else {"confidence": round(answer.confidence, 3)}
    return json.dumps({"labels": list(answer.labels), **sure, "reason": answer.reason}, ensure_ascii=False)


def item_json(values: Mapping[str, str]) -> str:
    """One item of a merged extract answer."""
    return json.dumps(dict(values), ensure_ascii=False)
