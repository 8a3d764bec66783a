"""Notes how sure the model was of each value of an extraction, while the answer is written."""

import json
from collections.abc import Sequence


class FieldConfidence:
    """Sees the characters of each item. A value is as sure as the least sure of the pieces that it was written in."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._fields = fields
        self._rows: list[dict[str, float]] = []
        self._known = False
        self._piece = 1.0
        self._least = 1.0
        self._key = ""
        self._text = ""
        self._is_value = False
        self._row: dict[str, float] = {}

    def probability(self, probability: float | None) -> None:
        """What the model gave to the piece whose characters come next; None where it is not known."""
        self._known |= probability is not None
        self._piece = 1.0 if probability is None else probability

    def step(self, character: str, *, quoted: bool, escaped: bool) -> None:
        """One character inside the braces of an item, the closing one included."""
        if quoted:
            self._least = min(self._least, self._piece)
            if character != '"' or escaped:
                self._text += character
            elif self._is_value:
                self._row[self._key] = self._least
            else:
                self._key = self._text
        elif character == '"':
            self._text, self._least = "", self._piece
        elif character == ":":
            self._is_value = True
        elif character == ",":
            self._is_value = False
        elif character == "}":
            self._rows.append(self._row)
            self._row, self._is_value = {}, False

    def closing(self) -> str:
        """How the answer ends behind its list of items: with the confidences, where they are known."""
        if not self._known or not self._rows:
            return "}"
        rows = [[round(row[name], 3) if name in row else None for name in self._fields] for row in self._rows]
        return f',"confidence":{json.dumps(rows)}}}'
