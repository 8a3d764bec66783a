"""Rules that decide before any model, and packs written back as TOML."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from models.skills.loader import load_packs
from models.skills.pack import BadKey, task_from_pack
from models.skills.pack_writer import pack_text
from models.skills.parsing import parse_answer
from models.skills.prompts import system_text
from models.skills.rules import Rule, first_rule

LETTER = "From: Ann <ann@billing.example>\n\nI was charged 1,250.00 EUR twice. Please refund me at once."


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (Rule("x", contains=("REFUND",)), "Your rule: the text contains “REFUND”."),
        (Rule("x", contains=("never", "charged 1,250.00")), "Your rule: the text contains “charged 1,250.00”."),
        (Rule("x", pattern=r"\btwice\b"), "Your rule: its pattern was found."),
        (Rule("x", sender="@billing.example"), "Your rule: the sender is “@billing.example”."),
        (Rule("x", amount_over=1000), "Your rule: an amount is above 1000."),
        (
            Rule("x", contains=("refund",), amount_over=500),
            "Your rule: the text contains “refund” and an amount is above 500.",
        ),
    ],
)
def test_a_rule_that_holds_says_why(rule: Rule, reason: str) -> None:
    assert first_rule([rule], LETTER) == (rule, reason)


@pytest.mark.parametrize(
    "rule",
    [
        Rule("x", contains=("fund",)),
        Rule("x", pattern="thrice"),
        Rule("x", sender="@sales.example"),
        Rule("x", amount_over=1250),
        Rule("x", contains=("refund",), amount_over=5000),
    ],
)
def test_a_rule_holds_only_if_all_of_it_does(rule: Rule) -> None:
    assert first_rule([rule], LETTER) is None


def test_the_first_rule_that_holds_wins() -> None:
    rules = [Rule("a", contains=("none",)), Rule("b", contains=("twice",)), Rule("c", contains=("refund",))]
    found = first_rule(rules, LETTER)
    assert found is not None
    assert found[0].label == "b"


def test_a_pattern_that_searches_for_ever_gives_way_to_the_model() -> None:
    assert first_rule([Rule("x", pattern=r"(a|aa)+$")], "a" * 60 + "b") is None


@pytest.mark.parametrize(
    ("amount", "over"),
    [("$12", 11.5), ("12 €", 11.5), ("1.250,50 EUR", 1250.4), ("CHF 1'000", 999), ("£3", 2.5), ("7 dollars", 6)],
)
def test_amounts_are_read_as_they_are_written(amount: str, over: float) -> None:
    assert first_rule([Rule("x", amount_over=over)], f"It cost {amount} in all.") is not None
    assert first_rule([Rule("x", amount_over=over * 1.5)], f"It cost {amount} in all.") is None


def own_pack(**changes: Any) -> dict[str, Any]:
    pack: dict[str, Any] = {
        "id": "own",
        "skill": "route",
        "name": "Own",
        "description": "Own.",
        "instructions": "Choose.",
        "output": {
            "max_tokens": 64,
            "labels": [
                {"name": "refund", "meaning": "wants money back", "aliases": ["money back"], "group": "money"},
                {"name": "other", "meaning": "the rest"},
            ],
        },
        "rules": [{"label": "refund", "contains": ["refund"], "amount_over": 10}],
        "examples": [{"text": f"{label} {n}", "labels": [label]} for label in ("refund", "other") for n in range(2)],
        "golden": [{"text": "pay me back", "labels": ["refund"]}],
    }
    return pack | changes


def test_a_pack_comes_back_as_it_was_written() -> None:
    task = task_from_pack(own_pack(), shipped=False)
    assert task_from_pack(tomllib.loads(pack_text(task)), shipped=False) == task
    assert task.labels[0].aliases == ("money back",)
    assert task.labels[0].group == "money"
    assert task.rules == (Rule("refund", contains=("refund",), amount_over=10),)


@pytest.mark.parametrize("task_id", ["T01", "T03", "T04", "T05", "T06", "T07", "T10", "T13", "T15", "queue"])
def test_every_kind_of_pack_that_ships_comes_back(task_id: str) -> None:
    task = load_packs(Path("resources/skills")).get(task_id)
    assert task_from_pack(tomllib.loads(pack_text(task)), shipped=True) == task


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        ({"label": "nobody", "contains": ["a"]}, "rules[0].label"),
        ({"label": "refund"}, "rules[0].contains"),
        ({"label": "refund", "pattern": "("}, "rules[0].pattern"),
        ({"label": "refund", "amount_over": "much"}, "rules[0].amount_over"),
        ({"label": "refund", "colour": "red"}, "rules[0].colour"),
        ({"label": "refund", "contains": [""]}, "rules[0].contains[0]"),
    ],
)
def test_a_rule_that_cannot_be_used_is_told_by_its_key(rule: dict[str, Any], key: str) -> None:
    with pytest.raises(BadKey) as caught:
        task_from_pack(own_pack(rules=[rule]), shipped=False)
    assert caught.value.key == key


def test_an_alias_counts_as_its_label() -> None:
    task = task_from_pack(own_pack(), shipped=False)
    answer = parse_answer(task, '{"labels": ["Money Back"], "reason": ""}', "")
    assert answer.labels == ("refund",)
    assert "refund: wants money back (also called money back)" in system_text(task)


def test_an_alias_that_is_another_label_is_refused() -> None:
    output = own_pack()["output"]
    output["labels"][1]["aliases"] = ["Refund"]
    with pytest.raises(BadKey, match="a label has this name already"):
        task_from_pack(own_pack(output=output), shipped=False)
