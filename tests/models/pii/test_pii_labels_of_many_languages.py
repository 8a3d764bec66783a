"""Labels of plates, accounts and telephones in many languages, before a value and over a column."""

import pytest

from models.pii.registry import pattern_analyzer

ANALYZER = pattern_analyzer()

LABELLED = [
    ("registreringsnummer", "IJZ 913", "VEHICLE"),
    ("rego", "NYL732", "VEHICLE"),
    ("patente", "AES875", "VEHICLE"),
    ("rekisterinumero", "TEG-465", "VEHICLE"),
    ("Kontrollschild", "TI-459 331", "VEHICLE"),
    ("numbrimärk", "984 LRX", "VEHICLE"),
    ("registracija", "ZG 1234-AB", "VEHICLE"),
    ("plat nomor", "C 2367 WN", "VEHICLE"),
    ("biển số xe", "68F-37291", "VEHICLE"),
    ("госномер", "А123ВС 77", "VEHICLE"),
    ("rendszám", "VXW-605", "VEHICLE"),
    ("placa", "DRJ-1B39", "VEHICLE"),
    ("kenteken", "12-ABC-3", "VEHICLE"),
    ("tilinumero", "20337225745429", "BANK_ACCOUNT"),
    ("číslo účtu", "52151883520067937001", "BANK_ACCOUNT"),
    ("hesap no", "3429722791966808557278", "BANK_ACCOUNT"),
    ("conto corrente", "Q7129957539008660798993", "BANK_ACCOUNT"),
    ("numer konta", "580976066768945397208679", "BANK_ACCOUNT"),
    ("számlaszám", "11773016-11111018", "BANK_ACCOUNT"),
    ("расчетный счет", "40817810099910004312", "BANK_ACCOUNT"),
    ("CBU", "2850590940090418135201", "BANK_ACCOUNT"),
    ("Reisepassnummer", "L11781198", "PASSPORT"),
    ("Führerscheinnummer", "B072RRE2I55", "DRIVING_LICENCE"),
    ("burgerservicenummer", "111222333", "NATIONAL_ID"),
    ("isikukood", "36805280109", "NATIONAL_ID"),
    ("rodné číslo", "7103192745", "NATIONAL_ID"),
]


def found(text: str, value: str) -> set[str]:
    """The entities found where ``value`` stands first."""
    start = text.index(value)
    return {f.entity for f in ANALYZER.scan(text).findings if f.start <= start + 1 and f.end >= start + len(value)}


@pytest.mark.parametrize(("label", "value", "entity"), LABELLED)
@pytest.mark.parametrize("frame", ["{}: {}", "Ana Berg\n{}: {}\nUlm"])
def test_a_value_behind_its_label_is_found(frame: str, label: str, value: str, entity: str) -> None:
    assert entity in found(frame.format(label, value), value)


@pytest.mark.parametrize(("label", "value", "entity"), LABELLED)
@pytest.mark.parametrize(
    "table",
    [
        "| Name | {} | City |\n|---|---|---|\n| Bo Lind | n/a | Bonn |\n| Ana Berg | {} | Ulm |\n",
        "Name,{},City\nBo Lind,,Bonn\nAna Berg,{},Ulm\n",
        "Name\t{}\tCity\nBo Lind\t\tBonn\nAna Berg\t{}\tUlm\n",
    ],
)
def test_a_value_under_its_label_is_found(table: str, label: str, value: str, entity: str) -> None:
    assert entity in found(table.format(label, value), value)


@pytest.mark.parametrize("label", ["IVA", "CI", "Team", "VAT", "uid", "Run", "Org"])
def test_a_heading_of_sums_and_programs_says_nothing_of_people(label: str) -> None:
    text = f"Name;{label};Total\nScrew M4;1234567;88\nBolt M6;2345678;99\n"
    assert not [f for f in ANALYZER.scan(text).findings if f.entity in ("NATIONAL_ID", "ID_NUMBER")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Call me at 98 46 83 49", "98 46 83 49"),
        ("Liga no (11) 97912-3804.", "(11) 97912-3804"),
        ("735 194 423 is my number", "735 194 423"),
        ("3748881202 is my mobile number.", "3748881202"),
        ("T +44 7436 493411 | M 9801231185", "9801231185"),
        ("reach me at 19564537", "19564537"),
    ],
)
def test_a_telephone_number_is_found_by_the_words_around_it(text: str, number: str) -> None:
    assert "PHONE" in found(text, number)


@pytest.mark.parametrize("text", ["Draw 12 23 34 45 again", "3748881202 is the sum", "part 19564537 is out of stock"])
def test_numbers_without_such_words_are_none(text: str) -> None:
    assert not [f for f in ANALYZER.scan(text).findings if f.entity == "PHONE"]


@pytest.mark.parametrize(
    ("text", "value", "entity"),
    [
        ("dn: uid=gavin1989,ou=people,dc=example,dc=org", "gavin1989", "USERNAME"),
        ("sAMAccountName: j.harker", "j.harker", "USERNAME"),
        ("Social media: Instagram amara_okpara36, Facebook none", "amara_okpara36", "USERNAME"),
        ("COUR D'APPEL DE DIJON\nN° RG 557812-01", "557812-01", "ID_NUMBER"),
        ("Tribunale di Siena - R.G. CR/8576/82", "CR/8576/82", "ID_NUMBER"),
        ("Ficha social n.º 979045-01", "979045-01", "ID_NUMBER"),
        ("VAT no: ES50148863W", "50148863W", "ID_NUMBER"),
        ("BIC: HATHKHPP", "HATHKHPP", "BANK_ACCOUNT"),
        ("Meera Yadav (1939-) is a retired vet", "1939", "DATE_OF_BIRTH"),
        ("Ida Kern was born in Graz in 1956, the youngest", "1956", "DATE_OF_BIRTH"),
        ("Councillor. Born in\nAdelaide in 1988, she left school", "1988", "DATE_OF_BIRTH"),
        ("Der 1981 geborene Kläger leidet", "1981", "DATE_OF_BIRTH"),
        ("MATRIC NO 20450918", "20450918", "ID_NUMBER"),
        ("MR #: 7795040", "7795040", "ID_NUMBER"),
        ("Ambulance sheet XS860554", "XS860554", "ID_NUMBER"),
        ("N/Réf. : KW-5334-4001", "KW-5334-4001", "ID_NUMBER"),
        ("Asunto: Siniestro 2031/40986", "2031/40986", "ID_NUMBER"),
        ("SENTENCIA CR/5051/81", "CR/5051/81", "ID_NUMBER"),
        ("Reporter: _gamer25_", "_gamer25_", "USERNAME"),
        ("maintainers: [uri.esp, x]", "uri.esp", "USERNAME"),
        ("Il danno alla vettura WW734DW", "WW734DW", "VEHICLE"),
        ("my ssn is 123-45-6789", "123-45-6789", "US_SSN"),
    ],
)
def test_names_of_accounts_files_and_years_are_found(text: str, value: str, entity: str) -> None:
    assert entity in found(text, value)


@pytest.mark.parametrize(
    "text",
    [
        "Enter the number as 123-45-6789.",
        "078-05-1120",
        "SWIFT PROGRAMMING",
        "The instagram app_store page",
        "telegram bot v2",
        "uid=1000,gid=1000",
        "The rg flag",
        "Elvis Presley was born in Tupelo in 1935.",
        "The movement was born in Ulm in 1990.",
        "Reporter: Reuters",
        "Maintainer: fullname-email (recommended)",
        "Report no. 20240918",
        "sentencia 45/2020 del Tribunal",
        "id: 507f1f77bcf86cd799439011",
    ],
)
def test_what_only_looks_like_one_of_them_is_none(text: str) -> None:
    assert not ANALYZER.scan(text).findings
