"""The form in which every engine writes an answer, as JSON Schema, derived from the task.

classify, route   {"labels": ["<label>", …], "reason": "<short quote or ground>", "confidence": 0.93}
                  one label unless ``task.multiple``; ``confidence`` is optional; no labels = the engine abstained
extract           {"items": [{"<field>": "<value>", …}, …]}
summarize, draft  plain text, no JSON
"""

from typing import Any

from models.skills.skill import Task


def output_schema(task: Task) -> dict[str, Any] | None:
    """JSON Schema that a language model's output is constrained to; None for plain text. Leaves out ``confidence``."""
    raise NotImplementedError
