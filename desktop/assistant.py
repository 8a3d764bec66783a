"""The use case: scan → route → generate → check → record, as one generator of events without any Qt."""

import dataclasses
import datetime
import math
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterator
from typing import Protocol

from desktop.events import Answered, AssistantEvent, Recorded, Routed, RunRequest, Scanned
from desktop.ledger import Ledger, Outcome, RunRecord
from desktop.logs import LOG
from models import router
from models.engines.base import Chunk, Engine, EngineName, Finished, FinishReason, Progress, Request, Usage
from models.engines.instant import Instant, Policy, by_rule, when_sure
from models.errors import AnswerError, EngineUnavailable, InputError
from models.messages import Message
from models.pii.finding import Scan
from models.pii.gate import Blocked, ClearedText, Dismissal, PrivacyGate, standing_findings
from models.pii.personal import Scanner
from models.router import Route, Situation
from models.skills.parsing import parse_answer
from models.skills.prompts import build_messages
from models.skills.skill import Example, Task

Cost = Callable[[str, Usage], float]
"""USD that a model would take for these tokens; 0.0 where its price is not known."""

LONG_TEXT = 5_000
"""Characters above which a scan takes long enough (some 0.15 s) to be told of and to be stopped."""
STOP_POLL_S = 0.05
"""How often a long scan looks whether it was stopped."""
PATIENCE_S = 5.0
"""How long a task that stays on this device in any case waits for the check of a long text."""


class CloudLike(Protocol):
    """What the assistant needs of the cloud engine beyond the contract: what left in a run that broke off."""

    @property
    def last_bytes_sent(self) -> int:
        """Bytes of request bodies of the latest run."""
        ...

    @property
    def last_usage(self) -> Usage:
        """Tokens of the latest run."""
        ...

    def run(self, request: ClearedText, cancel: threading.Event) -> Iterator[Progress | Chunk | Finished]:
        """Answer one cleared payload."""
        ...


class Engines(Protocol):
    """Gives engines, made when first asked for; raises EngineUnavailable."""

    def local(self, name: EngineName) -> Engine[Request]:
        """An engine of this machine."""
        ...

    def cloud(self) -> CloudLike:
        """The cloud engine, set up as the settings say now."""
        ...


@dataclasses.dataclass
class _Run:
    """What is known of a run so far; becomes its row."""

    at: datetime.datetime
    started: float
    request: RunRequest
    findings: dict[str, int] = dataclasses.field(default_factory=dict)
    dismissed: dict[str, int] = dataclasses.field(default_factory=dict)
    route: Route | None = None
    outcome: Outcome = "done"
    model: str = ""
    usage: Usage = dataclasses.field(default_factory=Usage)
    first_token_ms: float | None = None
    bytes_sent: int = 0
    peak_bytes: int = 0
    finished: bool = False
    chunks: list[str] = dataclasses.field(default_factory=list)
    cleared: ClearedText | None = None

    def elapsed_ms(self) -> float:
        return (time.perf_counter() - self.started) * 1000


class Assistant:
    """Runs tasks. Holds no text between runs; ``run`` may be called from any thread, one run at a time an engine."""

    def __init__(
        self,
        *,
        analyzer: Scanner,
        gate: PrivacyGate,
        engines: Engines,
        ledger: Ledger,
        situation: Callable[[RunRequest], Situation],
        cost: Cost,
        reference_model: Callable[[], str],
        cloud_model: Callable[[], str] = str,
        before_cloud: Callable[[ClearedText], None] = lambda _cleared: None,
        cloud_is_this_device: Callable[[], bool] = lambda: False,
        policy: Callable[[str], Policy] = lambda _task: Policy(),
        own_examples: Callable[[Task], tuple[Example, ...]] = lambda _task: (),
    ) -> None:
        """``situation`` is asked at the start of each run, so that a changed setting holds from the next run on.

        ``before_cloud`` may raise a StrongroomError to keep a cleared draft here (a ceiling is reached, say).
        ``policy`` says, by the id of a task with labels, who answers it where Phi-4 Mini would. ``own_examples`` are
        what the person corrected of such a task, for Phi-4 Mini to learn from.
        ``cloud_is_this_device``: the cloud engine is a server on this machine, which the person lets count as local.
        ``cloud_model`` names the model that prices a cloud run which broke off before it said so itself.
        """
        self._analyzer = analyzer
        self._gate = gate
        self._engines = engines
        self._ledger = ledger
        self._situation = situation
        self._cost = cost
        self._reference_model = reference_model
        self._cloud_model = cloud_model
        self._before_cloud = before_cloud
        self._cloud_is_this_device = cloud_is_this_device
        self._policy = policy
        self._own_examples = own_examples

    def scan(self, text: str, cancel: threading.Event | None = None) -> Scan:
        """Scan a text, for the highlights while typing. Never raises; nothing is recorded.

        A scan that ``cancel`` ends is not complete.
        """
        scan = self._scan_until(text, cancel or threading.Event())
        return scan or Scan((), complete=False, failures=self._analyzer.detectors)

    def payload(self, request: RunRequest) -> tuple[Message, ...]:
        """The exact messages that a cloud run of ``request`` would send, for the person to look at."""
        task = request.task
        if task.skill == "summarize":  # whose examples are about people, if invented ones
            task = dataclasses.replace(task, examples=())
        return build_messages(task, request.text, request.note)

    def clear(self, request: RunRequest) -> ClearedText:
        """The payload as the gate seals it. Raises ``Blocked``."""
        return self._gate.clear(self.payload(request), request.dismissed, request.withheld)

    def run(self, request: RunRequest, cancel: threading.Event) -> Iterator[AssistantEvent]:
        """Do one task: yields Scanned, Routed, then Progress and Chunk as they come, Answered, and Recorded last.

        A long text has a Progress before Scanned. ``cancel`` is heeded from the start: a run that is stopped while its
        text is scanned ends there, with Recorded as its next event and no engine in its row.

        Exactly one row goes into the ledger, whatever the outcome, also when the generator is closed early. There is no
        Answered for an answer that was cut or cancelled before it could be read; its chunks stay valid. A run that
        fails yields Recorded and then raises its StrongroomError (``Blocked`` where personal details stood in the
        way of the cloud). An exception that is a bug is recorded as a failed run and raised as it is.

        Raises:
            InputError: the text is empty or white space only; nothing is scanned or recorded.
            StrongroomError: the run failed, after its row was written.
        """
        if not request.text.strip():
            raise InputError(
                "There is no text yet", "Nothing was done. Paste a text or open a document, then run the task again."
            )
        run = _Run(datetime.datetime.now().astimezone(), time.perf_counter(), request)
        failure: Exception | None = None
        try:
            yield from self._steps(run, cancel)
        except Exception as error:  # noqa: BLE001 - every run has its row, a bug's too; raised again below
            run.outcome = "blocked" if isinstance(error, Blocked) else "failed"
            failure = error
        except BaseException:  # left early, or Ctrl-C
            if not run.finished:
                run.outcome = "cancelled"
            self._record(run)
            raise
        yield self._record(run)
        if failure is not None:
            raise failure

    def _steps(self, run: _Run, cancel: threading.Event) -> Iterator[AssistantEvent]:
        request = run.request
        if len(request.text) > LONG_TEXT:
            yield Progress("read", "Checking for personal details …")
        may_leave = request.task.skill == "draft" or request.engine == "cloud"
        patience = math.inf if may_leave else PATIENCE_S
        scan = self._scan_until(request.text, cancel, patience)
        if scan is None or cancel.is_set():
            run.outcome, run.finished = "cancelled", True
            return
        run.findings = scan.counts()
        yield Scanned(scan, self._analyzer.detectors)
        standing = undismissed(scan, request.text, request.dismissed)
        left = standing.counts()
        run.dismissed = {
            entity: number - left.get(entity, 0)
            for entity, number in run.findings.items()
            if number > left.get(entity, 0)
        }
        situation = self._situation(request)
        if may_leave and situation.cloud_ready and standing.verdict == "clear":
            standing = self._scan_payload(run)
        run.route = router.decide(request.task.skill, request.engine, standing, situation)
        if request.task.labels and run.route.engine in ("phi", "starter"):
            instant = yield from self._at_once(run, cancel)
            if run.finished:
                return
            if instant is not None:
                yield Routed(run.route)
                yield from self._follow(run, iter((Chunk(instant.chunk), instant.finished)))
                yield from self._answer(run)
                return
        yield Routed(run.route)
        engine = run.route.engine
        if engine is None:
            if run.route.blocked:
                raise Blocked(standing)
            reason = run.route.reason
            stays = "" if "stays on this device" in reason else " Your text stays on this device."
            raise EngineUnavailable("Nothing was run", f"{reason}{stays}")
        if engine == "cloud":
            yield from self._cloud(run, cancel)
        else:
            today = request.today or run.at.date()
            own = self._own_examples(request.task) if engine == "phi" and request.task.labels else ()
            wish = Request(request.task, request.text, request.note, today, own)
            yield from self._follow(run, self._engines.local(engine).run(wish, cancel))
        yield from self._answer(run)

    def _at_once(self, run: _Run, cancel: threading.Event) -> Generator[AssistantEvent, None, Instant | None]:
        """An answer by the person's rules, or by the starter engine where it may and is sure.

        Says in ``run.route`` who answers, and why. Only where the person left the choice of the engine to the
        program: who asks for Phi-4 Mini gets it.
        """
        assert run.route is not None
        request = run.request
        instant = by_rule(request.task, request.text)
        if instant is not None:
            run.route = Route("starter", instant.reason)
            return instant
        policy = self._policy(request.task.id)
        if run.route.engine != "phi" or request.engine != "auto" or policy.mode == "phi":
            return None
        if policy.mode == "only":
            run.route = Route("starter", "This task is set to instant answers only.")
            return None
        starter = self._engines.local("starter")
        wish = Request(request.task, request.text, request.note)
        instant, reason = yield from when_sure(starter, wish, policy, cancel)
        if cancel.is_set():
            run.outcome, run.finished = "cancelled", True
            return None
        run.route = Route("phi", reason) if instant is None else Route("starter", instant.reason)
        return instant

    def _scan_until(self, text: str, cancel: threading.Event, patience_s: float = math.inf) -> Scan | None:
        """The scan of ``text``, or None if the person pressed Stop first.

        The scan of 5 MB takes minutes, and a recognizer cannot be interrupted: a long text is scanned in a thread of
        its own. Stop does not wait for it; it ends by itself soon after, and nothing follows from it. After
        ``patience_s`` the scan is not complete.
        """
        if len(text) <= LONG_TEXT:
            return self._analyzer.scan(text)
        scans: list[Scan] = []
        enough = threading.Event()
        scanning = threading.Thread(
            target=lambda: scans.append(self._analyzer.scan(text, enough)), name="scan", daemon=True
        )
        scanning.start()
        deadline = time.monotonic() + patience_s
        while scanning.is_alive() and not cancel.is_set() and time.monotonic() < deadline:
            scanning.join(STOP_POLL_S)
        enough.set()
        if cancel.is_set():
            return None
        # A thread that died without a result is a recognizer that did what no exception handler sees: not complete.
        return scans[0] if scans else Scan((), complete=False, failures=self._analyzer.detectors)

    def _scan_payload(self, run: _Run) -> Scan:
        """What the gate says of all that would be sent, the person's note too: a draft it stops can stay here."""
        try:
            run.cleared = self.clear(run.request)
        except Blocked as blocked:
            return blocked.scan
        return Scan(())

    def _cloud(self, run: _Run, cancel: threading.Event) -> Iterator[AssistantEvent]:
        cleared = run.cleared or self.clear(run.request)
        self._before_cloud(cleared)
        cloud = self._engines.cloud()
        run.model = self._cloud_model()
        try:
            yield from self._follow(run, cloud.run(cleared, cancel))
        finally:
            if not run.finished:  # broke off: what left and was used is counted all the same
                run.bytes_sent, run.usage = cloud.last_bytes_sent, cloud.last_usage

    def _follow(self, run: _Run, events: Iterator[Progress | Chunk | Finished]) -> Iterator[AssistantEvent]:
        try:
            for event in events:
                if isinstance(event, Finished):
                    run.usage, run.model, run.bytes_sent = event.usage, event.model, event.bytes_sent
                    run.peak_bytes = event.peak_bytes
                    if event.note and run.route is not None:
                        run.route = dataclasses.replace(run.route, reason=f"{run.route.reason} {event.note}")
                    run.outcome, run.finished = _OUTCOMES[event.reason], True
                    return
                if isinstance(event, Chunk):
                    if run.first_token_ms is None:
                        run.first_token_ms = run.elapsed_ms()
                    run.chunks.append(event.text)
                yield event
        finally:
            close = getattr(events, "close", None)
            if close is not None:
                close()

    def _answer(self, run: _Run) -> Iterator[AssistantEvent]:
        try:
            answer = parse_answer(run.request.task, "".join(run.chunks), run.request.text)
        except AnswerError:
            if run.outcome == "done":
                raise
            return
        yield Answered(answer)

    def _record(self, run: _Run) -> Recorded:
        engine = run.route.engine if run.route and run.outcome != "blocked" else None
        at_home = engine == "cloud" and self._cloud_is_this_device()
        cloud = engine == "cloud" and not at_home
        record = RunRecord(
            at=run.at,
            skill=run.request.task.skill,
            task=run.request.task.id,
            engine=engine or "",
            model=run.model,
            outcome=run.outcome,
            reason=run.route.reason if run.route else "",
            prompt_tokens=run.usage.prompt_tokens,
            cached_tokens=run.usage.cached_tokens,
            output_tokens=run.usage.output_tokens,
            first_token_ms=run.first_token_ms,
            total_ms=run.elapsed_ms(),
            cost_usd=self._cost(run.model, run.usage) if cloud else 0.0,
            cost_avoided_usd=0.0 if cloud else self._cost(self._reference_model(), run.usage),
            bytes_sent=0 if at_home else run.bytes_sent,
            estimated=cloud and run.usage.estimated,
            findings=run.findings,
            dismissed=run.dismissed,
            peak_bytes=run.peak_bytes,
        )
        LOG.info(f"run {record.outcome} on {record.engine or 'no engine'}")
        return Recorded(*self._ledger.add(record))


_OUTCOMES: dict[FinishReason, Outcome] = {
    FinishReason.STOP: "done",
    FinishReason.CUT: "cut",
    FinishReason.REPEATING: "repeating",
    FinishReason.CANCELLED: "cancelled",
}


def undismissed(scan: Scan, text: str, dismissed: Collection[Dismissal]) -> Scan:
    """``scan`` of ``text`` without the findings that the person declared not personal."""
    return dataclasses.replace(scan, findings=standing_findings(scan.findings, text, dismissed))
