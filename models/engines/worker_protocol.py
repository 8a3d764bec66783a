"""What the Phi engine and its worker process say to each other over a pipe.

Commands go down, replies come up. Every command but ``Load`` and ``Shutdown`` carries a number, and every reply to it
the same one, so that what is left over from a run that was given up is told apart from the next run's replies.
"""

from dataclasses import dataclass

from models.engines.base import FinishReason
from models.engines.confidence import Calibration
from models.engines.label_choice import LabelScores
from models.messages import Message

Prompt = tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """Load the model in ``model_dir``; answered by ``Loaded`` or ``Failed``. ``max_length`` is in tokens."""

    model_dir: str
    threads: int | None
    """Threads for the arithmetic; None leaves it to the runtime (for comparison only)."""
    max_length: int
    keep_seconds: float
    """Seconds without a command after which what is computed of the last document is dropped, and its memory freed."""
    cache_tokens: int = 0
    """Tokens that prompts kept for the next run may take; ``max_length`` at least."""
    provider: str = ""
    """What computes, by the runtime's name; "" for the processor."""
    id: int = 0


@dataclass(frozen=True, slots=True)
class CountTokens:
    """Count the tokens of texts, or of whole prompts with their chat tokens; answered by ``Counted``."""

    id: int
    items: tuple[str | Prompt, ...]


@dataclass(frozen=True, slots=True)
class Generate:
    """Answer a prompt: ``Started``, ``Prefilled`` and ``Token`` replies, then ``Done`` or ``Failed``.

    ``schema`` is a JSON Schema as JSON text that the output is constrained to, or None. ``max_tokens`` bounds the
    output.
    """

    id: int
    prompt: Prompt
    schema: str | None
    max_tokens: int
    labels: tuple[str, ...] = ()
    """The labels that the output begins with one of, where it does; a ``Scored`` reply then comes before it."""
    multiple: bool = False
    """Whether further labels may follow the first."""
    calibration: Calibration | None = None
    grammar: str | None = None
    """What the output is kept to in place of ``schema``, where that can be done: a narrower form of the same."""


@dataclass(frozen=True, slots=True)
class Score:
    """Ask for the probability of each label only: replies as to ``Generate``, with no ``Token``."""

    id: int
    prompt: Prompt
    labels: tuple[str, ...]
    multiple: bool


@dataclass(frozen=True, slots=True)
class Warm:
    """Compute the instructions of these prompts as far as there is room, until the next command comes. No reply."""

    id: int
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give up the command with this number; nothing happens if it is over."""

    id: int


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Exit."""

    id: int = 0


Command = Load | CountTokens | Generate | Score | Warm | Cancel | Shutdown


@dataclass(frozen=True, slots=True)
class Loaded:
    """The model is ready."""

    id: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """Tokens of each item, in the order of the command."""

    id: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Started:
    """The prompt is encoded. ``guided`` is False where a schema was given and the runtime cannot keep to it.

    Comes a second time where the prefix that was kept from the prompt before turns out to be of no use.
    """

    id: int
    prompt_tokens: int
    guided: bool
    cached_tokens: int
    """Tokens of the prompt that are kept from the one before and not computed again."""


@dataclass(frozen=True, slots=True)
class Prefilled:
    """``done`` tokens of the prompt are computed, those that were cached included."""

    id: int
    done: int


@dataclass(frozen=True, slots=True)
class Token:
    """``count`` tokens are written; ``text`` is what became readable with the last ones (empty inside a character).

    ``probability`` is the least that the model gave to one of them among those allowed; None where it is not known.
    """

    id: int
    text: str
    count: int
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """The probability of each label of the command, in its order."""

    id: int
    scores: LabelScores


@dataclass(frozen=True, slots=True)
class Done:
    """A ``Generate`` or ``Score`` is over.

    ``memory`` is the worker's resident memory in bytes, ``peak`` the most it ever had; ``runs`` is how often the model
    was run to write the answer.
    """

    id: int
    reason: FinishReason
    prompt_tokens: int
    output_tokens: int
    memory: int
    peak: int = 0
    runs: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """A command failed, in words for the person. ``damaged``: the model's files are the cause."""

    id: int
    title: str
    message: str
    damaged: bool = False


Reply = Loaded | Counted | Started | Prefilled | Scored | Token | Done | Failed
