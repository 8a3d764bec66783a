"""What clinical notes say of a patient in shorthand: "PMH: …", "h/o …", "Dx …", "on metformin 500 mg bd", "HTN, T2DM".

Health in whole sentences is the model's; here stand the marks and abbreviations that hardly anything but a note has.
"""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, around, compiled, lowered, matches, near, regions

_VALUE = r"(?P<value>[^\W_][^\n;.]{1,90}(?:\.(?=\d)[^\n;.]{1,40})?)"
# Said of patients only. "c/o" is also "care of", which a name follows; "Rx" and "Dx" are also words of machines.
_MARKS = (
    rf"(?<![^\W_])(?:(?:[Kk]/)?[Cc]/[Oo][ :]{{1,2}}(?=[a-z]|[A-Z]{{2,5}}(?![^\W_]))|[Hh]/[Oo][ :]{{1,2}}|[Ss]/[Pp][ :]{{1,2}}|[Cc]/[Bb][ ](?=[a-z])|(?:[PFS]MHx?|PSHx?|PMHx|FHx|SHx|DHx|POHx|PPHx)(?:[ ](?:of|incl\.?|includes|sig(?:nificant)?[ ]for)|[ ]?[:=-])?[ ]|"
    rf"(?:[Hh]x|[Dd]x|DX)(?:'d)?(?:[ ](?:of|with)[ ]|[ ]?:[ ]?(?=[^\W\d_])|[ ](?=[a-z]{{4}}))|Rx[ ]?:[ ]?(?=[a-z])){_VALUE}"
)
_MARK_TRIGGERS = (
    "c/o",
    "h/o",
    "s/p",
    "c/b",
    "pmh",
    "smh",
    "fmh",
    "psh",
    "fhx",
    "shx",
    "dhx",
    "pohx",
    "pphx",
    "hx",
    "dx",
    "rx",
)
# Headings that need a patient nearby.
_HEADINGS = (
    r"(?m:^|(?<=[.;] )|(?<=\\n))[ \t*#>-]{0,6}(?i:diagnos[ei]s|diagnoses|working diagnosis|past medical history|medical history|presenting complaint|chief complaint|presenting problem|reason for (?:visit|referral|admission)|"
    r"indication|impression|medications?|current medications?|meds|drug history|dh|allerg(?:y|ies)|problem list|pmh|comorbidities|co-morbidities|"
    r"diagnosen?|vorerkrankungen|medikation(?: bei entlassung)?|anamnese|einweisungsgrund|allergien|befund|antécédents|atcd|motif(?: de consultation)?|traitement(?: de sortie| en cours)?|diagnostic|allergies|"
    r"diagnóstico|antecedentes(?: personales)?|ap|tto|tratamiento|motivo de consulta|alergias|diagnosi|anamnesi|terapia(?: in atto)?|"
    rf"voorgeschiedenis|medicatie|diagnoza|rozpoznanie|choroby|leki|queixa|medicação)[ ]?(?::[ \t]*)\n?{_VALUE}"
)
_HEADING_TRIGGERS = (
    "diagn", "history", "complaint", "problem", "reason for", "indication", "impression", "medic", "meds", "drug", "dh:", "allerg", "pmh", "morbid", "vorerkrank",
    "medik", "anamn", "einweis", "befund", "antécéd", "antecede", "atcd", "motif", "traitement", "ap:", "tto", "tratamiento", "motivo", "alergias", "terapia",
    "voorgesch", "rozpoznanie", "choroby", "leki", "queixa",
)  # fmt: skip
_PATIENT = r"(?<![^\W_])(?i:patients?|pt|mrn|uhid|d\.?o\.?b|nhs|y/?o|y\.o\.|mr|mrs|ms|dr|frau|herr|paciente|paziente|patiente?|geb|ward|bed|gp|nkda|bp|pulse|admitted|discharged?)(?![^\W\d_])|(?<![\w.])\d{1,3}[ ]?[MF](?![^\W_])"
_NOTE = r"(?<![^\W_])(?:[Pp]t|[Pp]atient|y/?o|NKDA|GCS|O/E|o/e|obs|c/o|h/o|PMHx?|[Dd]x|[Hh]x|w/|s/p|BP)(?![^\W_])|(?<![\w.])\d{1,3}[ ]?(?:[MF](?![^\W_])|yo(?![^\W_]))"
_ABBREVIATION = (
    r"(?<![\w./-])(?P<value>(?:HTN|T[12]DM|DM[12]?|IDDM|NIDDM|COPD|CHF|CCF|HFrEF|HFpEF|AF|AFib|CKD|ESRD|CAD|IHD|PVD|PAD|DVT|VTE|TIA|CVA|STEMI|NSTEMI|MI|UTI|UTIs|GERD|GORD|OSA|BPH|IBS|IBD|RA|OA|SLE|PTSD|ADHD|OCD|BPD|GAD|MDD|EUPD|"
    r"HIV|HCV|HBV|TB|NASH|NAFLD|PCOS|ETOH|EtOH|IVDU|AUD|TBI|SOB|SOBOE|LBP|HLD|AKI|ALS|MND|PKD|PBC|GCA|PMR|AAA|URTI|LRTI|CAP|PUD|GIB|LBBB|MGUS|CLL|AML|NHL)\+?)(?![\w/-])"
)
# Two capitals, or a capital and a digit, at the start of a word: every abbreviation begins so.
_CAPITALS = r"[A-Z](?<![\w./-].)(?:[A-Z\d]|tO)"
_SUBJECT = r"(?<![^\W_])(?:I|[Hh]e|[Ss]he|[Ww]ho|[Pp]atient|[Pp]t|[Tt]he (?:applicant|claimant|defendant|accused|child|deceased|employee|client|tenant)|[Mm](?:y|ein|eine)[ ][^\W\d_]{2,14}|[Hh](?:is|er)[ ][^\W\d_]{2,14}|(?:Mr|Mrs|Ms|Miss)\.?[ ][^\W\d_]{2,20})"
_SAID = (
    rf"{_SUBJECT}(?:'s|'ve|'m|’s|’ve|’m)?[ ](?:(?:has|have|had|is|was|am|been|got|recently|just|being|also|still|now|both|currently|previously|who|since|then|later|subsequently)[ ]){{0,4}}"
    r"(?:diagnosed with|suffer(?:s|ed|ing)? from|allergic to|treated for|living with|recovering from|hospitali[sz]ed (?:for|with)|being treated for|medicated for|off (?:work|sick) with|signed off with|battling)[ ]"
    r"(?P<value>(?:an? |the |severe |chronic |mild |acute )?[^\W\d_][^\n.,;:!?()]{2,50})"
)
_SAID_TRIGGERS = (
    "diagnosed with", "suffer", "allergic to", "treated for", "living with", "recovering from", "hospitali", "medicated for", "off work", "off sick",
    "signed off", "battling",
)  # fmt: skip
_HAD = r"(?:HIV|COPD|ADHD|PTSD|OCD|IBS|MS|UTI|T[12]DM|CKD|GERD|GORD|SLE|PCOS|EUPD|TB|ALS|HTN)"
_HAS = rf"{_SUBJECT}(?:'s|'ve|’s|’ve)?[ ](?:(?:has|have|had|got|also|is|was|am)[ ]){{1,3}}(?P<value>{_HAD}(?:[ -]?(?:positive|pos)|\+)?)(?![\w-])"
_DOSE = (
    r"(?<![^\W_])(?i:on|takes?|taking|prescribed|started(?: on)?|given|tab\.?|inj\.?|continue[sd]?|increased?|commenced(?: on)?)[ ](?:(?:oral|po|iv|regular|her|his|my)[ ])?(?P<value>[^\W\d_][a-zà-ÿ-]{4,24}[ ]\d{1,4}(?:[.,]\d{1,3})?[ ]?(?:mg|mcg|µg|ug|g|ml|units?|iu))(?![^\W_])"
    r"(?=[ ]?(?:[,(]|(?i:od|bd|tds|qds|prn|daily|nocte|po|bid|tid|qid|qhs|hs|mane|om|on|twice|once|a day|every|each|per day|at night|for (?:my|his|her)))(?![^\W_])|[, ])"
)
_DOSE_OF_ONE = rf"{_SUBJECT}|{_NOTE}"
_DOSES = r"[ ]?(?i:od|bd|tds|qds|prn|po|bid|tid|qid|qhs|nocte|mane)(?![^\W_])"
_NOTHING = r"(?i)(?:nil|none|no|not|nothing|n/?a|unremarkable|neg|negative|see|as above|tbc|unknown|normal|keine?|aucune?|ninguna?|nessuna|geen|brak|sans|sin|denies|the|this|that|these|to be|should|can|may|made)(?![^\W_])"
_SUBJECT_CHARS, _ILLNESS_CHARS = 96, 96
_NEAR_CHARS = 400
_SAME_NOTE_CHARS = 160


class ClinicalNoteRecognizer:
    """Marks, headings beside a patient, abbreviations in a note, and doses."""

    name = "clinical note"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield what stands behind a mark of clinical notes."""
        lower = lowered(text)
        for start, end in regions(lower, _MARK_TRIGGERS):
            for match in compiled(_MARKS).finditer(text, start, end):
                if _is_said(match["value"]):
                    yield self._finding(match, "It stands behind an abbreviation that clinical notes use.")
        for start, end in regions(lower, _HEADING_TRIGGERS):
            for match in compiled(_HEADINGS).finditer(text, start, end):
                vicinity = text[max(0, match.start() - _NEAR_CHARS) : match.end() + _NEAR_CHARS // 2]
                if _is_said(match["value"]) and compiled(_PATIENT).search(vicinity):
                    yield self._finding(match, "It stands below a heading of a clinical note about a patient.")
        starts = (capitals.start() for capitals in compiled(_CAPITALS).finditer(text))
        for match in matches(compiled(_ABBREVIATION), text, starts, len(text)):
            line = text.rfind("\n", max(0, match.start() - _SAME_NOTE_CHARS), match.start()) + 1
            before = text[max(line, match.start() - _SAME_NOTE_CHARS) : match.start()]
            if compiled(_NOTE).search(before) or _is_listed(text, match):
                yield self._finding(match, "An abbreviation for an illness in a clinical note.")
        for start, end in near(lower, _SAID_TRIGGERS, _SUBJECT_CHARS, _ILLNESS_CHARS):
            for match in compiled(_SAID).finditer(text, start, end):
                if _is_said(match["value"]):
                    yield self._finding(match, "Words for an illness of a person stand before it.")
        for start, end in around(text, _HAD, _SUBJECT_CHARS, _ILLNESS_CHARS):
            for match in compiled(_HAS).finditer(text, start, end):
                yield self._finding(match, "An abbreviation for an illness that a person is said to have.")
        for start, end in regions(lower, ("mg", "mcg", "µg", " ml", "units", " iu")):
            for match in compiled(_DOSE).finditer(text, start, end):
                before = text[max(0, match.start() - 60) : match.start()]
                if compiled(_DOSES).match(text, match.end()) or compiled(_DOSE_OF_ONE).search(before):
                    yield self._finding(match, "A medicine with its dose that a person takes.")

    def _finding(self, match: re.Match[str], reason: str) -> Finding:
        start, end = match.span("value")
        value = match["value"].rstrip(" ,:-")
        return Finding(start, end - (len(match["value"]) - len(value)), "HEALTH", CONTEXT, self.name, reason)


def _is_said(value: str) -> bool:
    return compiled(_NOTHING).match(value) is None and compiled(r"[^\W\d_]{2}").search(value) is not None


def _is_listed(text: str, match: re.Match[str]) -> bool:
    """Whether another of the abbreviations stands right beside it: "HTN, T2DM" is said of nobody but a patient."""
    if len(match["value"]) < 3:
        return False
    beside = compiled(rf"(?:,|/|[ ]and|[ ]&|[ ]\+)[ ]?{_ABBREVIATION}").match(text, match.end())
    return beside is not None and len(beside["value"]) > 2
