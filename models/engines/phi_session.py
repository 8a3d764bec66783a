"""One run of the Phi engine: what is asked of the worker, and how its replies become the answer."""

import json
import threading
from collections.abc import Generator, Sequence
from typing import Any

from models.engines.base import Chunk, EngineEvent, FinishReason, Progress, Request, Usage
from models.engines.calibration import CalibrationStore
from models.engines.confidence import CONTENT_FREE, Calibration
from models.engines.extract_grammar import extraction_grammar
from models.engines.label_choice import LabelScores
from models.engines.long_document import Completion, answer_in_parts
from models.engines.structured_output import StructuredOutput
from models.engines.worker_client import WorkerClient
from models.engines.worker_protocol import (
    Counted,
    CountTokens,
    Done,
    Failed,
    Generate,
    Prefilled,
    Prompt,
    Reply,
    Score,
    Scored,
    Started,
    Token,
)
from models.errors import EngineError
from models.skills.prompts import EXAMPLE_BUDGET, build_messages
from models.skills.schema import output_schema
from models.skills.skill import Task

_SURELY_TOO_LONG = 64
"""Characters a token that no text has throughout: a longer one is not worth counting in one piece."""


class Session:
    """One run, as the ``Model`` that ``long_document`` works with. ``max_length`` is in tokens of prompt and output."""

    def __init__(
        self,
        client: WorkerClient,
        cancel: threading.Event,
        max_length: int,
        calibrations: CalibrationStore | None = None,
    ) -> None:
        self._client = client
        self._cancel = cancel
        self._calibrations = calibrations
        self.max_length = max_length
        self.peak_bytes = 0
        """The most memory that the worker had, once it has answered."""

    def answer(self, request: Request) -> Generator[EngineEvent, None, Completion]:
        """Answer a request at once if its document fits beside the longest answer, else in parts."""
        task = request.task
        if len(request.text) < _SURELY_TOO_LONG * self.max_length:
            prompt = self._messages(request)
            if self.count([prompt])[0] + task.max_output_tokens <= self.max_length:
                return (yield from self.complete(task, prompt, output_schema(task), request.text))
        return (yield from answer_in_parts(self, request))

    def _messages(self, request: Request) -> Prompt:
        """The prompt, with the document first where that is the longer part: it then stays computed for other tasks."""
        prompt = build_messages(request.task, request.text, request.note, today=request.today, own=request.own)
        system, document = self.count([prompt[:1], request.text])
        if document <= system:
            return prompt
        few = EXAMPLE_BUDGET // 2  # they are read again for each task on the document
        return build_messages(
            request.task, request.text, request.note, few, request.today, document_first=True, own=request.own
        )

    def count(self, items: Sequence[str | Prompt]) -> Sequence[int]:
        """Tokens of each; milliseconds, so Stop is looked at afterwards."""
        command = CountTokens(self._client.next_number(), tuple(items))
        for reply in self._client.replies(command, threading.Event()):
            if isinstance(reply, Failed):
                raise EngineError(reply.title, reply.message)
            if isinstance(reply, Counted):
                return reply.counts
        raise EngineError("The language model was closed", "Nothing was done with your text. Run the task again.")

    def complete(
        self, task: Task, prompt: Prompt, schema: dict[str, Any] | None, text: str = ""
    ) -> Generator[EngineEvent, None, Completion]:
        """Answer one prompt about ``text``: progress and chunks; the whole is returned."""
        output = StructuredOutput(task) if schema is not None else None
        labelled = task.skill in ("classify", "route") and schema is not None
        command = Generate(
            self._client.next_number(),
            prompt,
            json.dumps(schema, ensure_ascii=False) if schema is not None else None,
            task.max_output_tokens,
            task.label_names if labelled else (),
            task.multiple,
            self._calibration(task) if labelled else None,
            extraction_grammar(task, text) if task.skill == "extract" and schema is not None else None,
        )
        pieces: list[str] = []
        total = cached = written = 0
        reason = FinishReason.CANCELLED
        for reply in self._client.replies(command, self._cancel):
            piece = ""
            match reply:
                case Failed():
                    raise self._failed(reply)
                case Started():
                    total, cached = reply.prompt_tokens, reply.cached_tokens
                    if not reply.guided:
                        output = None
                    yield Progress("read", "Reading", cached, total)
                case Prefilled():
                    yield Progress("read", "Reading", reply.done, total)
                case Token():
                    written = reply.count
                    piece = reply.text if output is None else output.feed(reply.text, reply.probability)
                    if not piece:
                        yield Progress("write", "Writing", min(written, task.max_output_tokens), task.max_output_tokens)
                case Done():
                    reason = reply.reason
                    self.peak_bytes = reply.peak
            if piece:
                pieces.append(piece)
                yield Chunk(piece)
        if output is not None and not output.whole and (pieces or reason is not FinishReason.CANCELLED):
            reason = FinishReason.CUT if reason is FinishReason.STOP else reason
            pieces.append(output.finish())
            yield Chunk(pieces[-1])
        return Completion("".join(pieces), reason, Usage(total, cached, written))

    def score(self, task: Task, text: str) -> LabelScores | None:
        """The probability of each label; None on Stop, or where the runtime cannot tell."""
        prompt = build_messages(task, text)
        command = Score(self._client.next_number(), prompt, task.label_names, task.multiple)
        scores: LabelScores | None = None
        for reply in self._client.replies(command, self._cancel):
            if isinstance(reply, Failed):
                raise self._failed(reply)
            if isinstance(reply, Scored):
                scores = reply.scores
        return scores

    def _calibration(self, task: Task) -> Calibration | None:
        """What is known of the labels. The first time, the model is asked how it leans: some tenths of a second."""
        if self._calibrations is None:
            return None
        known = self._calibrations.get(task)
        if known is None:
            scores = self.score(task, CONTENT_FREE)
            if scores is not None:
                known = Calibration(scores.logs)
                self._calibrations.put(task, known)
        return known

    def _failed(self, reply: Reply) -> EngineError:
        assert isinstance(reply, Failed)
        if reply.damaged:
            self._client.drop()
        return EngineError(reply.title, reply.message)
