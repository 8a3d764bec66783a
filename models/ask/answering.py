"""What Phi-4 Mini is asked about passages, and which of the passages its answer leans on."""

import re
from collections.abc import Sequence

from models.ask.index import Hit
from models.skills.skill import Task

ASK = Task(
    id="ask",
    skill="summarize",
    name="Ask",
    description="Answers a question from passages of your documents.",
    instructions=(
        "You answer a question from numbered passages. Use only what the passages say; add nothing that you know "
        "otherwise. After each statement put the number of the passage that it comes from in brackets, such as [2]. "
        "If the passages do not answer the question, say so in one sentence. Answer in at most five sentences."
    ),
    max_output_tokens=300,
    examples=(),
    golden=(),
)
_CITED = re.compile(r"\[(\d{1,2})\]")


def asked_text(question: str, hits: Sequence[Hit]) -> str:
    """The question with its passages, numbered from 1."""
    parts = [f"[{number}] {' '.join(hit.text.split())}" for number, hit in enumerate(hits, start=1)]
    return "Passages:\n\n" + "\n\n".join(parts) + f"\n\nQuestion: {' '.join(question.split())}"


def cited(answer: str, count: int) -> tuple[tuple[int, ...], bool]:
    """The passages (from 1) that an answer cites, in order, and whether it cites one that there is not, or none."""
    numbers = [int(number) for number in _CITED.findall(answer)]
    known = tuple(dict.fromkeys(number for number in numbers if 1 <= number <= count))
    return known, not numbers or len(set(numbers)) > len(known)
