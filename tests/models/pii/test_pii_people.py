"""Names where the text itself says that it is one."""

import pytest

from models.pii.recognizers.person import PersonRecognizer

NAMES = [
    ("I met Mr. O'Brien and Mrs Müller-Lüdenscheidt.", ["O'Brien", "Müller-Lüdenscheidt"]),
    ("Dr. Amelia Hart saw the patient, Thomas Greene, aged 54.", ["Amelia Hart", "Thomas Greene"]),
    ("Herr Prof. Dr. Klaus von der Heide, Frau Özdemir", ["Klaus von der Heide", "Özdemir"]),
    ("Mme Claire Dubois, Sr. Juan Pérez, Sig.ra Rossi", ["Claire Dubois", "Juan Pérez", "Rossi"]),
    ("Patient Name: HARRISON, Michael T.\nAge: 61", ["HARRISON, Michael T."]),
    ("Patient: Maria", ["Maria"]),
    ("Name: Jane Doe", ["Jane Doe"]),
    ("| Name | Priya Natarajan |", ["Priya Natarajan"]),
    ("**Employee:** Sarah O'Connor", ["Sarah O'Connor"]),
    ("Full name\tKarl Heinz Meier", ["Karl Heinz Meier"]),
    ("Tenant: Grace Okafor; Landlord: Peter H. Lindqvist", ["Grace Okafor", "Peter H. Lindqvist"]),
    ("Attendees: Maria Silva, John Park, and Wei Chen (PM)", ["Maria Silva", "John Park", "Wei Chen"]),
    ("Attendees: Ana, Raj and Tom", ["Ana", "Raj", "Tom"]),
    ("Dear Jane,\nthank you", ["Jane"]),
    ("Sehr geehrte Damen und Herren,\nLiebe Anna,", ["Anna"]),
    ("See you soon.\n\nKind regards,\n\nPeter Müller\nHead of Sales", ["Peter Müller"]),
    ("All done. Thanks, Olivia", ["Olivia"]),
    ('From: "Smith, Jane" <jane@contoso.com>\nCc: Bob Lee <bob@contoso.com>', ["Smith, Jane", "Bob Lee"]),
    ("Hello, my name is Priya.", ["Priya"]),
    ("this is Laura Bennett from accounts", ["Laura Bennett"]),
    (
        "Patient Jane Hollis (DOB unknown) and Michael R. Stanton, residing in Albany",
        ["Jane Hollis", "Michael R. Stanton"],
    ),
    ("/s/ Jane Q. Rivers", ["Jane Q. Rivers"]),
    ("Пациент: \nMr. Иван Петров", ["Иван Петров"]),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_a_name_is_found_by_what_stands_around_it(text: str, names: list[str]) -> None:
    found = {(finding.start, finding.end) for finding in PersonRecognizer().find(text)}
    assert [text[start:end] for start, end in sorted(found)] == names


@pytest.mark.parametrize("label", ["File name", "Company name", "Product name", "Street name", "Username"])
def test_a_label_for_a_thing_introduces_no_person(label: str) -> None:
    assert list(PersonRecognizer().find(f"{label}: Silver Falcon")) == []
