"""A task and its parts, as loaded from a pack in ``resources/skills`` or the person's own folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from models.skills.rules import Rule

SkillName = Literal["classify", "extract", "summarize", "route", "draft"]
SKILLS: tuple[SkillName, ...] = ("classify", "extract", "summarize", "route", "draft")


@dataclass(frozen=True, slots=True)
class Label:
    """A label, queue or decision that a classify or route task may answer with.

    ``aliases`` are other names that an answer may give it; ``group`` names the heading that it stands under, or is "".
    """

    name: str
    meaning: str
    aliases: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the records that an extract task answers with.

    ``values``, where not empty, are the only values allowed (entity types, say). ``format`` is "text" or "date"
    (ISO 8601). A record that lacks a ``required`` field is none.
    """

    name: str
    description: str
    format: Literal["text", "date"] = "text"
    values: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the right answer.

    ``labels`` for classify and route, ``records`` for extract (each a mapping of field name to value),
    ``answer`` for summarize and draft. ``must_include`` (golden cases of summarize and draft) are strings that a
    good answer holds, compared without case.
    """

    text: str
    labels: tuple[str, ...] = ()
    records: tuple[Mapping[str, str], ...] = ()
    answer: str = ""
    must_include: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One thing the program can do with a text.

    ``id`` is "T01" … "T15" or "queue" (or a person's own); ``max_output_tokens`` bounds the answer; ``ground`` names
    the field whose value must stand in the text, and ``single`` says that a text holds one record at most (extract
    only); ``multiple`` allows several labels; ``style`` names the extractive recipe that the starter engine uses
    ("meeting", "ticket", "compliance", "article" for summarize; "entities", "pairs", "dates" for extract; empty
    elsewhere). ``decisive`` is the label that one sentence settles, whatever the rest of the text says ("yes" of an
    escalation), or empty. ``undecided`` is the label for texts that lean to no other ("neutral" of a sentiment), or
    empty. ``rules`` decide before any engine is asked.
    """

    id: str
    skill: SkillName
    name: str
    description: str
    instructions: str
    max_output_tokens: int
    examples: tuple[Example, ...]
    golden: tuple[Example, ...]
    labels: tuple[Label, ...] = ()
    multiple: bool = False
    decisive: str = ""
    undecided: str = ""
    fields: tuple[Field, ...] = ()
    ground: str = ""
    style: str = ""
    rules: tuple[Rule, ...] = ()
    single: bool = False

    @property
    def label_names(self) -> tuple[str, ...]:
        """Names of the labels, in the pack's order."""
        return tuple(label.name for label in self.labels)
