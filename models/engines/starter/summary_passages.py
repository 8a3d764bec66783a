"""The sentences of a text as a summary reads them: with the heading, the label or the speaker that they stand under."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from models.engines.starter.cues_foreign import SALUTATION
from models.engines.starter.sentences import split_sentences

_TIME = r"(?:\[?(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[ T])?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?\]?(?: ?[ap]m)?[ ,\-–]{1,3})"
_LABELLED = re.compile(
    rf"(?P<time>{_TIME})?(?:\*\*)?(?P<label>[^\W_][^:\n*]{{0,40}}?)(?: \([^)]{{1,20}}\))?(?:\*\*)?:(?:\*\*)? "
    r"(?P<rest>\S.*)$",
    re.DOTALL,
)
_SPEAKER = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w'’.\-]*(?: [^\W\d_a-zß-öø-ÿ][\w'’.\-]*){0,2}")
_SALUTATION = re.compile(
    r"^(?:dear|hi|hello|hey|good (?:morning|afternoon)|thanks|thank you|kind regards|best regards|regards|yours|from|"
    rf"to|cc|subject|sent|present|attendees|apologies|cheers|{SALUTATION})\b",
    re.IGNORECASE,
)
_META = re.compile(
    r"(?:ticket|title|id|case|reporter|reported by|priority|severity|opened|created|updated|owner|assignee|"
    r"assigned to|category|"
    r"product|version|customer|customer (?:number|no\.?|id)|order (?:number|no\.?)|account (?:number|no\.?)|from|to|"
    r"cc|"
    r"sent|date|subject|email|phone|department|environment|reference|numéro de client|kundennummer|datum|fecha|"
    r"on the call|attendees|present|participants|apologies|teilnehmer|anwesend|participants|présents|asistentes|"
    r"invoice no\.?)",
    re.IGNORECASE,
)

Check = Callable[[], None]
"""Called now and then while a text is read; raises ``Cancelled`` to stop."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence as shown, its place in the document, and what it stands under.

    ``label`` is the word before the colon that opens its line ("Steps taken"), which may be who speaks; ``body`` is
    the sentence without it.
    """

    text: str
    index: int
    heading: str = ""
    label: str = ""
    body: str = ""

    @property
    def speaker(self) -> str:
        """Who says this, if the label can be a name."""
        return self.label if _SPEAKER.fullmatch(self.label) else ""

    @property
    def is_courtesy(self) -> bool:
        """A greeting, a closing, or a line of a mail's head."""
        return len(self.text.split()) <= 6 and _SALUTATION.match(self.text) is not None

    @property
    def is_meta(self) -> bool:
        """A line of a form about the document ("Priority: High")."""
        return _META.fullmatch(self.label) is not None


def read_passages(text: str, check: Check) -> list[Passage]:
    """The sentences that a summary may show, in order; headings only where there is nothing else."""
    passages: list[Passage] = []
    heading = label = ""
    end = 0
    sentences = split_sentences(text, check)
    for sentence in sentences:
        check()
        shown = " ".join(text[sentence.start : sentence.end].split())
        if sentence.heading:
            heading, label = shown.strip("#*: "), ""
            end = sentence.end
            continue
        opens = not text[text.rfind("\n", 0, sentence.start) + 1 : sentence.start].strip(" \t-*•–>[]xX0123456789.)")
        body = shown
        if opens:
            match = _LABELLED.match(shown)
            if match is not None:
                label, body = match["label"].strip(), match["rest"]
                shown = shown[len(match["time"] or "") :]
            elif "\n" in text[end : sentence.start]:
                label = ""
        if len(shown) > 2:
            passages.append(Passage(shown, len(passages), heading, label, body))
        end = sentence.end
    if passages:
        return passages
    shown_lines = (" ".join(text[item.start : item.end].split()) for item in sentences)
    return [Passage(line, index, body=line) for index, line in enumerate(shown_lines)]
