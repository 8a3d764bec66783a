import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engines.starter.entities import TYPES, find_entities
from models.pii.finding import Finding

TODAY = datetime.date(2025, 3, 5)


def found(text: str, *findings: Finding) -> list[tuple[str, str]]:
    return [(entity.text, entity.type) for entity in find_entities(text, findings, TODAY)]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("we met Dr. Leila Haddad there", ("Leila Haddad", "person")),
        ("Patient: Ewa Przykład", ("Ewa Przykład", "person")),
        ("signed by J. Falk.", ("J. Falk", "person")),
        ("it is due to Ahmed El-Sayed again", ("Ahmed El-Sayed", "person")),
        ("paid by Sable & Finch Catering Ltd in full", ("Sable & Finch Catering Ltd", "organisation")),
        ("with Banco Atlântico S.A. today", ("Banco Atlântico S.A.", "organisation")),
        ("the Ministry of Agriculture said", ("Ministry of Agriculture", "organisation")),
        ("at Northmoor General Hospital for", ("Northmoor General Hospital", "organisation")),
        ("an office in Munich now", ("Munich", "place")),
        ("moved to New York soon", ("New York", "place")),
        ("at 7 Quarry Road, behind", ("7 Quarry Road", "place")),
        ("for € 1,250.00 each", ("€ 1,250.00", "amount")),
        ("about USD 3.5 million more", ("USD 3.5 million", "amount")),
        ("write to a.b@mail.example now", ("a.b@mail.example", "email")),
        ("see https://x.example/a?b=1.", ("https://x.example/a?b=1", "url")),
        ("your claim no. CL-77-3051 is", ("CL-77-3051", "identifier")),
        ("on 3 May 2023 we", ("3 May 2023", "date")),
        ("Apologies: Mr Dennis Park.", ("Dennis Park", "person")),
        ("said mayor Doreen Trevanion there", ("Doreen Trevanion", "person")),
        ("from Baltic Freight Lines today", ("Baltic Freight Lines", "organisation")),
        ("logs to the vendor, Arctel Networks.", ("Arctel Networks", "organisation")),
        ("the utility Severn Electric will", ("Severn Electric", "organisation")),
        ("while Tidewatch, a local charity, asked", ("Tidewatch", "organisation")),
        ("Carrier: Nordwind", ("Nordwind", "organisation")),
        ("ST. BRIGID'S HOSPITAL – REGISTRATION", ("ST. BRIGID'S HOSPITAL", "organisation")),
        ("BRIGHTWATER PLUMBING INC.\n2207", ("BRIGHTWATER PLUMBING INC.", "organisation")),
        ("Policy of Meridian Health Group", ("Meridian Health Group", "organisation")),
        ("we leave for Tromsø on", ("Tromsø", "place")),
        ("feeds the Rhine in", ("Rhine", "place")),
        ("by Gullfoss Seafood ehf. today", ("Gullfoss Seafood ehf.", "organisation")),
        ("the Maple Court Residents' Association meets", ("Maple Court Residents' Association", "organisation")),
        ("at Hotel Marisol tonight", ("Hotel Marisol", "organisation")),
        ("Lieferung nach Graz bis", ("Graz", "place")),
        ("in my Toyota, to", ("Toyota", "organisation")),
        ("bei der Sparkasse Leipzig.", ("Sparkasse Leipzig", "organisation")),
        ("von bis zu 5.000 Euro.", ("5.000 Euro", "amount")),
    ],
)
def test_an_entity_is_found_with_its_type(text: str, entity: tuple[str, str]) -> None:
    assert entity in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "It uses 15 % less and costs nothing.",
        "The Tenant shall inform the Landlord of Confidential Information.",
        "You may will this to happen; mark my words and hope.",
        "Have a nice day, and cork the bottle.",
        "version 3.4.1 of the app",
        "Finally the bank answered. Is the garage open? Enclosed the bill.",
        "The shop in Charlotte Street was closed.",
        "Customer Care and Client Services are closed.",
    ],
)
def test_ordinary_words_are_no_entities(text: str) -> None:
    assert found(text) == []


def test_findings_of_the_analyzer_become_entities() -> None:
    phone = Finding(5, 20, "PHONE", 0.9, "phone", "looks like one")
    assert found("call +353 1 555 0142 now", phone) == [("+353 1 555 0142", "phone")]


def test_a_given_name_alone_is_left_out_beside_the_full_name() -> None:
    assert found("Katrin Vogel came. Katrin left.") == [("Katrin Vogel", "person")]


def test_a_short_name_of_a_company_is_no_person() -> None:
    calder = Finding(0, 6, "PERSON", 0.9, "tagger", "looks like one")
    assert found("Calder sells arms; it is Calder Robotics, Inc. now", calder) == [
        ("Calder Robotics, Inc.", "organisation")
    ]


def test_a_german_noun_after_its_article_is_no_person() -> None:
    text = "Wir haben das Lager nicht und das ist auch gut"
    assert found(text, Finding(14, 19, "PERSON", 0.9, "tagger", "looks like one")) == []


@pytest.mark.parametrize("name", ["Departure:", "Oslo", "vessel"])
def test_a_label_a_place_or_a_small_word_is_no_person(name: str) -> None:
    text = f"the {name} here"
    finding = Finding(4, 4 + len(name), "PERSON", 0.9, "tagger", "looks like one")
    assert all(kind != "person" for _, kind in found(text, finding))


def test_an_entity_is_listed_once() -> None:
    assert found("Munich, then Munich again") == [("Munich", "place")]


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(
            [
                "Anna",
                "Ltd",
                "of",
                "Dr.",
                "Munich",
                "3",
                "May",
                "€",
                "5",
                ":",
                ",",
                "\n",
                "Bank",
                "no.",
                "A-12",
                "@",
                "regards",
            ]
        )
    ).map(" ".join)
)
def test_spans_slice_back_and_never_overlap(text: str) -> None:
    end = 0
    for entity in find_entities(text, (), TODAY):
        assert text[entity.start : entity.end] == entity.text
        assert entity.type in TYPES
        assert entity.start >= end
        end = entity.end


@pytest.mark.parametrize(
    "unit", ["A ", "Ab ", "Ltd ", "Mr ", "Bank of ", "a@", "Anna Maria ", "Name: ", " ", "AB-", "1 rue "]
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    find_entities(text, (), TODAY)
    assert time.process_time() - began < 15


def test_what_is_said_of_a_person_is_no_identifier_and_a_firm_is_an_organisation():
    text = "Zyx Quorl has asthma and works at Blorptech."
    findings = [Finding(14, 20, "HEALTH", 0.8, "model", ""), Finding(34, 43, "ORGANISATION", 0.8, "model", "")]
    found = {(entity.text, entity.type) for entity in find_entities(text, findings, TODAY)}
    assert ("Blorptech", "organisation") in found
    assert not {kind for words, kind in found if words == "asthma"}
