"""Answers for a document that is too long for the model's window: part by part, then put together. Nothing is left out.

classify, route   the parts vote
extract           the items of all parts, each once
summarize, draft  each part is condensed, then the answer is written from that, on as many levels as needed
"""

from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from models.engines.base import Chunk, EngineEvent, FinishReason, Progress, Request, Usage
from models.engines.structured_output import item_json, labels_json
from models.engines.text_split import split_text
from models.engines.worker_protocol import Prompt
from models.errors import EngineError
from models.skills.answer import LabelAnswer, RecordsAnswer
from models.skills.parsing import parse_answer
from models.skills.prompts import EXAMPLE_BUDGET, build_messages
from models.skills.schema import MAX_LABELS, output_schema
from models.skills.skill import Task
from models.skills.text import fold

MAX_PARTS = 200
"""A document of more parts is refused: on a laptop it would take hours."""
MAX_LEVELS = 4
"""Times that notes are condensed again before they are given as they are."""
MIN_WINDOW = 128
"""Tokens that must be left for the text beside the instructions and the answer."""
_SPARE = 16
"""Tokens kept free, since a text counts a little differently in pieces."""
_OVERLAP = 24
"""One token in so many is read twice, so that a sentence at a seam is seen with what it refers to."""
_FEW_EXAMPLES = 3
"""With less than one part in so many of the model's length left for the text, the examples go."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What one prompt gave. Of a structured answer, ``text`` is valid JSON whatever the reason."""

    text: str
    reason: FinishReason
    usage: Usage


class Model(Protocol):
    """What answers prompts."""

    max_length: int
    """Tokens of prompt and output together."""

    def count(self, items: Sequence[str | Prompt]) -> Sequence[int]:
        """Tokens of each text or prompt."""
        ...

    def complete(
        self, task: Task, prompt: Prompt, schema: dict[str, Any] | None, text: str = ""
    ) -> Generator[EngineEvent, None, Completion]:
        """Yields progress (stage "read", of this prompt about ``text``) and chunks; returns the same as a whole."""
        ...


Parts = Generator[EngineEvent, None, Completion]


def answer_in_parts(model: Model, request: Request) -> Parts:
    """Answer a request whose document does not fit. Yields progress and chunks; returns reason and summed usage.

    Raises:
        EngineError: the document is too long even so, or the instructions leave no room for it.
        AnswerError: an unguided answer of a part cannot be read.
    """
    if request.task.skill in ("classify", "route"):
        return _vote(model, request)
    if request.task.skill == "extract":
        return _collect(model, request)
    return _condense(model, request)


def _vote(model: Model, request: Request) -> Parts:
    answers: list[LabelAnswer] = []
    reason, usage = FinishReason.STOP, Usage()
    prompts, parts = _prompts(model, request)
    for number, prompt in enumerate(prompts):
        completion = yield from _quietly(model, request.task, prompt, number, len(prompts), parts[number])
        usage += completion.usage
        reason = _worse(reason, completion.reason)
        if completion.reason is FinishReason.CANCELLED:
            break
        answer = parse_answer(request.task, completion.text, parts[number])
        assert isinstance(answer, LabelAnswer)
        answers.append(answer)
    yield _read(len(answers), len(prompts))
    if not answers:
        return Completion("", reason, usage)
    text = labels_json(winner(answers, multiple=request.task.multiple))
    yield Chunk(text)
    return Completion(text, reason, usage)


def winner(answers: Sequence[LabelAnswer], *, multiple: bool) -> LabelAnswer:
    """The label that most parts gave first (of two, the earlier one), with the reason of the first part that gave it.

    A part counts as much as it was sure, and the confidence is that of all parts together: parts that said otherwise,
    or nothing, take away from it. Where several labels are allowed, those follow that at least a third of the parts
    gave.
    """
    weights: dict[str, float] = {}  # keeps the order of insertion
    for answer in answers:
        if answer.labels:
            sure = 1.0 if answer.confidence is None else answer.confidence
            weights[answer.labels[0]] = weights.get(answer.labels[0], 0.0) + sure
    if not weights:
        return LabelAnswer((), None, next((answer.reason for answer in answers if answer.reason), ""))
    top = max(weights, key=lambda label: weights[label])
    unknown = all(answer.confidence is None for answer in answers)
    confidence = None if unknown else weights[top] / len(answers)
    labels = [top]
    if multiple:
        every = Counter(label for answer in answers for label in answer.labels)
        labels += [label for label, votes in every.most_common() if label != top and 3 * votes >= len(answers)]
    reason = next(answer.reason for answer in answers if answer.labels[:1] == (top,))
    return LabelAnswer(tuple(labels[:MAX_LABELS]), confidence, reason)


def _collect(model: Model, request: Request) -> Parts:
    written = '{"items": ['
    seen: set[tuple[str, ...]] = set()
    reason, usage = FinishReason.STOP, Usage()
    prompts, parts = _prompts(model, request)
    read = 0
    yield Chunk(written)
    for number, prompt in enumerate(prompts):
        completion = yield from _quietly(model, request.task, prompt, number, len(prompts), parts[number])
        usage += completion.usage
        reason = _worse(reason, completion.reason)
        if completion.text:
            answer = parse_answer(request.task, completion.text, parts[number])
            assert isinstance(answer, RecordsAnswer)
            for record in answer.records:
                key = tuple(fold(record.values[field.name]) for field in request.task.fields)
                if key in seen:
                    continue
                piece = (", " if seen else "") + item_json(record.values)
                seen.add(key)
                written += piece
                yield Chunk(piece)
        if completion.reason is FinishReason.CANCELLED:
            break
        read += 1
    yield _read(read, len(prompts))
    yield Chunk("]}")
    return Completion(written + "]}", reason, usage)


def _condense(model: Model, request: Request) -> Parts:
    reason, usage = FinishReason.STOP, Usage()
    condenser = _condenser(request.task)
    text = request.text
    for level in range(MAX_LEVELS + 1):
        final = replace(request, text=text)
        if level and _fits(model, final):
            prompt = build_messages(final.task, final.text, final.note)
            yield Progress("merge", "Putting the parts together")
            completion = yield from model.complete(final.task, prompt, None)
            usage += completion.usage
            reason = _worse(reason, completion.reason)
            if completion.text.strip():
                return Completion(completion.text, reason, usage)
            break
        if level == MAX_LEVELS:
            break
        prompts, parts = _prompts(model, replace(request, task=condenser, text=text, note=""))
        notes: list[str] = []
        for number, prompt in enumerate(prompts):
            completion = yield from _quietly(
                model, condenser, prompt, number, len(prompts), parts[number], again=level > 0
            )
            usage += completion.usage
            reason = _worse(reason, completion.reason)
            notes += [completion.text.strip()] if completion.text.strip() else []
            if completion.reason is FinishReason.CANCELLED:
                break
        if level == 0:
            yield _read(len(prompts) if reason is not FinishReason.CANCELLED else max(0, len(notes) - 1), len(prompts))
        text = "\n\n".join(notes)
        if reason is FinishReason.CANCELLED or not text:
            break
    # Stopped, or nothing came of the notes, or they do not get short enough: what there is, as it is.
    if text:
        yield Chunk(text)
    return Completion(text, reason, usage)


def _condenser(task: Task) -> Task:
    """The task that condenses a part. A summary's own task does; for a draft it notes the facts."""
    if task.skill == "summarize":
        return task
    return replace(
        task,
        skill="summarize",
        name="Notes on one part",
        instructions="You are given one part of a longer document. Note the facts in it that matter for this purpose: "
        f"{task.description} Keep names, figures, dates, requests and what was promised. Short bullets, no "
        "introduction.",
        examples=(),
        golden=(),
    )


def _quietly(
    model: Model, task: Task, prompt: Prompt, number: int, total: int, text: str, *, again: bool = False
) -> Generator[EngineEvent, None, Completion]:
    """Answer one part without showing its chunks, with the progress of all parts."""
    message = f"{'Condensing' if again else 'Reading'} part {number + 1} of {total}"
    yield Progress("merge" if again else "read", message, number, total)
    run = model.complete(task, prompt, output_schema(task), text)
    try:
        while True:
            event = next(run)
            if not isinstance(event, Chunk):
                yield Progress("merge" if again else "read", message, number, total)
    except StopIteration as stop:
        completion: Completion = stop.value
        return completion
    finally:
        run.close()


def _read(done: int, total: int) -> Progress:
    """How much of the document the answer knows."""
    return Progress("merge", f"Read {100 * done // total} % of the document, in {total} parts", done, total)


def _prompts(model: Model, request: Request) -> tuple[list[Prompt], list[str]]:
    """A prompt for each part of the document, and the parts."""
    task, text, note = request.task, request.text, request.note
    budget = EXAMPLE_BUDGET
    window = _window(model, request, budget)
    if window * _FEW_EXAMPLES < model.max_length:
        budget = 0
        window = _window(model, request, budget)
    if window < MIN_WINDOW:
        raise EngineError(
            "The task leaves no room for a document",
            "The instructions of this task and the longest answer it allows fill the model's window. Your document is "
            "unchanged and nothing was cut. Shorten the task's instructions or its answer.",
        )
    _refuse_if_too_long(model.count([text])[0] // window)
    spans = split_text(text, window, window // _OVERLAP, model.count)
    _refuse_if_too_long(len(spans))
    limit = model.max_length - task.max_output_tokens
    parts = [text[start:end] for start, end in spans]
    while True:
        parts = [part for part in parts if part.strip()]
        prompts: list[Prompt] = [build_messages(task, part, note, budget, today=request.today) for part in parts]
        fits = [tokens <= limit for tokens in model.count(prompts)]
        if all(fits):
            return prompts, parts
        # What stands in a prompt can count more than it does alone (marks that are made harmless): cut finer.
        halves = [
            (part,) if fit else (part[: len(part) // 2], part[len(part) // 2 :])
            for part, fit in zip(parts, fits, strict=True)
        ]
        parts = [half for pair in halves for half in pair]
        _refuse_if_too_long(len(parts))


def _window(model: Model, request: Request, budget: int) -> int:
    """Tokens of a part."""
    frame = model.count([build_messages(request.task, "", request.note, budget, today=request.today)])[0]
    return model.max_length - request.task.max_output_tokens - frame - _SPARE


def _fits(model: Model, request: Request) -> bool:
    prompt = build_messages(request.task, request.text, request.note)
    return model.count([prompt])[0] + request.task.max_output_tokens <= model.max_length


def _refuse_if_too_long(parts: int) -> None:
    if parts > MAX_PARTS:
        raise EngineError(
            "The document is too long",
            f"It would have to be read in more than {MAX_PARTS} parts, which takes hours on this computer. Nothing was "
            "cut, and your document is unchanged. Run the task on the pages that matter.",
        )


def _worse(one: FinishReason, other: FinishReason) -> FinishReason:
    order = (FinishReason.STOP, FinishReason.CUT, FinishReason.REPEATING, FinishReason.CANCELLED)
    return max(one, other, key=order.index)
