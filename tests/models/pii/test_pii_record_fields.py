"""Keys of records (JSON, XML, YAML, forms, SQL) and headings of columns that say what a value is."""

import time

import pytest

from models.pii.recognizers.record_field import RecordFieldRecognizer
from models.pii.recognizers.table import TableRecognizer

FIELDS, TABLE = RecordFieldRecognizer(), TableRecognizer()


def found(text: str) -> set[tuple[str, str]]:
    return {(f.entity, text[f.start : f.end]) for f in FIELDS.find(text)}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            '{"fullName": "Ayanda Molefe", "dateOfBirth": "1991-03-04", "address": {"line1": "12 Marula Rd"}}',
            {("PERSON", "Ayanda Molefe"), ("DATE_OF_BIRTH", "1991-03-04"), ("ADDRESS", "12 Marula Rd")},
        ),
        ('{"patient": "Osei K.", "dx": "gout"}', {("PERSON", "Osei K."), ("HEALTH", "gout")}),
        ('{"first_name": "Mina", "nationalId": "8827364512"}', {("PERSON", "Mina"), ("NATIONAL_ID", "8827364512")}),
        ('{"patient_id": "PT-8831", "dob": "1980-02-01", "diagnoses": ["gout", "asthma"]}',
         {("ID_NUMBER", "PT-8831"), ("DATE_OF_BIRTH", "1980-02-01"), ("HEALTH", 'gout", "asthma')}),
        ('[{"from": "rooibos", "text": "hi"}]', {("USERNAME", "rooibos")}),
        (
            "<pt><name>Oona Virtanen</name><birthDate>1980-01-02</birthDate><diagnosis>asthma</diagnosis></pt>",
            {("PERSON", "Oona Virtanen"), ("DATE_OF_BIRTH", "1980-01-02"), ("HEALTH", "asthma")},
        ),
        ("lastName: 'Sorensen'\nzip: '00100'", {("PERSON", "Sorensen"), ("ADDRESS", "00100")}),
        (
            "INSERT INTO staff (id, first_name, religion) VALUES (1, 'Ines', 'Sikh'), (2, 'Abel', 'Jain');",
            {("PERSON", "Ines"), ("RELIGION", "Sikh"), ("PERSON", "Abel"), ("RELIGION", "Jain")},
        ),
        ("Born 1 May 1970, PESEL unknown. Religion: Orthodox.", {("RELIGION", "Orthodox")}),
        ("Surname: Okoro\nDoB: 1.2.1980\nUnion: the Bakers' Union",
         {("DATE_OF_BIRTH", "1.2.1980"), ("UNION", "the Bakers' Union")}),
    ],
)  # fmt: skip
def test_a_key_says_what_its_value_is(text: str, values: set[tuple[str, str]]) -> None:
    assert found(text) == values


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "left-pad", "version": "1.3.0", "main": "index.js"}',
        '{"name": "Kitchen table", "price": 120, "address": "10.0.0.1:80"}',
        "name: app\nversion: 2\nowner: platform-team\nuser: nginx",
        "Condition: used\nPrice: 12",
        "We read Religion: a short history, and liked it.",
        '{"from": "2024-01-01", "to": "2024-02-01"}',
        '{"from": "paris", "to": "lyon", "price": 30}',
        "INSERT INTO goods (sku, title, stock) VALUES ('A-1', 'Lamp', 4);",
        "<item><name>Lamp</name><price>12</price></item>",
        '{"treatment": "matt varnish", "procedure": "sand first"}',
    ],
)
def test_records_of_things_are_not_flagged(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("vin,plate,keeper\nWVWZZZ1JZXW000001,KP-4471,Ezra O.\n", ["WVWZZZ1JZXW000001", "KP-4471", "Ezra O."]),
        ("name;dob;insurance no\nNowak Ewa;1.2.1983;A123456780\n", ["Nowak Ewa", "1.2.1983", "A123456780"]),
        ("Name      Policy no     Phone\nJane Roe  PL-8823-11    0123 456789\n",
         ["Jane Roe", "PL-8823-11", "0123 456789"]),
        ("| user | login | phone |\n|---|---|---|\n| Ann Lee | annlee9 | 020 7946 0018 |",
         ["Ann Lee", "annlee9", "020 7946 0018"]),
        ("customerId\tiban\tmobilePhone\nC-88123\tDE00 1234\t0151 2345678\n", ["C-88123", "DE00 1234", "0151 2345678"]),
    ],
)  # fmt: skip
def test_headings_of_records_are_known_in_any_case(text: str, values: list[str]) -> None:
    assert [text[f.start : f.end] for f in TABLE.find(text)] == values


@pytest.mark.parametrize("text", ["vin model price\n", "Login\nWelcome back\n", "plan,card,price\nbasic,yes,4\n"])
def test_headings_of_things_are_not(text: str) -> None:
    assert list(TABLE.find(text)) == []


@pytest.mark.parametrize(
    "piece", ['"a":"b",', "a: b\n", "<a>", "<ab>x</", "insert into a (b) values (", "a=[", "x....."]
)
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    started = time.process_time()
    list(FIELDS.find(piece * 8_000))
    assert time.process_time() - started < 8
