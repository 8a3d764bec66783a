"""What a person changes in the editor becomes a task in which every name follows, or is told in words."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from models.errors import InputError
from models.skills.answer import LabelAnswer, Record, RecordsAnswer, TextAnswer
from models.skills.rules import Rule
from models.skills.skill import Example, Field, Label, Task
from models.taxonomy.building import in_words
from models.taxonomy.editing import Edit, EditedField, EditedLabel, case_of

EXAMPLES = (
    Example("charged twice", ("billing",)),
    Example("wrong invoice", ("billing",)),
    Example("the app crashes", ("support",)),
    Example("an error on start", ("support",)),
)
LABELLED = Task(
    "mail", "route", "Mail", "Sorts mail.", "Sort it.", 64, EXAMPLES, (Example("refund me", ("billing",)),),
    labels=(Label("billing", "money"), Label("support", "help")), rules=(Rule("billing", ("iban",)),),
)  # fmt: skip
EXTRACT = Task(
    "orders", "extract", "Orders", "Finds orders.", "Find them.", 200,
    (Example("order 17 of 3 May", records=({"number": "17", "day": "2026-05-03"},)),),
    (Example("order 18 came", records=({"number": "18"},)),),
    fields=(Field("number", "its number"), Field("day", "its day", "date")), ground="number", style="pairs",
)  # fmt: skip


def labels(*names: tuple[str, str]) -> list[EditedLabel]:
    return [EditedLabel(was, Label(now, now)) for was, now in names]


def fields(*given: tuple[str, Field]) -> list[EditedField]:
    return [EditedField(was, field) for was, field in given]


SAME = labels(("billing", "billing"), ("support", "support"))
SAME_FIELDS = fields(("number", EXTRACT.fields[0]), ("day", EXTRACT.fields[1]))


def test_rules_and_golden_cases_follow_a_renamed_label():
    changed = Edit(labels(("billing", "money"), ("support", "support")), EXAMPLES).applied(LABELLED)
    assert changed.rules == (Rule("money", ("iban",)),)
    assert changed.golden[0].labels == ("money",)


def test_what_a_change_is_compared_with_has_the_new_names_and_the_old_rest():
    edit = Edit(labels(("billing", "money"), ("support", "support")), EXAMPLES[1:], rules=())
    assert edit.renamed(LABELLED).label_names == ("money", "support")
    assert edit.renamed(LABELLED).rules == (Rule("money", ("iban",)),)
    assert len(edit.renamed(LABELLED).examples) == len(EXAMPLES)


def test_rules_are_kept_in_their_order():
    rules = (Rule("support", pattern=r"\berror \d{1,4}\b"), Rule("billing", amount_over=500.0))
    assert Edit(SAME, EXAMPLES, rules).applied(LABELLED).rules == rules


def test_a_rule_and_a_case_may_name_a_label_by_its_new_name():
    edit = Edit(
        labels(("billing", "money"), ("support", "support")),
        EXAMPLES,
        (Rule("money", ("iban",)),),
        (Example("pay", ("money",)),),
    )
    changed = edit.applied(LABELLED)
    assert (changed.rules[0].label, changed.golden[0].labels) == ("money", ("money",))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule("billing", pattern="(refund"), "rule 1, pattern: this is not a regular expression"),
        (Rule("billing", pattern="(a+)+$"), "rule 1, pattern: it takes too long on some texts"),
        (Rule("billing"), "rule 1, words: a rule needs a condition"),
        (Rule("nobody", ("iban",)), "rule 1, label: this label is not declared"),
    ],
)
def test_a_rule_that_cannot_be_one_is_told_in_words(rule: Rule, said: str):
    with pytest.raises(InputError) as caught:
        Edit(SAME, EXAMPLES, (rule,)).applied(LABELLED)
    assert said in caught.value.message


def test_a_case_whose_label_is_mistyped_is_told_and_not_lost():
    with pytest.raises(InputError, match="golden case 1, label"):
        Edit(SAME, EXAMPLES, golden=(Example("refund me", ("biling",)),)).applied(LABELLED)


def test_a_golden_case_that_also_teaches_is_told():
    with pytest.raises(InputError, match="golden case 1, text: the same text stands in"):
        Edit(SAME, EXAMPLES, golden=(Example("charged twice", ("billing",)),)).applied(LABELLED)


def test_records_follow_a_renamed_field_and_lose_a_removed_one():
    edit = Edit(
        examples=EXTRACT.examples, fields=fields(("number", Field("order", "its number"))), ground="number", single=True
    )
    changed = edit.applied(EXTRACT)
    assert changed.examples[0].records == ({"order": "17"},)
    assert (changed.ground, changed.single) == ("order", True)
    assert edit.renamed(EXTRACT).ground == "order"
    assert [field.name for field in edit.renamed(EXTRACT).fields] == ["order", "day"]


def test_a_new_field_may_be_the_one_that_stands_in_the_text():
    edit = Edit(
        examples=(Example("order 17", records=({"number": "17", "what": "order"},)),),
        golden=(),
        fields=[*SAME_FIELDS, EditedField("", Field("what", "the thing"))],
        ground="what",
    )
    assert edit.applied(EXTRACT).ground == "what"


@pytest.mark.parametrize(
    ("examples", "given", "said"),
    [
        (({"number": "99"},), SAME_FIELDS, "example 1, record 1, number: this value does not stand in the text"),
        (({"number": "17", "day": "soon"},), SAME_FIELDS, "example 1, record 1, day: this is not a date"),
        (
            ({"number": "17"},),
            [SAME_FIELDS[0], EditedField("day", replace(EXTRACT.fields[1], required=True))],
            "example 1, record 1, day: this field is required",
        ),
        (
            ({"number": "17"},),
            [SAME_FIELDS[0], EditedField("", Field("Über", "x"))],
            "field 2, name: use small letters",
        ),
    ],
)
def test_a_record_or_field_that_cannot_be_one_is_told_in_words(
    examples: Sequence[dict[str, str]], given: Sequence[EditedField], said: str
):
    edit = Edit(
        examples=(Example("order 17 of 3 May", records=tuple(examples)),), golden=(), fields=given, ground="number"
    )
    with pytest.raises(InputError) as caught:
        edit.applied(EXTRACT)
    assert said in caught.value.message


def test_a_task_without_a_field_that_stands_in_the_text_is_refused():
    with pytest.raises(InputError, match="word for word"):
        Edit(examples=EXTRACT.examples, fields=SAME_FIELDS[1:], ground="number").applied(EXTRACT)


def test_an_answer_becomes_a_case_of_its_text():
    assert case_of("a", LabelAnswer(("billing",))) == Example("a", ("billing",))
    records = RecordsAnswer((Record({"number": "17", "day": ""}, None), Record({"number": "", "day": ""}, None)))
    assert case_of("a", records) == Example("a", records=({"number": "17"},))
    assert case_of("a", TextAnswer("b")) == Example("a", answer="b")


def test_the_place_of_a_fault_is_said_as_a_person_would():
    assert in_words("output.fields[0].values[2]") == "field 1, choice 3"
    assert in_words("golden[3].records[0].iso") == "golden case 4, record 1, iso"
