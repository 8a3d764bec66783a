"""Pasted tables: a heading says what the cells below it are."""

import time

import pytest

from models.pii.analyzer import Analyzer
from models.pii.recognizers.table import TableRecognizer
from models.pii.registry import default_recognizers

ANALYZER = Analyzer(default_recognizers())


def found(text: str) -> list[tuple[str, str]]:
    scan = ANALYZER.scan(text)
    assert scan.complete
    return [(f.entity, text[f.start : f.end]) for f in scan.findings]


def test_cells_below_a_heading_are_found() -> None:
    text = "id,name,email,phone,dob\n7,Jane Roe,jane@roe.net,+1-202-555-0114,1979-05-06\n8,Raj,,2025550143,1981-01-30\n"
    assert found(text) == [
        ("PERSON", "Jane Roe"),
        ("EMAIL", "jane@roe.net"),
        ("PHONE", "+1-202-555-0114"),
        ("DATE_OF_BIRTH", "1979-05-06"),
        ("PERSON", "Raj"),
        ("PHONE", "2025550143"),
        ("DATE_OF_BIRTH", "1981-01-30"),
    ]


def test_a_card_number_between_commas_is_found() -> None:
    assert found("5,4111111111111111,12/27") == [("PAYMENT_CARD", "4111111111111111")]


@pytest.mark.parametrize(
    ("heading", "name"),
    [("Mitgl.-Nr", "Nachname"), ("leerlingnr", "roepnaam"), ("Pat.-Nr.", "Name"), ("matricola", "cognome"),
     ("nr ucznia", "nazwisko"), ("número de socio", "apellidos")],
)  # fmt: skip
def test_a_number_that_stands_for_a_person_is_found_under_its_heading(heading: str, name: str) -> None:
    assert ("ID_NUMBER", "20418") in found(f"{heading};{name}\n20418;Okafor\n20431;Lund\n")
    assert found("Bestellnr;Artikel\n20418;Stuhl\n20431;Tisch\n") == []


def test_a_table_of_goods_is_not_flagged() -> None:
    assert found("sku,product,price,stock\n120,Chair,49.90,12\n121,Table,199.00,3\n") == []


def test_lines_of_another_width_end_the_table() -> None:
    assert found("name,dob\nJane Roe,1979-05-06\nThe end, at last, of it\nOak,1980-05-06\n") == [
        ("PERSON", "Jane Roe"),
        ("DATE_OF_BIRTH", "1979-05-06"),
    ]


def cells(text: str) -> list[tuple[str, str]]:
    return [(f.entity, text[f.start : f.end]) for f in TableRecognizer().find(text)]


TABLES = [
    (
        "Markdown",
        "| Patient | Age | Diagnosis |\n|---|---:|---|\n| Ngozi Okafor | 34 | asthma |\n| Li Wei | 61 | none |\n",
        ["Ngozi Okafor", "34", "asthma", "Li Wei", "61"],
    ),
    (
        "set with blanks",
        "Name            DOB          Religion\n------------------------------------\n"
        "Ngozi Okafor    03/04/1985   Catholic\nLi Wei                       none\n",
        ["Ngozi Okafor", "03/04/1985", "Catholic", "Li Wei"],
    ),
    ("tabs", "name\tunion\nAna Diaz\tUNISON\n", ["Ana Diaz", "UNISON"]),
    ("quoted cells", 'Name,Email,Notes\n"Doe, Jane",j@x.org,"a, b"\nRaj,,\n', ["Doe, Jane", "Raj"]),
    ("semicolons", "Nachname;Vorname;Gehalt\nDiaz;Ana;3000\n", ["Diaz", "Ana"]),
    ("empty rows", "name,dob\n,\nAna Diaz,1979-05-06\n", ["Ana Diaz", "1979-05-06"]),
    (
        "a rule below the heading",
        "Customer name | Tel no.\n----+----\nAna Diaz | 0201 555 0143\n",
        ["Ana Diaz", "0201 555 0143"],
    ),
    ("goods with a name", "id,name,price\n1,Oak Table,30\n", []),
    ("faults of machines", "Diagnosis\tcode\nflat battery\t12\n", []),
    ("a sentence with commas", "Name, address and date matter.\nOak, elm, ash\n", []),
]


@pytest.mark.parametrize(("text", "values"), [table[1:] for table in TABLES], ids=[table[0] for table in TABLES])
def test_a_heading_says_what_the_cells_are(text: str, values: list[str]) -> None:
    assert [value for _, value in cells(text)] == values


FORMS = [
    ("Name\nNgozi Okafor\nDate of birth\n3 May 1980\n", ["Ngozi Okafor", "3 May 1980"]),
    ("**Patient name:**\nNgozi Okafor\n", ["Ngozi Okafor"]),
    ("Name\nAddress\nPhone\n", []),
    ("Name\nthe name of the file\n", []),
    ("Age\n12\n", []),
]


@pytest.mark.parametrize(("text", "values"), FORMS)
def test_a_label_alone_on_a_line_says_what_stands_below_it(text: str, values: list[str]) -> None:
    assert [value for _, value in cells(text)] == values


def test_a_heading_is_remembered_to_the_end_of_a_long_table() -> None:
    text = "patient,diagnosis\n" + "Ngozi Okafor,asthma\n" * 4000
    found = ANALYZER.scan(text).findings
    assert len([f for f in found if f.entity == "HEALTH"]) == 4000


@pytest.mark.parametrize("unit", ['"', 'a,"', "a  ", "|", "name,dob\n", "Name\n", "name  dob\na  b\n", " \n"])
def test_hostile_tables_take_linear_time(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    began = time.process_time()
    list(TableRecognizer().follow(text))
    assert time.process_time() - began < 4
