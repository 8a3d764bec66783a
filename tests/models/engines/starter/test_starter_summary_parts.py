"""Each sentence of a meeting, a ticket or a compliance document goes where a person would look for it."""

import numpy as np
import pytest

from models.engines.starter.summarize import summarize


def embed(texts: list[str]) -> np.ndarray:
    vectors = np.zeros((len(texts), 384), dtype=np.float32)
    vectors[np.arange(len(texts)), np.arange(len(texts)) % 384] = 1
    return vectors


def section(style: str, name: str, text: str) -> list[str]:
    summary = summarize(text, style, embed)
    return summary.split(f"## {name}\n")[1].split("\n\n")[0].splitlines()


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("Tom: OK, fine. I'll sign the contract today.", ["- Tom: sign the contract today"]),
        ("[09:06] Aisha: I can order the boxes by Monday.", ["- Aisha: order the boxes (due Monday)"]),
        ("Maria: Yes. And Tom, could you ask the bank for a quote?", ["- Tom: ask the bank for a quote"]),
        ("Mo: Will do.", ["Not stated in the text."]),
        (
            "The treasurer is to get three quotes until 30 November.",
            ["- The treasurer: get three quotes (due 30 November)"],
        ),
        ("On the call: Hugo Berg\n\n- Hugo sends the note by 4 May.", ["- Hugo: sends the note (due 4 May)"]),
        ("On the call: Hugo Berg\n\n- Hugo likes the note.", ["Not stated in the text."]),
        ("Joan has been asked to check the cover.", ["- Joan: check the cover"]),
        ("Priya: Today I'll write the tests.", ["- Priya: write the tests"]),
        ("Ms Keane undertook to obtain two quotes.", ["- Ms Keane: obtain two quotes"]),
        ("Action items:\n- Omar: cancel the server\nNext meeting: 24 November 2026", ["- Omar: cancel the server"]),
        ("Aufgaben:\n- Jonas kündigt den Vertrag bis 15. Mai", ["- Jonas: kündigt den Vertrag (due 15. Mai)"]),
        (
            "Teilnehmer: Ayla Kaya, Bo Lund\n\nAufgaben:\n- Ayla schreibt das Protokoll",
            ["- Ayla: schreibt das Protokoll"],
        ),
        ("This Agreement shall end in May.", ["Not stated in the text."]),
    ],
)
def test_a_meeting_gives_its_tasks_to_someone(text: str, actions: list[str]) -> None:
    assert section("meeting", "Action items", text) == actions


@pytest.mark.parametrize(
    ("text", "decisions"),
    [
        ("Yes, let's go with Swift Relocations.", ["- Yes, let's go with Swift Relocations."]),
        ("The board rejected the proposal to build.", ["- The board rejected the proposal to build."]),
        ("Ann: We take the blue one.\nBo: OK, agreed.", ["- Ann: We take the blue one."]),
        ("Did we decide on the colour?", ["Not stated in the text."]),
        ("Es wurde beschlossen, das Lager zu schließen.", ["- Es wurde beschlossen, das Lager zu schließen."]),
        ("Es wurde nichts beschlossen.", ["Not stated in the text."]),
        ("Il a été décidé de fermer le dépôt.", ["- Il a été décidé de fermer le dépôt."]),
        ("Se acordó cerrar el almacén.", ["- Se acordó cerrar el almacén."]),
        ("Beschluss: Wir wechseln zum 1. Juli 2026.", ["- Beschluss: Wir wechseln zum 1. Juli 2026."]),
    ],
)
def test_a_meeting_keeps_what_was_settled(text: str, decisions: list[str]) -> None:
    assert section("meeting", "Decisions", text) == decisions


def test_a_person_who_is_called_a_party_is_one() -> None:
    text = 'between (1) Larkspur Ltd ("the Client") and (2) Dr Miriam Oyelaran of Bath ("the Consultant").'
    assert {"- Larkspur Ltd", "- Miriam Oyelaran"} <= set(section("compliance", "Parties", text))


def test_when_they_meet_again_stands_in_the_summary() -> None:
    text = "We spoke of the roof. It was agreed to wait. Next meeting: 24 November 2026."
    assert section("meeting", "Summary", text)[-1] == "Next meeting: 24 November 2026."


def test_who_was_there_is_no_part_of_the_summary() -> None:
    text = "Attendees: Ann Bo, Cy Dee\n\nWe spoke of the roof. It was agreed to wait."
    assert section("meeting", "Summary", text) == ["We spoke of the roof."]


TICKET = """Priority: high
Problem: Users lose the connection. About 40 are affected.
Steps taken: The firmware was upgraded. The logs were sent.
Current state: Waiting for the vendor.
Next step: Roll back on Monday."""


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Problem", ["- Problem: Users lose the connection.", "- About 40 are affected."]),
        ("Steps tried", ["- Steps taken: The firmware was upgraded.", "- The logs were sent."]),
        ("Status", ["- Current state: Waiting for the vendor."]),
        ("Next", ["- Next step: Roll back on Monday."]),
    ],
)
def test_the_labels_of_a_ticket_sort_its_sentences(name: str, lines: list[str]) -> None:
    assert section("ticket", name, TICKET) == lines


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("I called your hotline twice and nobody came.", "Steps tried"),
        ("A fix is being tested at the moment.", "Status"),
        ("A technician is on the way.", "Status"),
        ("The scanner next to the kitchen sends empty mails.", "Problem"),
        ("The root cause is a wrong path.", "Status"),
        ("The door does not close.", "Problem"),
        ("Je ne peux plus me connecter.", "Problem"),
        ("J'ai essayé avec un autre navigateur.", "Steps tried"),
        ("Merci de me rappeler avant vendredi.", "Next"),
        ("Der Drucker funktioniert nicht.", "Problem"),
        ("Ich habe den Drucker neu gestartet.", "Steps tried"),
        ("El técnico sigue sin venir.", "Status"),
        ("No puedo entrar en mi cuenta.", "Problem"),
    ],
)
def test_the_words_of_a_ticket_sort_its_sentences(sentence: str, name: str) -> None:
    assert section("ticket", name, f"The problem is an error in the app. {sentence}")[-1] == f"- {sentence}"


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("The Tenant pays a deposit.", {"Obligations"}),
        ("No pets are allowed.", {"Obligations"}),
        ("A cup of coffee is fine.", set()),
        ("Late work is paid less: the fee is reduced by 2 percent.", {"Penalties"}),
        ("Records are to be kept.", {"Obligations"}),
        ("Der Mieter hinterlegt eine Kaution.", {"Obligations"}),
        ("A fee of five euros is added.", set()),
        ("A late charge of $75 will be added.", {"Penalties"}),
        ("The Customer receives a service credit of 5 percent.", {"Penalties"}),
        ("Either party may terminate with sixty days' written notice.", {"Deadlines"}),
        ("The Lender may terminate the loan immediately.", {"Deadlines", "Penalties"}),
        ("Records are kept for eight years.", {"Deadlines"}),
        ("Staff train once a year.", {"Deadlines"}),
        ("It holds for 99.9 percent of each month.", set()),
        ("The lease was made on 1 August 2026.", set()),
        ("Every flat pays a charge, due on the first of the month.", {"Obligations", "Deadlines"}),
        ("Rubbish is out by 7 am.", {"Deadlines"}),
        ("Reports are due by the end of March.", {"Deadlines"}),
        ("Any suspected breach must be reported.", {"Obligations"}),
        ("Die Unterweisung ist bis zum 31. Januar zu wiederholen.", {"Obligations", "Deadlines"}),
        ("Es droht ein Bußgeld von 5.000 Euro.", {"Penalties"}),
        ("Le prestataire doit répondre dans un délai de dix jours.", {"Obligations", "Deadlines"}),
        ("Se aplicará una multa de 300 euros.", {"Penalties"}),
    ],
)
def test_a_compliance_document_is_sorted(sentence: str, names: set[str]) -> None:
    text = f"The house is old. {sentence} The garden is green."
    found = {
        name
        for name in ("Obligations", "Deadlines", "Penalties")
        if f"- {sentence}" in section("compliance", name, text)
    }
    assert found == names
