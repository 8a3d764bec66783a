"""National identity, tax, health and insurance numbers with right check digits (formulas are the issuers' own)."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from models.training.pii_corpus.addresses import digits
from models.training.pii_corpus.checks import grouped, luhn_digit, mod11_10, verhoeff_digit, weighted

_DNI = "TRWAGMYFPDXBNJZSQVHLCKE"
_CF_EVEN = {c: i for i, c in enumerate("0123456789")} | {c: i for i, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_CF_ODD_LETTERS = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_CF_ODD = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _CF_ODD_LETTERS, strict=True)) | dict(
    zip("0123456789", _CF_ODD_LETTERS, strict=False)
)


def _born(rng: random.Random) -> date:
    return date(1940, 1, 1) + timedelta(days=rng.randint(0, 25_000))


def _retry(make: Callable[[], str | None]) -> str:
    while (number := make()) is None:
        pass
    return number


def sin_ca(rng: random.Random) -> str:
    """Canada: Luhn."""
    body = digits("%#######", rng).replace("8", "7", 1)
    return grouped(body + luhn_digit(body), 3, rng.choice((" ", "-")))


def tfn_au(rng: random.Random) -> str:
    """Australia, tax file number: weights 1 4 3 7 5 8 6 9 10, mod 11."""

    def make() -> str | None:
        number = digits("%########", rng)
        return grouped(number, 3, " ") if weighted(number, (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0 else None

    return _retry(make)


def medicare_au(rng: random.Random) -> str:
    """Australia, Medicare card: weights 1 3 7 9 1 3 7 9, mod 10."""
    body = rng.choice("23456") + digits("#######", rng)
    check = weighted(body, (1, 3, 7, 9, 1, 3, 7, 9)) % 10
    return f"{body[:4]} {body[4:]}{check} {rng.randint(1, 5)}"


def aadhaar(rng: random.Random) -> str:
    """India: Verhoeff."""
    body = rng.choice("23456789") + digits("##########", rng)
    return grouped(body + verhoeff_digit(body), 4, " ")


def pan_in(rng: random.Random) -> str:
    """India, income tax: five letters (the fourth P for a person), four digits, a letter."""
    return digits("@@@P@####@", rng)


def nric_sg(rng: random.Random) -> str:
    """Singapore: weights 2 7 6 5 4 3 2."""
    body = digits("#######", rng)
    return f"S{body}{'JZIHGFEDCBA'[weighted(body, (2, 7, 6, 5, 4, 3, 2)) % 11]}"


def dni_es(rng: random.Random) -> str:
    """Spain: number mod 23, foreigners with X, Y or Z in front."""
    if rng.random() < 0.3:
        prefix, body = rng.choice("XYZ"), digits("#######", rng)
        return f"{prefix}{body}{_DNI[int(str('XYZ'.index(prefix)) + body) % 23]}"
    body = digits("########", rng)
    return f"{body}{rng.choice(('', '-'))}{_DNI[int(body) % 23]}"


def codice_fiscale(rng: random.Random) -> str:
    """Italy: name, birth and place, check letter by odd and even places."""
    born = _born(rng)
    name = "".join(rng.choice("BCDFGLMNPRSTVZ") for _ in range(6))
    place = rng.choice(("H501", "F205", "L219", "G273", "A944"))
    day = born.day + rng.choice((0, 40))
    body = f"{name}{born:%y}{'ABCDEHLMPRST'[born.month - 1]}{day:02d}{place}"
    total = sum((_CF_ODD if i % 2 == 0 else _CF_EVEN)[c] for i, c in enumerate(body))
    return body + chr(65 + total % 26)


def nir_fr(rng: random.Random) -> str:
    """France: 97 minus the number mod 97."""
    born = _born(rng)
    department = rng.choice(("75", "69", "13", "33", "44", "59"))
    body = f"{rng.choice('12')}{born:%y%m}{department}{rng.randint(1, 800):03d}{rng.randint(1, 990):03d}"
    key = f"{97 - int(body) % 97:02d}"
    return rng.choice((f"{body[0]} {body[1:3]} {body[3:5]} {body[5:7]} {body[7:10]} {body[10:]} {key}", body + key))


def steuer_id(rng: random.Random) -> str:
    """Germany: eleven digits, one of the first ten twice, ISO 7064 MOD 11,10."""
    chosen = rng.sample("0123456789", 9)
    body = [*chosen, rng.choice(chosen)]
    rng.shuffle(body)
    while body[0] == "0":
        rng.shuffle(body)
    number = "".join(body)
    number += mod11_10(number)
    return rng.choice((number, f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:]}"))


def bsn_nl(rng: random.Random) -> str:
    """Netherlands: weights 9 to 2 and -1, mod 11."""

    def make() -> str | None:
        number = digits("%########", rng)
        return number if weighted(number, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0 else None

    return _retry(make)


def rrn_be(rng: random.Random) -> str:
    """Belgium: birth date, serial, 97 minus the number mod 97."""
    body = f"{_born(rng):%y%m%d}{rng.randint(1, 997):03d}"
    return f"{body[:2]}.{body[2:4]}.{body[4:6]}-{body[6:]}.{97 - int(body) % 97:02d}"


def pesel(rng: random.Random) -> str:
    """Poland: birth date, serial, weights 1 3 7 9."""
    body = f"{min(_born(rng), date(1999, 12, 31)):%y%m%d}{digits('####', rng)}"
    return body + str(-weighted(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10)


def personnummer(rng: random.Random) -> str:
    """Sweden: birth date, serial, Luhn."""
    born = _born(rng)
    serial = digits("##%", rng)
    return f"{born:%y%m%d}-{serial}{luhn_digit(f'{born:%y%m%d}{serial}')}"


def hetu(rng: random.Random) -> str:
    """Finland: birth date, serial, mod 31."""
    born = min(_born(rng), date(1999, 12, 31))
    serial = f"{rng.randint(2, 899):03d}"
    return f"{born:%d%m%y}-{serial}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(f'{born:%d%m%y}{serial}') % 31]}"


def fodselsnummer(rng: random.Random) -> str:
    """Norway: birth date, serial, two control digits mod 11."""

    def make() -> str | None:
        body = f"{min(_born(rng), date(1999, 12, 31)):%d%m%y}{rng.randint(0, 499):03d}"
        first = -weighted(body, (3, 7, 6, 1, 8, 9, 4, 5, 2)) % 11
        second = -weighted(f"{body}{first % 10}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
        return f"{body[:6]} {body[6:]}{first}{second}" if first < 10 and second < 10 else None

    return _retry(make)


def cpr_dk(rng: random.Random) -> str:
    """Denmark: birth date and serial."""
    return f"{_born(rng):%d%m%y}-{digits('####', rng)}"


def nif_pt(rng: random.Random) -> str:
    """Portugal: weights 9 to 2, mod 11."""
    body = rng.choice("123") + digits("#######", rng)
    check = -weighted(body, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return grouped(f"{body}{check if check < 10 else 0}", 3, rng.choice(("", " ")))


def ahv_ch(rng: random.Random) -> str:
    """Switzerland: EAN-13 with the prefix 756."""
    body = digits("756#########", rng)
    check = -weighted(body, (1, 3) * 6) % 10
    return f"{body[:3]}.{body[3:7]}.{body[7:11]}.{body[11:]}{check}"


def pps_ie(rng: random.Random) -> str:
    """Ireland: weights 8 to 2, mod 23."""
    body = digits("#######", rng)
    return f"{body}{'WABCDEFGHIJKLMNOPQRSTUV'[weighted(body, (8, 7, 6, 5, 4, 3, 2)) % 23]}"


def cpf(rng: random.Random) -> str:
    """Brazil: two check digits mod 11."""
    body = digits("#########", rng)
    for length in (10, 11):
        body += str(weighted(body, range(length, 1, -1)) * 10 % 11 % 10)
    return rng.choice((f"{body[:3]}.{body[3:6]}.{body[6:9]}-{body[9:]}", body))


def curp(rng: random.Random) -> str:
    """Mexico: name, birth, sex, state, and a check digit mod 10."""
    born = min(_born(rng), date(1999, 12, 31))
    body = "".join((rng.choice("GLMRH"), rng.choice("AEIOU"), rng.choice("PRSTV"), rng.choice("JLMA")))
    consonants = "".join(rng.choice("RLNSTC") for _ in range(3))
    body += f"{born:%y%m%d}{rng.choice('HM')}{rng.choice(('DF', 'JC', 'OC', 'NL', 'PL'))}{consonants}0"
    table = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
    return f"{body}{-sum(table.index(c) * (18 - i) for i, c in enumerate(body)) % 10}"


def id_za(rng: random.Random) -> str:
    """South Africa: birth date, serial, citizenship, Luhn."""
    body = f"{_born(rng):%y%m%d}{digits('####', rng)}08"
    return body + luhn_digit(body)


def nin_ng(rng: random.Random) -> str:
    """Nigeria: eleven digits."""
    return digits("%##########", rng)


def rrn_kr(rng: random.Random) -> str:
    """Korea: birth date, serial, weights 2 to 9 and 2 to 5, mod 11."""
    body = f"{min(_born(rng), date(1999, 12, 31)):%y%m%d}{rng.choice('12')}{digits('#####', rng)}"
    check = (11 - weighted(body, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10
    return f"{body[:6]}-{body[6:]}{check}"


def my_number(rng: random.Random) -> str:
    """Japan: weights 6 5 4 3 2 7 6 5 4 3 2, mod 11."""
    body = digits("###########", rng)
    rest = weighted(body, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return grouped(body + str(0 if rest <= 1 else 11 - rest), 4, " ")


def id_cn(rng: random.Random) -> str:
    """China: ISO 7064 MOD 11-2."""
    body = f"{rng.choice(('110101', '310104', '440305', '510107'))}{_born(rng):%Y%m%d}{digits('###', rng)}"
    return body + "10X98765432"[weighted(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11]


def tckn(rng: random.Random) -> str:
    """Turkey: two check digits."""
    body = digits("%########", rng)
    first = (sum(map(int, body[::2])) * 7 - sum(map(int, body[1::2]))) % 10
    return f"{body}{first}{(sum(map(int, body)) + first) % 10}"


def id_th(rng: random.Random) -> str:
    """Thailand: weights 13 to 2, mod 11."""
    body = digits("%###########", rng)
    body += str((11 - weighted(body, range(13, 1, -1)) % 11) % 10)
    return f"{body[0]}-{body[1:5]}-{body[5:10]}-{body[10:12]}-{body[12]}"


def id_il(rng: random.Random) -> str:
    """Israel: Luhn."""
    body = digits("%#######", rng)
    return body + luhn_digit(body)


NATIONAL: dict[str, Callable[[random.Random], str]] = {
    "ca": sin_ca, "au": tfn_au, "medicare_au": medicare_au, "aadhaar": aadhaar, "pan": pan_in, "sg": nric_sg,
    "es": dni_es,
    "it": codice_fiscale, "fr": nir_fr, "de": steuer_id, "nl": bsn_nl, "be": rrn_be, "pl": pesel, "se": personnummer,
    "fi": hetu, "no": fodselsnummer, "dk": cpr_dk, "pt": nif_pt, "ch": ahv_ch, "ie": pps_ie, "br": cpf, "mx": curp,
    "za": id_za, "ng": nin_ng, "kr": rrn_kr, "jp": my_number, "cn": id_cn, "tr": tckn, "th": id_th, "il": id_il,
}  # fmt: skip
