"""Pasted tables: a heading says what the cells below it are."""

from models.pii.registry import default_analyzer

ANALYZER = default_analyzer()


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


def test_a_table_of_goods_is_not_flagged() -> None:
    assert found("sku,product,price,stock\n120,Chair,49.90,12\n121,Table,199.00,3\n") == []


def test_lines_of_another_width_end_the_table() -> None:
    assert found("name,dob\nJane Roe,1979-05-06\nThe end, at last, of it\nOak,1979-05-06\n") == [
        ("PERSON", "Jane Roe"),
        ("DATE_OF_BIRTH", "1979-05-06"),
    ]
