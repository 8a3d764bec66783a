"""The starter engine: real answers the minute the program is installed, from a small embedded model and rules."""

import datetime
import json
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from models.engines.base import Chunk, EngineEvent, EngineName, Finished, FinishReason, Progress, Request, Usage
from models.engines.starter.classifier import Classifier, Taught, learn, texts_to_learn
from models.engines.starter.embedding import MODEL_NAME, Cancelled, Embedder, quiet_blas
from models.engines.starter.known_examples import Known, key, load_known
from models.engines.starter.known_tasks import restore
from models.engines.starter.language import remark
from models.engines.starter.passages import reading
from models.engines.starter.windows import windows
from models.errors import EngineError, EngineUnavailable, InputError, StrongroomError
from models.pii.analyzer import Analyzer
from models.skills.skill import Task

if TYPE_CHECKING:
    from models.engines.starter.embedding import Vectors

_MANY_WINDOWS = 8
"""Windows from which reading is worth a progress bar: about 0.1 s."""
_MAX_TASKS = 32
_LONG_TEXT = 100_000
"""Characters from which extraction reports its progress."""


class StarterEngine:
    """Classifies and routes by examples, extracts by rules, summarizes by picking sentences; it does not draft.

    Tokens in ``Usage`` are the embedded model's word pieces: of the text (what was read of it), and of the answer.

    Args:
        analyzer: finds personal data, which are entities too.
        resources: the folder that holds ``onnx/``.
        threads: threads of one model run; None takes the number of physical cores.
        taught: what the person taught besides, by the id of the task; asked before every answer.
    """

    name: EngineName = "starter"

    def __init__(
        self,
        analyzer: Analyzer,
        resources: Path,
        threads: int | None = None,
        taught: Callable[[str], tuple[Taught, ...]] = lambda _task: (),
    ) -> None:
        quiet_blas()
        self._analyzer = analyzer
        self._folder = resources / "onnx"
        self._embedder = Embedder(self._folder, threads)
        self._known: Known | None = None
        self._classifiers: dict[str, tuple[Classifier, tuple[Taught, ...]]] = {}
        self._taught = taught

    def run(self, request: Request, cancel: threading.Event) -> Iterator[EngineEvent]:
        """Answer one request; see ``models.engines.base.Engine``.

        Raises:
            InputError: the text is empty.
            EngineUnavailable: a draft was asked for, or the embedded model is missing.
            EngineError: something broke inside.
        """
        _refuse(request)
        read = written = 0
        note = ""
        reason = FinishReason.STOP
        try:
            steps = self._answer(request, cancel)
            while True:
                _listen(cancel)
                try:
                    event = next(steps)
                except StopIteration as done:
                    read, note = done.value
                    break
                if isinstance(event, Chunk):
                    written += self._embedder.count_tokens([event.text])
                yield event
            usage = Usage(read, 0, written)
        except Cancelled:
            reason = FinishReason.CANCELLED
            usage = Usage(output_tokens=written)
        except StrongroomError:
            raise
        except Exception:  # noqa: BLE001 - the boundary: whatever broke may quote the text, so only words of ours leave
            raise EngineError(
                "The starter engine broke off",
                "Something inside the starter engine failed on this text. Nothing was kept and nothing left this "
                "device. Try again, or choose another engine.",
            ) from None
        yield Finished(reason, usage, MODEL_NAME, note=note)

    def features_of(self, text: str) -> "Vectors":
        """Features (771) of a text as a whole, for teaching. Raises EngineUnavailable."""
        features: Vectors = self._embedder.features([text])[0]
        return features

    def warm_up(self, tasks: Iterable[Task] = ()) -> None:
        """Load the model and the tokenizer, and learn ``tasks`` (those that are not classify or route are passed over).

        For a thread in the background, so that the first answer need not wait; any thread, at any time. Nothing is
        lost if it fails: the first run then tells what is wrong.
        """
        never = threading.Event()
        try:
            self._embedder.features(["Hello."])
            for task in tasks:
                if task.skill in ("classify", "route"):
                    for _ in self._classifier(task, never):
                        pass
        except StrongroomError:
            return

    def close(self) -> None:
        """Give the model's memory back and forget what was learnt; a later run loads and learns again."""
        self._classifiers.clear()
        self._known = None
        self._embedder.close()

    def _answer(self, request: Request, cancel: threading.Event) -> Generator[EngineEvent, None, tuple[int, str]]:
        """Yield the events of one answer; return the word pieces that were read, and what to say of how it came about.

        That is no part of the answer and is kept in the ledger: it holds nothing of the text.
        """
        if request.task.skill in ("classify", "route"):
            return (yield from self._label(request, cancel)), ""
        if request.task.skill == "extract":
            return (yield from self._extract(request, cancel))
        return (yield from self._summarize(request, cancel)), remark(request.text)

    def _label(self, request: Request, cancel: threading.Event) -> Generator[EngineEvent, None, int]:
        if not self._embedder.loaded:
            yield Progress("load", "Loading the built-in model")
            self._embedder.load()
        classifier = yield from self._classifier(request.task, cancel)
        text = reading(request.text, lambda: _listen(cancel))
        features = yield from self._features(text.texts, cancel, "read", "Reading the text")
        verdict = classifier.judge(text, features)
        reason = " ".join(part for part in (verdict.reason, remark(request.text)) if part)
        answer: dict[str, object] = {"labels": list(verdict.labels), "reason": reason}
        if verdict.confidence is not None:
            answer["confidence"] = round(verdict.confidence, 3)
        yield Chunk(json.dumps(answer, ensure_ascii=False))
        return self._embedder.count_tokens(text.passages)

    def _classifier(self, task: Task, cancel: threading.Event) -> Generator[EngineEvent, None, Classifier]:
        """What was learnt for this task, learning it first where it is new or its pack has changed."""
        import numpy as np

        taught = self._taught(task.id)
        known = self._classifiers.get(task.id)
        if known is not None and known[0].task == task and known[1] == taught:
            return known[0]
        texts = texts_to_learn(task)
        stored = self._known
        if stored is None:
            stored = self._known = load_known(self._folder)
        rows = {text: stored.features.get(key(text)) for text in texts}
        new = [text for text, row in rows.items() if row is None]
        computed = yield from self._features(new, cancel, "load", "Learning the labels from their examples")
        rows.update(zip(new, computed, strict=True))
        if len(self._classifiers) >= _MAX_TASKS:
            self._classifiers.clear()
        # Two threads may learn the same task at once (warm_up and a run): both come to the same.
        features = np.array([rows[text] for text in texts])
        shipped = restore(task, features, stored.tasks)
        before = known[0] if known is not None and known[0].task == task else shipped
        learnt = shipped if shipped is not None and not taught else learn(task, features, taught, before)
        self._classifiers[task.id] = (learnt, taught)
        return learnt

    def _features(
        self, texts: list[str], cancel: threading.Event, stage: str, message: str
    ) -> Generator[EngineEvent, None, "Vectors"]:
        steps = self._embedder.feature_steps(texts, cancel)
        while True:
            try:
                done, total = next(steps)
            except StopIteration as finished:
                features: Vectors = finished.value
                return features
            if total > _MANY_WINDOWS:
                yield Progress("load" if stage == "load" else "read", message, done, total)

    def _extract(self, request: Request, cancel: threading.Event) -> Generator[EngineEvent, None, tuple[int, str]]:
        from models.engines.starter.extraction import extract_steps

        yield Progress("read", "Reading the text")
        today = request.today or datetime.datetime.now().astimezone().date()
        opening, before = '{"items": [', 0
        tokens = 0
        steps = extract_steps(request.task, request.text, self._analyzer, today, cancel)
        while True:
            try:
                done, records = next(steps)
            except StopIteration as finished:
                note = " ".join(said for said in (finished.value, remark(request.text)) if said)
                break
            if records:
                yield Chunk(opening + ", ".join(json.dumps(record, ensure_ascii=False) for record in records))
                opening = ", "
            tokens += self._count(request.text[before:done], cancel)
            before = done
            if len(request.text) > _LONG_TEXT:
                yield Progress("read", "Reading the text", done, len(request.text))
        yield Chunk("]}" if opening == ", " else opening + "]}")
        return tokens + self._count(request.text[before:], cancel), note

    def _summarize(self, request: Request, cancel: threading.Event) -> Generator[EngineEvent, None, int]:
        from models.engines.starter.summarize import summarize_steps

        def embed(texts: Sequence[str]) -> "Vectors":
            return self._embedder.embed(texts, cancel=cancel)

        yield Progress("read", "Reading the text")
        steps = summarize_steps(request.text, request.task.style, embed, cancel)
        while True:
            try:
                done, total = next(steps)
            except StopIteration as finished:
                summary: str = finished.value
                break
            yield Progress("read", "Comparing the sentences", done, total)
        if not summary:
            raise InputError(
                "There are no sentences",
                "The text holds no sentence that could be kept, so there is nothing to summarize. Nothing was changed. "
                "Paste or open a text with words in it and run the task again.",
            )
        for line in summary.splitlines(keepends=True):
            yield Chunk(line)
        return self._count(request.text, cancel)

    def _count(self, text: str, cancel: threading.Event) -> int:
        """Word pieces of a text of any length; listens for Stop on the way."""
        count = 0
        for window in windows(text, _LONG_TEXT):
            _listen(cancel)
            count += self._embedder.count_tokens([text[window.core_begin : window.core_end]])
        return count


def _listen(cancel: threading.Event) -> None:
    if cancel.is_set():
        raise Cancelled


def _refuse(request: Request) -> None:
    if not request.text.strip():
        raise InputError(
            "There is no text",
            "The document is empty, so there is nothing to work on. Paste or open a text and run the task again.",
        )
    if request.task.skill == "draft":
        raise EngineUnavailable(
            "Drafting needs Phi-4 Mini",
            "The starter engine reads, sorts and shortens text but cannot write new text. Nothing was done with your "
            "document and nothing left this device. Install Phi-4 Mini to draft on this device, or switch the cloud on "
            "for drafts if your text may leave it.",
        )
