"""National identity, tax and insurance numbers other than the US and UK ones; their formulas are public."""

import re
from collections.abc import Callable

from models.pii.recognizers.checksum import luhn, verhoeff, weighted_sum
from models.pii.recognizers.pattern import CHECKSUM, Context, Pattern, PatternRecognizer, digits_of

_WORDS = Context(
    (
        r"steuer-?id\w{0,20}", r"steuer\w{0,20}", "idnr", "tax", "tin", "insee", r"sécurité sociale", "nir", "dni",
        "nie", "nif", "codice fiscale", "c\\.?f\\.?", "bsn", "burgerservicenummer",
        "sofinummer", "aadhaar", "aadhar", "uidai", "pan", "sin", "social insurance", "tfn", "tax file",
        "medicare", "pesel", "cpf", "personnummer", "cpr", "ahv", "avs", "nas", "pps", "ppsn",
        "national id", "identity", "identification", "id", "ausweis\\w{0,12}",
    )
)  # fmt: skip
_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_CF_ODD = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            1,
            0,
            5,
            7,
            9,
            13,
            15,
            17,
            19,
            21,
            1,
            0,
            5,
            7,
            9,
            13,
            15,
            17,
            19,
            21,
            2,
            4,
            18,
            20,
            11,
            3,
            6,
            8,
            12,
            14,
            16,
            10,
            22,
            25,
            24,
            23,
        ),
        strict=True,
    )
)


def german_tax_id(value: str) -> bool:
    """Bundeszentralamt für Steuern: ISO 7064 MOD 11,10."""
    digits = digits_of(value)
    product = 10
    for char in digits[:10]:
        total = (int(char) + product) % 10 or 10
        product = total * 2 % 11
    return len(digits) == 11 and digits[0] != "0" and (11 - product) % 10 == int(digits[10])


def french_nir(value: str) -> bool:
    """INSEE: 97 minus the number mod 97; Corsica's 2A and 2B count as 19 and 18."""
    bare = re.sub(r"[ .-]", "", value).upper().replace("2A", "19", 1).replace("2B", "18", 1)
    return len(bare) == 15 and bare.isdigit() and 97 - int(bare[:13]) % 97 == int(bare[13:])


def spanish_dni(value: str) -> bool:
    """Ministerio del Interior: the letter is the number mod 23; a foreigner's X, Y, Z count as 0, 1, 2."""
    bare = re.sub(r"[ .-]", "", value).upper()
    number = bare[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return len(bare) == 9 and number.isdigit() and _DNI_LETTERS[int(number) % 23] == bare[-1]


def italian_codice_fiscale(value: str) -> bool:
    """Agenzia delle Entrate: odd places by table, even places by value, mod 26."""
    bare = value.upper()
    total = sum(
        _CF_ODD[char] if index % 2 == 0 else int(char, 36) - (0 if char.isdigit() else 10)
        for index, char in enumerate(bare[:15])
    )
    return chr(65 + total % 26) == bare[15]


def dutch_bsn(value: str) -> bool:
    """Rijksdienst voor Identiteitsgegevens: weights 9 to 2, then -1, multiple of eleven."""
    digits = digits_of(value)
    return len(digits) == 9 and len(set(digits)) > 1 and weighted_sum(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def polish_pesel(value: str) -> bool:
    """Ministerstwo Cyfryzacji: weights 1, 3, 7, 9 and a check digit that makes the sum a multiple of ten."""
    return weighted_sum(value, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0 and 1 <= int(value[2:4]) % 20 <= 12


def brazilian_cpf(value: str) -> bool:
    """Receita Federal: two check digits, weights from 10 and from 11 down, mod 11."""
    digits = digits_of(value)
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    return all(
        weighted_sum(digits[:size], range(size + 1, 1, -1)) * 10 % 11 % 10 == int(digits[size]) for size in (9, 10)
    )


def australian_tfn(value: str) -> bool:
    """Australian Taxation Office: weights 1, 4, 3, 7, 5, 8, 6, 9, 10, multiple of eleven."""
    digits = digits_of(value)
    return len(digits) == 9 and weighted_sum(digits, (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0


def _luhn_of_nine(value: str) -> bool:
    digits = digits_of(value)
    return len(digits) == 9 and len(set(digits)) > 1 and luhn(digits)


def _aadhaar(value: str) -> bool:
    digits = digits_of(value)
    return len(digits) == 12 and digits[0] not in "01" and verhoeff(digits)


def _swedish(value: str) -> bool:
    digits = digits_of(value)[-10:]
    return luhn(digits) and 1 <= int(digits[2:4]) <= 12


_L, _R = r"(?<![\w.-])", r"(?![\w-])"


def national_id_recognizer() -> PatternRecognizer:
    """Those with letters by their check digit alone; those of digits only with a word that names them nearby."""

    def of(country: str, regex: str, valid: Callable[[str], bool], *, alone: bool = False, run: bool = True) -> Pattern:
        reason = f"The check digit of {country} is right"
        whole = f"{_L}(?:{regex}){_R}"
        return Pattern(whole, CHECKSUM - 0.02, reason, valid, needs_context=not alone, has_digit_run=run)

    return PatternRecognizer(
        "national id",
        "NATIONAL_ID",
        (
            of("a German tax number", r"\d{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}", german_tax_id),
            of(
                "a French social security number",
                r"[12][ ]?\d{2}[ ]?(?:0[1-9]|1[0-2]|[2-9]\d)[ ]?(?:\d{2}|2[AB])[ ]?\d{3}[ ]?\d{3}[ ]?\d{2}",
                french_nir,
                alone=True,
            ),
            of(
                "a Spanish identity number",
                r"(?:\d{8}|[XYZ]-?\d{7}|\d{2}\.\d{3}\.\d{3})[- ]?[A-HJ-NP-TV-Z]",
                spanish_dni,
                alone=True,
            ),
            of(
                "an Italian tax code",
                r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]",
                italian_codice_fiscale,
                alone=True,
                run=False,
            ),
            of("a Dutch citizen number", r"\d{3}[ .]?\d{3}[ .]?\d{3}|\d{4}\.\d{2}\.\d{3}", dutch_bsn),
            of("an Indian Aadhaar number", r"\d{4}[ -]?\d{4}[ -]?\d{4}", _aadhaar),
            of("a Canadian insurance number", r"\d{3}[ -]?\d{3}[ -]?\d{3}", _luhn_of_nine),
            of("an Australian tax file number", r"\d{3}[ ]?\d{3}[ ]?\d{3}", australian_tfn),
            of("a Polish PESEL", r"\d{11}", polish_pesel),
            of("a Brazilian CPF", r"\d{3}\.\d{3}\.\d{3}-\d{2}", brazilian_cpf, alone=True),
            of("a Brazilian CPF", r"\d{11}", brazilian_cpf),
            of("a Swedish personal number", r"(?:19|20)?\d{6}[-+]\d{4}", _swedish),
            Pattern(
                _L + r"[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]" + _R,
                0.85,
                "It has the form of an Indian tax number",
                needs_context=True,
                triggers=("pan", "tax"),
            ),
            Pattern(
                _L + r"\d{7}[A-W][A-IW]?" + _R,
                0.7,
                "It has the form of an Irish PPS number",
                needs_context=True,
                has_digit_run=True,
            ),
        ),
        _WORDS,
    )
