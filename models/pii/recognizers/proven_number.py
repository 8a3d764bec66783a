"""Numbers that prove themselves in running text: by a day of birth and a check digit, two of these, or a form of their own.

No word has to name them. For each, so many of a hundred chance numbers of the same shape would pass (simulated): most
fewer than one, Turkish, Taiwanese, prescriber's and Australian ones one or two, Irish four, Aadhaar eight, which only
counts in its usual groups. Numbers with nothing but one check digit (SIN, BSN, NHS, NIP …) are not among them.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.pii.finding import Finding
from models.pii.recognizers.checksum import luhn, weighted_sum
from models.pii.recognizers.device import imei
from models.pii.recognizers.goods import counts_goods, is_count
from models.pii.recognizers.national import formulas
from models.pii.recognizers.national.form import valid
from models.pii.recognizers.pattern import CHECKSUM, compiled, digit_regions, lowered, near

_OLDEST = 115
"""Years: nobody alive was born earlier."""


def is_birthday(year: int, month: int, day: int) -> bool:
    """Whether somebody alive may be born on that day."""
    this_year = datetime.datetime.now(tz=datetime.UTC).year
    return this_year - _OLDEST <= year <= this_year and formulas.is_date(year, month, day)


def _born(year: str, month: str, day: str) -> bool:
    """With a year of two digits, in either century."""
    return any(is_birthday(century + int(year), int(month), int(day)) for century in (1900, 2000))


def is_time_of_day(digits: str) -> bool:
    """Whether four digits read as hours and minutes: behind a date they make a time stamp."""
    return int(digits[:2]) < 24 and int(digits[2:]) < 60


def _danish(number: str) -> bool:
    """CPR-kontoret: day, month, year, then weights 4, 3, 2, 7 to 2, 1, mod 11 (not on a few days of birth since 2007)."""
    return (
        weighted_sum(number, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0
        and _born(number[4:6], number[2:4], number[:2])
        and not is_time_of_day(number[6:])
    )


def _icelandic(number: str) -> bool:
    """Þjóðskrá: day, month, year, weights 3, 2, 7 to 2, mod 11 in the ninth place, century 9 or 0 in the tenth."""
    return weighted_sum(number, (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0 and _born(number[4:6], number[2:4], number[:2])


def _swedish(number: str) -> bool:
    """Skatteverket: year, month, day (60 more in coordination numbers), then Luhn over the last ten digits."""
    century, number = number[:-10], number[-10:]
    if not luhn(number) or is_time_of_day(number[6:]):
        return False
    day = f"{int(number[4:6]) % 60}"
    if century:
        return is_birthday(int(century + number[:2]), int(number[2:4]), int(day))
    return _born(number[:2], number[2:4], day)


def _latvian(number: str) -> bool:
    """PMLP: day, month, year, century, then weights 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 and 1101 less their sum, mod 11."""
    check = (1101 - weighted_sum(number, (1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11
    return check == int(number[10]) and _born(number[4:6], number[2:4], number[:2])


def _austrian(number: str) -> bool:
    """Hauptverband: weights 3, 7, 9, 5, 8, 4, 2, 1, 6 around the check digit in fourth place; day, month, year."""
    total = weighted_sum(number[:3], (3, 7, 9)) + weighted_sum(number[4:], (5, 8, 4, 2, 1, 6))
    return total % 11 == int(number[3]) and number[0] != "0" and _born(number[8:], number[6:8], number[4:6])


def _polish(number: str) -> bool:
    """MSWiA: year, month (20 more from 2000 on), day, weights 1, 3, 7, 9, mod 10."""
    month = int(number[2:4])
    year = int(number[:2]) + (2000 if month > 20 else 1900)
    return weighted_sum(number, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0 and is_birthday(
        year, month % 20, int(number[4:6])
    )


def _baltic(number: str) -> bool:
    """Estonia (EVS 585) and Lithuania: sex and century, year, month, day, check digit."""
    year = int(number[1:3]) + {"3": 1900, "4": 1900, "5": 2000, "6": 2000}[number[0]]
    return is_birthday(year, int(number[3:5]), int(number[5:7])) and valid("ee.ik", number)


def _turkish(number: str) -> bool:
    return sum(map(int, number[:10])) % 10 == int(number[10]) and valid("tr.tckimlik", number)


def _belgian(number: str) -> bool:
    return _born(number[:2], number[2:4], number[4:6]) and valid("be.nn", number)


def _german(number: str) -> bool:
    """Bundeszentralamt für Steuern: of the first ten digits one comes twice or thrice, the others once at most."""
    return 8 <= len(set(number[:10])) <= 9 and valid("de.idnr", number)


def _greek(number: str) -> bool:
    return luhn(number) and _born(number[4:6], number[2:4], number[:2])


def _south_african(number: str) -> bool:
    """Home Affairs: year, month, day, citizen or resident, Luhn; before 1994 the digit before the last was the race."""
    return number[10] in "01" and luhn(number) and _born(number[:2], number[2:4], number[4:6])


def _romanian(number: str) -> bool:
    return number[0] in "12345678" and _born(number[1:3], number[3:5], number[5:7]) and valid("ro.cnp", number)


def _south_slavic(number: str) -> bool:
    year = int(number[4:7]) + (2000 if number[4] == "0" else 1000)
    return is_birthday(year, int(number[2:4]), int(number[:2])) and valid("si.emso", number)


def _prescriber(number: str) -> bool:
    """DEA: practitioners and hospitals begin with A, B, F or G, others who prescribe with M."""
    return number[0] in "ABFGM" and formulas.dea(number)


def _taxpayer(number: str) -> bool:
    """Instituto de Identificación fiscal: a person's has four letters, the second mostly a vowel, and the day of birth."""
    return number[1] in "AEIOUX" and _born(number[4:6], number[6:8], number[8:10]) and valid("mx.rfc", number)


def _spanish(number: str) -> bool:
    """Tesorería General de la Seguridad Social: one of 53 provinces, then ``spanish_social_security``."""
    return 1 <= int(number[:2]) <= 53 and formulas.spanish_social_security(number)


def _taiwanese(number: str) -> bool:
    return number[1] in "12" and formulas.taiwanese_id(number)


_OFFICES = ("EAC", "WAC", "LIN", "SRC", "MSC", "NBC", "YSC", "IOE", "VSC", "CSC", "TSC", "MCT")


def _receipt(number: str) -> bool:
    """USCIS: an office or the electronic system, then ten digits."""
    return number[:3] in _OFFICES


def _telephone(number: str) -> bool:
    """GSMA TS.06: the first two digits stand for the body that gave the number out."""
    return number[:2] in ("01", "35", "86", "91", "98", "99") and imei(number)


@dataclass(frozen=True, slots=True)
class Proof:
    """``what`` completes "It proves itself to be …". ``check`` is given letters and digits without separators."""

    what: str
    check: Callable[[str], bool]
    entity: str = "NATIONAL_ID"


_AADHAAR = Proof("an Indian Aadhaar number", lambda number: number[0] > "1" and formulas.aadhaar(number))
_NORWEGIAN = Proof("a Norwegian birth number", lambda number: valid("no.fodselsnummer", number))
_SWEDISH = Proof("a Swedish personal number", _swedish)
_GERMAN = Proof("a German tax number", _german)
_SOUTH_AFRICAN = Proof("a South African identity number", _south_african)
_PPS = Proof("an Irish PPS number", lambda number: valid("ie.pps", number))
_RFC = Proof("a Mexican taxpayer number", _taxpayer)
_IMEI = Proof("an IMEI", _telephone, "DEVICE_ID")
_SPANISH = Proof("a Spanish social security number", _spanish)

# A shape: 9 for a digit, A for a capital, a for a small letter, and the separators as they stand.
_SHAPES: dict[str, tuple[Proof, ...]] = {
    "99999999999": (
        _NORWEGIAN,
        Proof("a Turkish identity number", _turkish),
        Proof("a Polish PESEL", lambda number: number[2] in "0123" and _polish(number)),
        Proof("a Baltic personal code", lambda number: number[0] in "3456" and _baltic(number)),
        Proof("a Greek health insurance number", _greek),
        Proof("a Belgian national number", _belgian),
        _GERMAN,
    ),
    "999999 99999": (_NORWEGIAN,),
    "999999-99999": (Proof("a Latvian personal code", lambda number: number[6] in "012" and _latvian(number)),),
    "999999-9999": (
        Proof("a Danish personal number", _danish),
        _SWEDISH,
        Proof("an Icelandic number", lambda number: number[9] in "09" and _icelandic(number)),
    ),
    "99999999-9999": (_SWEDISH,),
    "999999999999": (_SWEDISH,),
    "9999 999999": (Proof("an Austrian insurance number", _austrian),),
    "9999999999999": (
        _SOUTH_AFRICAN,
        Proof("a Romanian personal code", _romanian),
        Proof("a South Slavic citizen number", lambda number: number[4] in "09" and _south_slavic(number)),
    ),
    "999999 9999 999": (_SOUTH_AFRICAN,),
    "999999 9999 99 9": (_SOUTH_AFRICAN,),
    "99 999 999 999": (_GERMAN, Proof("an Australian business number", lambda number: valid("au.abn", number))),
    "9999 9999 9999": (_AADHAAR,),
    "99 99999999 99": (_SPANISH,),
    "99/99999999/99": (_SPANISH,),
    "A999999999": (Proof("a Taiwanese identity number", _taiwanese),),
    "9999999A": (_PPS,),
    "9999999AA": (_PPS,),
    "a9999999a": (Proof("a Singapore identity number", lambda number: number[0] in "STFG" and formulas.singapore_nric(number)),),
    "AA9999999": (Proof("a US prescriber number (DEA)", _prescriber, "ID_NUMBER"),),
    "AAA9999999999": (Proof("a US immigration receipt", _receipt, "ID_NUMBER"),),
    "999999999999999": (_IMEI,),
    "99 999999 999999 9": (_IMEI,),
    "99-999999-999999-9": (_IMEI,),
} | {f"AAAA999999{a}{b}{c}": (_RFC,) for a in "9A" for b in "9A" for c in "9A"}  # fmt: skip
_TO_SHAPE = str.maketrans(
    {str(digit): "9" for digit in range(10)}
    | dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "A")
    | dict.fromkeys("abcdefghijklmnopqrstuvwxyz", "a")
)
# The longest run of groups with single separators: a number is none where further groups belong to it.
_RUN = r"\d(?<![\d./-].)(?<!\d,.)\d{1,18}(?:[ /-]\d{1,12}){0,5}[A-Za-z0-9]{0,3}(?![\w-])(?![./:]\d)"
_LEAST_CHARS = 7
_MOST_LETTERS = 4
"""Before the first digit."""
_GROUP = r"[^ ]+"


class ProvenNumberRecognizer:
    """Reads runs of digits by their shape, so that each costs one look into a table."""

    name = "proven number"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield numbers that pass their check, unless a word right before says that they count things."""
        run, group = compiled(_RUN), compiled(_GROUP)
        for start, end in digit_regions(text):
            for match in run.finditer(text, start, end):
                if match.end() - match.start() < _LEAST_CHARS:
                    continue
                begin, stop = _with_letters(text, match.start()), match.end()
                proof = None if begin is None else _proof(text[begin:stop])
                if begin is not None and proof is not None:
                    yield from self._finding(proof, begin, stop, text)
                elif " " in match[0]:
                    for part in group.finditer(text, match.start() if begin is None else begin, stop):
                        if (begin is not None or part.start() > match.start()) and (proof := _proof(part[0])):
                            yield from self._finding(proof, *part.span(), text)
        for lead, regex, entity, what in _FORMS:
            for match in compiled(regex).finditer(text):
                yield from self._formed(match.start() - lead, match.end(), entity, what, text)
        for start, end in near(lowered(text), _MEDICAL, 90, 90):
            for match in compiled(_MBI).finditer(text, start, end):
                yield from self._formed(*match.span(), "ID_NUMBER", "a Medicare number (US MBI)", text)

    def _formed(self, start: int, end: int, entity: str, what: str, text: str) -> Iterator[Finding]:
        value = text[start:end]
        both = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
        if both and "0000" not in value and len(set(value)) > 3 and not counts_goods(text, start):
            yield Finding(start, end, entity, CHECKSUM - 0.1, self.name, f"It has the form of {what}.")

    def _finding(self, proof: Proof, start: int, end: int, text: str) -> Iterator[Finding]:
        if not counts_goods(text, start) and not is_count(text, end):
            reason = f"Its form and check digits prove it to be {proof.what}."
            yield Finding(start, end, proof.entity, CHECKSUM - 0.02, self.name, reason)


_JOINED = tuple("./-_")
# These hold too few digits in a row to lie among such runs. How many characters stand before the first that never
# changes, by which the engine finds them in no time; the form from there on; the entity; and what it is.
_FORMS = (
    (
        3,
        r"P(?<=(?<![\w/.-])[A-Z]{3}P)[A-Z]\d{4}[A-Z](?![\w-])",
        "NATIONAL_ID",
        "an Indian tax number (PAN) of a person",
    ),
    (
        4,
        r"\.(?<=(?<![\w.:/-])[0-9A-Fa-f]{4}\.)"
        r"[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w:-]|\.\w)",
        "MAC_ADDRESS",
        "a device's address in three groups",
    ),
)
_L, _C = "[AC-HJKMNP-RT-Y]", "[AC-HJKMNP-RT-Y0-9]"
_MBI = rf"[1-9](?<![\w/.-].){_L}{_C}\d(?P<s>-?){_L}{_C}\d(?P=s){_L}{{2}}\d{{2}}(?![\w-])"
_MEDICAL = (
    "medicare", "medicaid", "mbi", "patient", "claim", "beneficiar", "insur", "coverage", "provider", "eligib", "member", "denied", "part b", "hospice",
    "clinic", "pharmacy", "bill",
)  # fmt: skip


def _with_letters(text: str, start: int) -> int | None:
    """Where the word that holds the first digit begins; None when that is no letters or too many."""
    if not text[start - 1 : start].isalpha():
        return start
    begin = start
    while begin > 0 and text[begin - 1].isalpha() and start - begin <= _MOST_LETTERS:
        begin -= 1
    if begin < start and (start - begin > _MOST_LETTERS or text[begin - 1 : begin] in _JOINED):
        return None
    return None if text[begin - 1 : begin].isalnum() else begin


def _proof(value: str) -> Proof | None:
    proofs = _SHAPES.get(value.translate(_TO_SHAPE))
    if proofs is None:
        return None
    number = formulas.bare(value)
    if len(set(number)) < 4:
        return None
    return next((proof for proof in proofs if proof.check(number)), None)
