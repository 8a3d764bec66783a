"""Numbers of courts, files and records in odd grouping, national numbers in lower case, births beside more words."""

import pytest

from models.pii.registry import pattern_analyzer

ANALYZER = pattern_analyzer()


def found(text: str) -> set[tuple[str, str]]:
    return {(f.entity, text[f.start : f.end]) for f in ANALYZER.scan(text).findings}


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("MRN: 8831-20-17", "ID_NUMBER", "8831-20-17"),
        ("file no A 204 555 812", "ID_NUMBER", "A 204 555 812"),
        ("Az. CR/7973/65", "ID_NUMBER", "CR/7973/65"),
        ("Parketnummer TW-2099-20275", "ID_NUMBER", "TW-2099-20275"),
        ("CUSTODY RECORD 242281-56", "ID_NUMBER", "242281-56"),
        ("EMPL NO         E34013", "ID_NUMBER", "E34013"),
        ("application no. 36255/06", "ID_NUMBER", "36255/06"),
        ("insurance number A123456780", "ID_NUMBER", "A123456780"),
        ("cf: rssmra85t10a562s", "NATIONAL_ID", "rssmra85t10a562s"),
        ("nie x1234567l", "NATIONAL_ID", "x1234567l"),
        ("Nascimento: 14 de julho de 2005", "DATE_OF_BIRTH", "14 de julho de 2005"),
        ("Je suis né en 1985 à Tunis", "DATE_OF_BIRTH", "1985"),
        ("DoB ........................... 2007-03-05", "DATE_OF_BIRTH", "2007-03-05"),
        ("Laura Mendez (1986-01-10) asked", "DATE_OF_BIRTH", "1986-01-10"),
    ],
)
def test_a_number_or_date_behind_its_label_is_found(text: str, entity: str, value: str) -> None:
    assert (entity, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Case 2020-01-02 was closed.",
        "case no 12/05/2019",
        "file not found 12345",
        "custody record of 2019",
        "file no. 3 of 12",
        "id rssmra85t10a56",
        "random rssmra85t10a562s text",
    ],
)
def test_other_numbers_are_not(text: str) -> None:
    assert found(text) == set()
