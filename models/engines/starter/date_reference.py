"""The day that a text was written on, where it says so: from there its "tomorrow" and "next Friday" count.

A letter, a mail, minutes or a comment bears its date in a place of its own: after a label ("Sent:"), on a line by
itself or after a town, in the title of minutes, before what a commenter says. Every such date counts for what follows
it, up to the next one.
"""

import re

_LABELS = (
    "date|dated|sent|received|opened|created|reported|submitted|posted|published|written|meeting date|letter date|"
    "date of (?:meeting|letter|report|issue)|invoice date|datum|gesendet|erstellt|eingegangen|sitzung vom|"
    "date d'envoi|envoyé(?: le)?|reçu(?: le)?|créé(?: le)?|fecha|enviado(?: el)?|creado(?: el)?|data|inviato|verzonden"
)
_LABEL = re.compile(
    rf"(?:^|[ ]{{2,}}|\t|[|;,][ ])[>*#\s]{{0,4}}(?:{_LABELS})(?:[ ](?:on|at))?[ ]?:?\*{{0,2}}[ \t]*"
    r"(?:\S{2,12},?[ ])?$",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[>*#\s]{0,4}(?:[^\W\d_a-zß-öø-ÿ][\w.\-]{1,20}(?: [^\W\d_a-zß-öø-ÿ][\w.\-]{1,20}){0,2},? )?"
    r"(?:(?i:the|den|dem|le|el|a|on) )?[(\[]?$"
)
_COMMENT = re.compile(
    r"[>*#\-\s\[(]{0,4}(?i:comment|update|note|reply|entry|message|posted|kommentar|commentaire|comentario)\b"
    r"[^.!?\n]{0,50}[,(:]? $"
)
_QUOTED = re.compile(r"[>\s]{0,4}(?i:on|am|le|el) (?:\S{2,12},? )?$")
_WROTE = re.compile(r"[^.!?\n]{0,80}\b(?:wrote|schrieb|a écrit|escribió)\b[^\n]{0,60}:")
_TITLE = re.compile(
    r"[#*\s]{0,4}(?:\S+ ){0,4}?\(?(?i:minutes|meetings?|call|stand-?up|sync|retrospective|retro|review|planning|"
    r"kick-?off|session|round|handover|committee|board|visit|note|notes|memo|report|protocol|protokoll|"
    r"besprechung|sitzung|runde|réunion|compte rendu|reunión|acta)\b[^.!?\n]{0,80}$"
)
_SENTENCE = re.compile(
    r"\b(?:I|we|you|they|will|shall|is|are|be|dear|hi|confirm|next|wir|ich|wird|ist|je|nous|vous|est|sera|que|le|les)\b|"
    r"^\W*(?:please|thanks)\b",
    re.IGNORECASE,
)
"""Words of a sentence that speaks of a meeting, rather than a title over its minutes."""
_TITLE_WITHIN = 300
"""Characters from the start within which minutes and memos name their day."""


def bears_date(text: str, start: int, end: int) -> bool:
    """Whether the day at ``text[start:end]`` is the one that the text, or what follows in it, was written on."""
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - 120) : start]
    stop = text.find("\n", end)
    after = text[end : min(end + 160, stop if stop >= 0 else len(text))].strip(" \t*")
    if _LABEL.search(before) or (_QUOTED.fullmatch(before) and _WROTE.match(after)):
        return True
    if _COMMENT.fullmatch(before):
        return not after or after[0] in ":)]–-"
    alone = not after or after[0] in ":]" or (after[0] in ")–-" and len(after) > 1)
    if alone and _DATELINE.fullmatch(before):
        return True
    if start > _TITLE_WITHIN or len(text[:line].split("\n\n")) > 2 or _SENTENCE.search(before):
        return False
    return _TITLE.fullmatch(before) is not None
