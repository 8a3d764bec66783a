"""Figures and verdicts in a person's words; pure functions, so that every sentence can be tested."""

import datetime
import textwrap
from dataclasses import dataclass, replace
from functools import lru_cache

from desktop.comparisons import Score
from desktop.ledger import RunRecord
from models.pii.entities import entity_words
from models.pii.explain import summary
from models.pii.finding import Finding
from models.pii.policy import Policy, sensitivity

ENGINE_NAMES = {"starter": "Starter engine", "phi": "Phi-4 Mini", "cloud": "Cloud"}


def engine_name(engine: str) -> str:
    """An engine's name as the window writes it."""
    return ENGINE_NAMES.get(engine, engine)


def count(number: int, singular: str, plural: str = "") -> str:
    """Such as "1 word", "1,204 words"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def duration(milliseconds: float | None) -> str:
    """Such as "82 ms", "2.1 s", "3 min 05 s"; a dash where not known."""
    if milliseconds is None:
        return "–"
    if milliseconds < 1000:
        return f"{milliseconds:.0f} ms"
    seconds = milliseconds / 1000
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds // 60)} min {int(seconds % 60):02d} s"


def money(usd: float) -> str:
    """US dollars, with four decimals below ten cents."""
    if usd == 0:
        return "$0"
    return f"${usd:,.4f}" if usd < 0.1 else f"${usd:,.2f}"


def size(number: int) -> str:
    """Bytes in decimal units: "0 bytes", "12.4 kB", "4.9 GB"."""
    if number < 1000:
        return count(number, "byte")
    value = float(number)
    for unit in ("kB", "MB", "GB", "TB"):
        value /= 1000
        if value < 1000:
            return f"{value:.1f} {unit}"
    return f"{value:,.1f} TB"


def speed(record: RunRecord) -> str:
    """Tokens per second of the writing itself (after the first token); a dash where that is too short."""
    if record.first_token_ms is None or record.output_tokens < 2:
        return "–"
    writing_s = (record.total_ms - record.first_token_ms) / 1000
    return f"{(record.output_tokens - 1) / writing_s:.0f} tok/s" if writing_s >= 0.05 else "–"


def masked(text: str) -> str:
    """A value that can be recognised by who knows it: the first and last two characters, or fewer if it is short."""
    flat = " ".join(text.split())
    shown = 2 if len(flat) > 6 else 1
    if len(flat) < 3:
        return "••"
    return f"{flat[:shown]}{'•' * min(len(flat) - 2 * shown, 4)}{flat[-shown:]}"


def score_band(score: float) -> str:
    """How sure a recognizer is, in a word."""
    if score >= 0.85:
        return "certain"
    return "likely" if score >= 0.5 else "possible"


TIP_COLUMNS = 72


def tip(finding: Finding, policy: Policy) -> str:
    """What hovering over a finding says, in lines short enough to read."""
    return _tip(replace(finding, start=0, end=1), policy)


def one_line(tooltip: str) -> str:
    """A tooltip of ``tip`` as running text."""
    head, _, rest = tooltip.partition("\n")
    return " ".join(f"{head}. {rest}".split()) if rest else head


@lru_cache(maxsize=1024)
def _tip(finding: Finding, policy: Policy) -> str:
    """A document has thousands of findings, but few that differ in more than their place."""
    return "\n".join(textwrap.fill(line, TIP_COLUMNS) for line in summary(finding, policy).splitlines())


@dataclass(frozen=True, slots=True)
class Doubt:
    """The words of a second question: the question, what was found, what a yes means, and the yes itself."""

    question: str
    what: str
    means: str
    answer: str


def doubt(finding: Finding, text: str, *, always: bool) -> Doubt:
    """The second question before a proven finding counts as harmless: in this document, or ``always``."""
    title = entity_words(finding.entity).title
    likely = (
        "It has the form of a real key or password, and whoever holds it may be able to use it."
        if sensitivity(finding.entity) == "secret"
        else "A check inside the number holds, so it is very likely a real one."
    )
    means = (
        "If you always allow it, it is not marked or redacted in any document, and a cloud draft may send it."
        if always
        else "If you say that it is not personal, it is not redacted in this document, and a cloud draft may send it."
    )
    return Doubt(
        "Always allow this?" if always else "Is this really not personal?",
        f"{title} {masked(text)}. {likely}",
        means,
        "Always allow it" if always else "It is not personal",
    )


BANDS = {"sure": "sure", "check": "worth a check", "unsure": "unsure"}


def confidence_words(band: str) -> str:
    """The band of an answer as the window writes it."""
    return BANDS.get(band, band)


def verdict(details: int, *, complete: bool) -> tuple[str, str]:
    """The strip under the document: its sentence, and the state that colours it."""
    if not complete:
        return "⚠ Scan incomplete · cloud blocked", "error"
    if details:
        return f"⚠ {count(details, 'personal detail')} · cloud blocked", "warn"
    return "✓ No personal details found · cloud drafts may be used", "ok"


def score_words(score: Score) -> str:
    """Was the cloud worth it? One sentence."""
    if not score.total:
        return "Was the cloud worth it? No drafts were compared yet."
    return (
        f"Was the cloud worth it? Of {count(score.total, 'pair')}: cloud better {score.cloud}, this device better "
        f"{score.local}, the same {score.same}; the cloud drafts cost {money(score.cloud_usd)}."
    )


def sentence(text: str) -> str:
    """The reason as a clause after "because": no capital (unless a name), no full stop."""
    text = text.strip().rstrip(".")
    first = text.split(" ", 1)[0]
    plain = first[:1].isupper() and first[1:].islower() and first not in ("Phi-4", "Starter", "Windows")
    return text[:1].lower() + text[1:] if plain or first == "A" else text


def where_line(engine: str, reason: str, bytes_sent: int, host: str = "", *, at_home: bool = False) -> str:
    """Where it ran, why, and how much left the machine, in one sentence.

    ``at_home``: the cloud engine was a server on this machine that counts as this device.
    """
    if engine == "cloud" and at_home:
        place = f"Ran on a server on this machine ({host})"
    elif engine == "cloud":
        place = f"Ran in the cloud ({host})" if host else "Ran in the cloud"
    else:
        place = f"Ran on this device ({engine_name(engine)})"
    why = f" · because {sentence(reason)}" if reason else ""
    return f"{place}{why} · {size(bytes_sent)} left this machine"


def moment(at: datetime.datetime) -> str:
    """Local date and time to the second."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
