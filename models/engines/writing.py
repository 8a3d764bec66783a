"""Writes an answer token by token, freely or kept to a JSON Schema, behind a prompt that a generator has computed."""

import json
from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.engines.base import FinishReason
from models.engines.confidence import Calibration, judge
from models.engines.constraint import Constraint
from models.engines.label_choice import Fork, LabelScores, score
from models.engines.prefix_cache import TextGenerator
from models.engines.repetition import is_looping
from models.engines.stop_strings import StopStrings
from models.engines.worker_protocol import Reply, Scored, Token

LOOP_CHECK_EVERY = 8
"""Tokens between two looks for an endless repetition."""


@dataclass(slots=True)
class Writing:
    """One answer that is being written. ``cancelled`` is asked between two runs of the model."""

    number: int
    generator: TextGenerator
    decode: Callable[[int], str]
    """Text that becomes readable with a token."""
    room: int
    """Tokens that it may have."""
    cancelled: Callable[[], bool]
    tokens: list[int] = field(default_factory=list)
    runs: int = 0
    """How often the model was run."""

    def add(self, tokens: Sequence[int], probability: float | None, *, text: str | None = None) -> Token:
        """Note tokens that are part of the answer."""
        self.tokens += tokens
        readable = "".join(self.decode(token) for token in tokens)
        return Token(self.number, readable if text is None else text, len(self.tokens), probability)

    def beginning(self, tokens: Sequence[int]) -> Token:
        """The text of tokens that were computed with the prompt."""
        return Token(self.number, "".join(self.decode(token) for token in tokens), 0, 1.0)

    def append(self, tokens: Sequence[int]) -> None:
        """Run the model on tokens of the answer."""
        self.generator.append_tokens(tokens)
        self.runs += 1

    def is_looping(self, before: int) -> bool:
        """Whether the answer repeats itself without end; looked at now and then."""
        passed = len(self.tokens) // LOOP_CHECK_EVERY > before // LOOP_CHECK_EVERY
        return passed and is_looping(self.tokens)


Steps = Generator[Reply, None, FinishReason]


def write_freely(writing: Writing, ends: Collection[int], stops: StopStrings | None) -> Steps:
    """Write until the model ends its turn, or begins one that is not its own."""
    while len(writing.tokens) < writing.room and not writing.generator.is_done():
        if writing.cancelled():
            return FinishReason.CANCELLED
        writing.generator.generate_next_token()
        writing.runs += 1
        token = int(writing.generator.get_next_tokens()[0])
        if token in ends:
            yield from _rest(writing, stops)
            return FinishReason.STOP
        reply = writing.add([token], None)
        if stops is not None:
            reply = Token(reply.id, stops.feed(reply.text), reply.count)
        yield reply
        if stops is not None and stops.hit:
            return FinishReason.STOP
        if writing.is_looping(len(writing.tokens) - 1):
            return FinishReason.REPEATING
    yield from _rest(writing, stops)
    return FinishReason.CUT


def _rest(writing: Writing, stops: StopStrings | None) -> Generator[Reply, None, None]:
    rest = stops.rest() if stops is not None else ""
    if rest:
        yield Token(writing.number, rest, len(writing.tokens))


def write_constrained(writing: Writing, constraint: Constraint, end_ids: Collection[int]) -> Steps:
    """Write what the constraint allows, likeliest first; what it leaves no choice about comes with the token before.

    The constraint stands where the generator does.
    """
    while not constraint.done:
        if len(writing.tokens) >= writing.room:
            return FinishReason.CUT
        if writing.cancelled():
            return FinishReason.CANCELLED
        before = len(writing.tokens)
        token, probability = constraint.best(_row(writing.generator.get_logits()))
        if token in end_ids:
            return FinishReason.STOP
        constraint.take([token])
        follow = [] if constraint.done else constraint.forced()[: writing.room - before - 1]
        if follow:
            constraint.take(follow)
        yield writing.add([token, *follow], probability)
        if constraint.done:
            return FinishReason.STOP
        if writing.is_looping(before):
            return FinishReason.REPEATING
        if len(writing.tokens) < writing.room:
            writing.append([token, *follow])
    return FinishReason.STOP


def choose_label(
    writing: Writing, fork: Fork, labels: Sequence[str], calibration: Calibration | None, head: int
) -> Generator[Reply, None, int | None]:
    """Ask for the probability of each label and write the beginning of the answer; the label's index, None for none.

    ``head`` is how many tokens the generator holds: those of the prompt and of how every answer begins. The text of the
    label is given before the model reads on behind it.
    """
    scores = yield from score_labels(writing, fork, head)
    verdict = judge(scores, calibration)
    if verdict.label is None:
        yield Token(writing.number, json.dumps({"labels": [], "reason": ""}), 1)
        return None
    path = fork.paths[verdict.label]
    name = json.dumps(labels[verdict.label], ensure_ascii=False)[1:-1]
    text = f'{{"confidence":{verdict.confidence:.3f},"labels":["{name}{fork.end}'
    yield writing.add(path, None, text=text)
    if writing.cancelled():
        return verdict.label
    if writing.generator.token_count() > head:
        writing.generator.rewind_to(head)
    writing.append(path)
    return verdict.label


def score_labels(writing: Writing, fork: Fork, head: int) -> Generator[Reply, None, LabelScores]:
    """Ask for the probability of each label; where the generator then stands is anyone's guess."""
    generator = writing.generator

    def logits_behind(path: Sequence[int]) -> Any:
        if path:
            if generator.token_count() > head:
                generator.rewind_to(head)
            writing.append(path)
        return _row(generator.get_logits())

    scores = score(fork.paths, logits_behind)
    yield Scored(writing.number, scores)
    return scores


def _row(logits: Any) -> Any:
    """The logits of the last token, one a token of the vocabulary."""
    return logits.reshape(-1, logits.shape[-1])[-1]
