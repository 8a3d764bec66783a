"""Fields that must be there, and tasks whose texts hold one record at most: in pack, schema, prompt and answer."""

import json
from dataclasses import replace
from typing import Any

import pytest

from models.engines.extract_grammar import extraction_grammar
from models.skills.answer import RecordsAnswer
from models.skills.pack import BadKey, task_from_pack
from models.skills.pack_writer import pack_of
from models.skills.parsing import parse_answer
from models.skills.prompts import system_text
from models.skills.schema import output_schema

PACK: dict[str, Any] = {
    "id": "orders",
    "skill": "extract",
    "name": "Orders",
    "description": "Finds orders.",
    "instructions": "Find them.",
    "output": {
        "max_tokens": 200,
        "fields": [
            {"name": "number", "description": "its number"},
            {"name": "day", "description": "its day", "format": "date", "required": True},
            {"name": "who", "description": "of whom", "required": True},
        ],
        "ground": "number",
        "single": True,
    },
    "examples": [{"text": "order 17 of 3 May, Ann", "records": [{"number": "17", "day": "2026-05-03", "who": "Anna"}]}],
}
TASK = task_from_pack(PACK, shipped=False)


def answer(*items: dict[str, str]) -> list[str]:
    parsed = parse_answer(TASK, json.dumps({"items": items}), "order 17 of 3 May, order 18")
    assert isinstance(parsed, RecordsAnswer)
    return [record.values["number"] for record in parsed.records]


def test_a_pack_with_them_is_read_and_written_the_same():
    assert task_from_pack(pack_of(TASK), shipped=False) == TASK
    assert (TASK.single, TASK.fields[1].required, TASK.fields[0].required) == (True, True, False)


def test_a_record_that_lacks_a_required_field_is_none():
    assert answer({"number": "17", "day": "", "who": "Ann"}) == []


def test_the_first_whole_record_is_the_one_of_a_text():
    lacking = {"number": "16", "day": "", "who": "Ann"}
    whole = [{"number": number, "day": "2026-05-03", "who": "Ann"} for number in ("17", "18")]
    assert answer(lacking, *whole) == ["17"]


def test_the_schema_asks_for_them():
    schema = output_schema(TASK)
    assert schema is not None
    items = schema["properties"]["items"]
    assert items["maxItems"] == 1
    assert items["items"]["properties"]["day"]["pattern"].endswith(")$")
    assert items["items"]["properties"]["who"]["minLength"] == 1
    assert "minLength" not in items["items"]["properties"]["number"]


def test_the_prompt_says_so():
    said = system_text(TASK)
    assert "There is one item at most." in said
    assert "day: its day (ISO 8601) An item without it is none." in said


def test_the_grammar_holds_an_answer_to_them():
    grammar = extraction_grammar(TASK, "order 17 of 3 May")
    assert "REQUIRED_DATE: /" in grammar
    assert "required_text: %json" in grammar
    loose = replace(TASK, fields=tuple(replace(field, required=False) for field in TASK.fields))
    assert "REQUIRED" not in extraction_grammar(loose, "order 17 of 3 May")


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("output.single", {"output": PACK["output"] | {"single": "yes"}}),
        ("examples[0].records[0].day", {"examples": [{"text": "order 17", "records": [{"number": "17"}]}]}),
        (
            "examples[0].records",
            {
                "examples": [
                    {
                        "text": "17 and 18",
                        "records": [{"number": n, "day": "2026-05-03", "who": "A"} for n in ("17", "18")],
                    }
                ]
            },
        ),
    ],
)
def test_a_pack_that_contradicts_itself_is_refused_by_key(key: str, change: dict[str, Any]):
    with pytest.raises(BadKey) as caught:
        task_from_pack(PACK | change, shipped=False)
    assert caught.value.key == key
