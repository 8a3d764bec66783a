"""Every way in which a pack can be wrong is reported with its file and key."""

import copy
from pathlib import Path
from typing import Any

import pytest

from models.errors import PackError
from models.skills.loader import MAX_PACK_BYTES, load_packs
from models.skills.pack import BadKey, task_from_pack


def classify_pack() -> dict[str, Any]:
    return {
        "id": "own-1",
        "skill": "classify",
        "name": "Colour",
        "description": "Says which colour is meant.",
        "instructions": "Choose a colour.",
        "output": {
            "max_tokens": 64,
            "labels": [{"name": "red", "meaning": "like blood"}, {"name": "blue", "meaning": "like the sky"}],
        },
        "examples": [
            {"text": f"{label} thing {number}", "labels": [label]} for number in range(5) for label in ("red", "blue")
        ],
        "golden": [{"text": f"a {number}. thing in blue", "labels": ["blue"]} for number in range(5)],
    }


def extract_pack() -> dict[str, Any]:
    return {
        "id": "own-2",
        "skill": "extract",
        "name": "Deadlines",
        "description": "Finds deadlines.",
        "instructions": "Find them.",
        "style": "dates",
        "output": {
            "max_tokens": 200,
            "fields": [
                {"name": "words", "description": "as written"},
                {"name": "date", "description": "the day", "format": "date"},
                {"name": "kind", "description": "which", "values": ["start", "end"]},
            ],
            "ground": "words",
        },
        "examples": [
            {
                "text": f"It ends on {day} May 2026.",
                "records": [{"words": f"{day} May 2026", "date": f"2026-05-{day}", "kind": "end"}],
            }
            for day in range(10, 18)
        ],
        "golden": [{"text": f"Case {number} names no day.", "records": []} for number in range(5)],
    }


def draft_pack() -> dict[str, Any]:
    return {
        "id": "own-3",
        "skill": "draft",
        "name": "Reply",
        "description": "Answers.",
        "instructions": "Answer politely.",
        "output": {"max_tokens": 300},
        "examples": [{"text": f"Question {number}?", "answer": "Yes."} for number in range(8)],
        "golden": [{"text": f"Case {number}?", "must_include": ["yes"]} for number in range(5)],
    }


PACKS = {"classify": classify_pack, "extract": extract_pack, "draft": draft_pack}


def put(pack: dict[str, Any], path: str, value: Any) -> None:
    """Set the entry at ``path`` ("output.labels.0.name"); a value of None removes it."""
    *way, last = path.split(".")
    place: Any = pack
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if value is None:
        del place[last]
    elif isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value


@pytest.mark.parametrize("kind", PACKS)
def test_a_right_pack_is_taken(kind: str) -> None:
    task = task_from_pack(PACKS[kind](), shipped=True)
    assert (task.skill, len(task.examples) >= 8, len(task.golden)) == (kind, True, 5)


@pytest.mark.parametrize(
    ("kind", "path", "value", "key"),
    [
        ("classify", "id", None, "id"),
        ("classify", "id", "two words", "id"),
        ("classify", "id", 7, "id"),
        ("classify", "skill", "guess", "skill"),
        ("classify", "name", "  ", "name"),
        ("classify", "name", "two\nlines", "name"),
        ("classify", "name", "n" * 61, "name"),
        ("classify", "description", None, "description"),
        ("classify", "instructions", None, "instructions"),
        ("classify", "instructions", ["a"], "instructions"),
        ("classify", "colour", "red", "colour"),
        ("classify", "style", "dates", "style"),
        ("classify", "output", None, "output"),
        ("classify", "output", "text", "output"),
        ("classify", "output.tokens", 1, "output.tokens"),
        ("classify", "output.max_tokens", None, "output.max_tokens"),
        ("classify", "output.max_tokens", True, "output.max_tokens"),
        ("classify", "output.max_tokens", 64.0, "output.max_tokens"),
        ("classify", "output.max_tokens", 7, "output.max_tokens"),
        ("classify", "output.max_tokens", 2049, "output.max_tokens"),
        ("classify", "output.multiple", "yes", "output.multiple"),
        ("classify", "output.decisive", "green", "output.decisive"),
        ("classify", "output.undecided", "green", "output.undecided"),
        ("classify", "output.labels", [{"name": "red", "meaning": "x"}], "output.labels"),
        ("classify", "output.labels", "red", "output.labels"),
        ("classify", "output.labels.1", "blue", "output.labels[1]"),
        ("classify", "output.labels.1.name", "RED", "output.labels[1].name"),
        ("classify", "output.labels.1.meaning", None, "output.labels[1].meaning"),
        ("classify", "output.labels.1.colour", "x", "output.labels[1].colour"),
        ("classify", "output.queues", [], "output.queues"),
        ("classify", "output.fields", [{"name": "a", "description": "b"}], "output.fields"),
        ("classify", "output.ground", "words", "output.ground"),
        ("classify", "examples", "none", "examples"),
        ("classify", "examples.3", 1, "examples[3]"),
        ("classify", "examples.3.text", None, "examples[3].text"),
        ("classify", "examples.3.answer", "x", "examples[3].answer"),
        ("classify", "examples.3.labels", None, "examples[3].labels"),
        ("classify", "examples.3.labels", "red", "examples[3].labels"),
        ("classify", "examples.3.labels", ["green"], "examples[3].labels[0]"),
        ("classify", "examples.3.labels", ["red", "blue"], "examples[3].labels"),
        ("classify", "examples.3.text", "RED  thing 0", "examples[3].text"),
        ("classify", "golden.2.text", "red thing 0", "golden[2].text"),
        ("classify", "golden.2.labels", ["green"], "golden[2].labels[0]"),
        ("classify", "golden.2.must_include", ["x"], "golden[2].must_include"),
        ("extract", "style", "meeting", "style"),
        ("extract", "output.multiple", True, "output.multiple"),
        ("extract", "output.labels", [{"name": "a", "meaning": "b"}], "output.labels"),
        ("extract", "output.fields", [], "output.fields"),
        ("extract", "output.fields.0.name", "Words", "output.fields[0].name"),
        ("extract", "output.fields.1.name", "words", "output.fields[1].name"),
        ("extract", "output.fields.1.format", "time", "output.fields[1].format"),
        ("extract", "output.fields.1.values", ["x"], "output.fields[1].values"),
        ("extract", "output.fields.2.values", ["start", "Start"], "output.fields[2].values"),
        ("extract", "output.fields.2.values", ["start", ""], "output.fields[2].values[1]"),
        ("extract", "output.ground", None, "output.ground"),
        ("extract", "output.ground", "place", "output.ground"),
        ("extract", "examples.1.records", None, "examples[1].records"),
        ("extract", "examples.1.records.0", "x", "examples[1].records[0]"),
        ("extract", "examples.1.records.0.place", "x", "examples[1].records[0].place"),
        ("extract", "examples.1.records.0.kind", "middle", "examples[1].records[0].kind"),
        ("extract", "examples.1.records.0.date", "11 May 2026", "examples[1].records[0].date"),
        ("extract", "examples.1.records.0.date", "2026-05-32", "examples[1].records[0].date"),
        ("extract", "examples.1.records.0.words", "12 May 2026", "examples[1].records[0].words"),
        ("draft", "output.labels", [{"name": "a", "meaning": "b"}], "output.labels"),
        ("draft", "examples.0.answer", None, "examples[0].answer"),
        ("draft", "examples.0.must_include", ["x"], "examples[0].must_include"),
        ("draft", "golden.0.must_include", "yes", "golden[0].must_include"),
        ("draft", "golden.0.must_include", None, "golden[0].answer"),
    ],
)
def test_a_wrong_pack_names_its_key(kind: str, path: str, value: Any, key: str) -> None:
    pack = PACKS[kind]()
    put(pack, path, value)
    with pytest.raises(BadKey) as caught:
        task_from_pack(pack, shipped=True)
    assert caught.value.key == key


@pytest.mark.parametrize(("key", "left"), [("examples", 7), ("golden", 4)])
def test_a_shipped_pack_needs_its_number_of_cases(key: str, left: int) -> None:
    pack = draft_pack()
    pack[key] = pack[key][:left]
    with pytest.raises(BadKey) as caught:
        task_from_pack(pack, shipped=True)
    assert caught.value.key == key


def test_an_own_pack_needs_two_examples_a_label_and_no_golden_cases() -> None:
    pack = classify_pack()
    pack["examples"] = pack["examples"][:4]
    del pack["golden"]
    assert task_from_pack(pack, shipped=False).golden == ()


@pytest.mark.parametrize("shipped", [True, False])
def test_a_label_with_one_example_is_too_little(shipped: bool) -> None:
    pack = classify_pack()
    pack["examples"] = [case for case in pack["examples"] if case["labels"] == ["red"]] * 2 + pack["examples"][1:2]
    with pytest.raises(BadKey) as caught:
        task_from_pack(pack, shipped=shipped)
    assert caught.value.key == "examples"
    assert "blue" in caught.value.problem


def test_several_labels_are_taken_where_the_task_allows_them() -> None:
    pack = classify_pack()
    pack["output"]["multiple"] = True
    pack["examples"][0]["labels"] = ["blue", "red"]
    assert task_from_pack(pack, shipped=True).examples[0].labels == ("blue", "red")


def test_queues_are_labels_by_another_name() -> None:
    pack = classify_pack()
    pack["output"]["queues"] = pack["output"].pop("labels")
    assert task_from_pack(pack, shipped=True).label_names == ("red", "blue")


def test_a_field_that_an_example_leaves_out_is_empty() -> None:
    pack = extract_pack()
    del pack["examples"][0]["records"][0]["date"]
    assert task_from_pack(pack, shipped=True).examples[0].records[0]["date"] == ""


def test_checking_leaves_the_pack_as_it_was() -> None:
    pack = extract_pack()
    before = copy.deepcopy(pack)
    task_from_pack(pack, shipped=True)
    assert pack == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"id = ", "at the end"),
        (b"\xff\xfe", "UTF-8"),
        (b'id = "a"\nname = b\nskill = "c"', "line 2"),
        (b"# " + b"x" * MAX_PACK_BYTES, "larger"),
        (b'id = "a"', "skill"),
        (b"a = " + b"[" * 5000, "TOML"),
    ],
)
def test_a_broken_file_is_reported_by_name(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "mine.toml").write_bytes(content)
    packs = load_packs(tmp_path)
    assert packs.tasks == ()
    assert len(packs.problems) == 1
    assert isinstance(packs.problems[0], PackError)
    assert "mine.toml" in packs.problems[0].message
    assert words in packs.problems[0].message
