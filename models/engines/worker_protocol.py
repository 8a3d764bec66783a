"""What the Phi engine and its worker process say to each other over a pipe.

Commands go down, replies come up. Every command but ``Load`` and ``Shutdown`` carries a number, and every reply to it
the same one, so that what is left over from a run that was given up is told apart from the next run's replies.
"""

from dataclasses import dataclass

from models.engines.base import FinishReason
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


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give up the command with this number; nothing happens if it is over."""

    id: int


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Exit."""

    id: int = 0


Command = Load | CountTokens | Generate | Cancel | Shutdown


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
    """``count`` tokens are written; ``text`` is what became readable with the last one (empty inside a character)."""

    id: int
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Done:
    """A ``Generate`` is over. ``memory`` is the worker's resident memory in bytes."""

    id: int
    reason: FinishReason
    prompt_tokens: int
    output_tokens: int
    memory: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A command failed, in words for the person. ``damaged``: the model's files are the cause."""

    id: int
    title: str
    message: str
    damaged: bool = False


Reply = Loaded | Counted | Started | Prefilled | Token | Done | Failed
