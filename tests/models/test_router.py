"""Every rule of the router, as a table over all that it looks at."""

import itertools

import pytest

from models.pii.finding import Finding, Scan
from models.router import Route, Situation, decide
from models.skills.skill import SKILLS

CLEAR = Scan(())
FOUND = Scan((Finding(0, 22, "IBAN", 1.0, "iban", "The checksum is valid."),))
BROKEN = Scan((), complete=False, failures=("phone",))
READY = Situation(phi_installed=True, cloud_enabled=True, cloud_consent=True, cloud_key=True)
STAY = [skill for skill in SKILLS if skill != "draft"]
EVERYTHING = list(
    itertools.product(
        SKILLS,
        ("auto", "starter", "phi", "cloud"),
        (CLEAR, FOUND, BROKEN),
        [Situation(*bits) for bits in itertools.product((True, False), repeat=4)],
    )
)


def everything(**wanted: object) -> list[Route]:
    """The decisions of every combination that matches."""
    return [
        decide(skill, choice, scan, situation)
        for skill, choice, scan, situation in EVERYTHING
        if all(
            {"skill": skill, "choice": choice, "scan": scan}.get(key, getattr(situation, key, None)) == value
            for key, value in wanted.items()
        )
    ]


@pytest.mark.parametrize("skill", STAY)
def test_tasks_that_are_not_drafts_never_leave_whatever_is_chosen(skill: str) -> None:
    assert {route.engine for route in everything(skill=skill)} == {"starter", "phi", None}


@pytest.mark.parametrize("skill", STAY)
def test_the_cloud_for_another_task_than_a_draft_is_refused_in_words(skill: str) -> None:
    routes = everything(skill=skill, choice="cloud")
    assert {route.engine for route in routes} == {None}
    assert all("Only drafts may use the cloud" in route.reason and not route.blocked for route in routes)


@pytest.mark.parametrize("skill", STAY)
@pytest.mark.parametrize(("installed", "engine"), [(True, "phi"), (False, "starter")])
def test_auto_takes_phi_if_it_is_installed_and_else_the_starter(skill: str, installed: bool, engine: str) -> None:
    routes = everything(skill=skill, choice="auto", phi_installed=installed)
    assert {route.engine for route in routes} == {engine}


@pytest.mark.parametrize("skill", STAY)
def test_the_starter_is_used_when_chosen(skill: str) -> None:
    assert {route.engine for route in everything(skill=skill, choice="starter")} == {"starter"}


@pytest.mark.parametrize("skill", SKILLS)
@pytest.mark.parametrize(("installed", "engine"), [(True, "phi"), (False, None)])
def test_phi_is_used_when_chosen_and_refused_in_words_when_missing(
    skill: str, installed: bool, engine: str | None
) -> None:
    routes = everything(skill=skill, choice="phi", phi_installed=installed)
    assert {route.engine for route in routes} == {engine}
    assert all("Phi-4 Mini" in route.reason for route in routes)


def test_the_starter_refuses_drafts_and_names_what_writes_them() -> None:
    routes = everything(skill="draft", choice="starter")
    assert {route.engine for route in routes} == {None}
    assert all("Drafts need Phi-4 Mini" in route.reason for route in routes)


def test_the_cloud_is_reached_only_by_a_clear_draft_with_switch_consent_and_key() -> None:
    for skill, choice, scan, situation in EVERYTHING:
        if decide(skill, choice, scan, situation).engine == "cloud":
            assert skill == "draft"
            assert choice in ("auto", "cloud")
            assert scan.verdict == "clear"
            assert situation.cloud_enabled
            assert situation.cloud_consent
            assert situation.cloud_key


@pytest.mark.parametrize("choice", ["auto", "cloud"])
@pytest.mark.parametrize("installed", [True, False])
def test_a_clear_draft_goes_to_the_cloud_once_cloud_drafts_are_on(choice: str, installed: bool) -> None:
    route = decide("draft", choice, CLEAR, Situation(installed, True, True, True))
    assert route.engine == "cloud"
    assert "no personal details" in route.reason


@pytest.mark.parametrize("scan", [FOUND, BROKEN])
def test_a_draft_that_is_not_clear_stays_with_phi_on_auto(scan: Scan) -> None:
    route = decide("draft", "auto", scan, READY)
    assert (route.engine, route.blocked) == ("phi", False)
    assert "stays on this device" in route.reason


@pytest.mark.parametrize("choice", ["auto", "cloud"])
def test_a_draft_that_is_not_clear_and_has_no_phi_is_blocked_and_names_the_kinds(choice: str) -> None:
    route = decide("draft", choice, FOUND, Situation(False, True, True, True))
    assert (route.engine, route.blocked) == (None, True)
    assert "1 IBAN" in route.reason


def test_an_unfinished_scan_blocks_the_cloud_and_says_so() -> None:
    route = decide("draft", "cloud", BROKEN, READY)
    assert (route.engine, route.blocked) == (None, True)
    assert "could not be finished" in route.reason


@pytest.mark.parametrize(
    ("situation", "words"),
    [
        (Situation(True, False, True, True), "switched off"),
        (Situation(True, True, False, True), "not yet agreed"),
        (Situation(True, True, True, False), "no key"),
    ],
)
def test_the_cloud_says_what_it_still_needs(situation: Situation, words: str) -> None:
    route = decide("draft", "cloud", CLEAR, situation)
    assert (route.engine, route.blocked) == (None, False)
    assert words in route.reason


@pytest.mark.parametrize(
    "situation", [Situation(True), Situation(True, True, False, True), Situation(True, True, True, False)]
)
def test_a_draft_stays_with_phi_while_the_cloud_is_not_wholly_switched_on(situation: Situation) -> None:
    assert decide("draft", "auto", CLEAR, situation).engine == "phi"


def test_every_decision_gives_a_reason_that_is_a_sentence() -> None:
    assert all(route.reason[0].isupper() and route.reason.endswith(".") for route in everything())
