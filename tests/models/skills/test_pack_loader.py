"""Loading folders of packs: order, own packs, broken ones."""

from pathlib import Path

import pytest

from models.errors import InputError
from models.skills.loader import load_packs
from models.skills.skill import SKILLS

RESOURCES = Path(__file__).parents[3] / "resources" / "skills"

PACK = """
id = "{id}"
skill = "{skill}"
name = "{name}"
description = "For a test."
instructions = "Do it."
[output]
max_tokens = 100
[[examples]]
text = "in"
answer = "out"
"""


def write(folder: Path, file: str, task_id: str, name: str = "A name", skill: str = "draft") -> None:
    folder.mkdir(exist_ok=True)
    (folder / file).write_text(PACK.format(id=task_id, name=name, skill=skill), encoding="utf-8")


def test_every_shipped_pack_loads() -> None:
    packs = load_packs(RESOURCES)
    assert [problem.message for problem in packs.problems] == []
    assert len(packs.tasks) == len(list(RESOURCES.glob("*.toml"))) > 0


def test_tasks_are_ordered_by_skill_then_id() -> None:
    order = [(SKILLS.index(task.skill), task.id) for task in load_packs(RESOURCES).tasks]
    assert order == sorted(order)


@pytest.mark.parametrize("task_id", ["T01", "t01", " T01 "])
def test_a_task_is_found_without_regard_to_case(task_id: str) -> None:
    assert load_packs(RESOURCES).get(task_id).id == "T01"


def test_an_unknown_task_is_refused_with_the_ids_there_are() -> None:
    with pytest.raises(InputError, match="T01"):
        load_packs(RESOURCES).get("T99")


def test_the_tasks_of_a_skill_can_be_asked_for() -> None:
    assert [task.id for task in load_packs(RESOURCES).of_skill("classify")] == ["T01", "T02", "T03"]


def test_an_own_pack_is_added(tmp_path: Path) -> None:
    write(tmp_path, "mine.toml", "mine")
    packs = load_packs(RESOURCES, tmp_path)
    assert packs.problems == ()
    assert packs.get("mine").skill == "draft"


def test_one_broken_pack_does_not_keep_the_others_from_loading(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", "mine")
    write(tmp_path, "b.toml", "bad id")
    packs = load_packs(RESOURCES, tmp_path)
    assert packs.get("mine").id == "mine"
    assert ["b.toml, id" in problem.message for problem in packs.problems] == [True]


def test_an_own_pack_takes_the_place_of_the_shipped_one_with_its_id(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    own.mkdir()
    pack = (RESOURCES / "t01_sentiment.toml").read_text(encoding="utf-8")
    shipped.mkdir()
    (shipped / "one.toml").write_text(pack, encoding="utf-8")
    (own / "two.toml").write_text(pack.replace('id = "T01"', 'id = "t01"').replace('"Sentiment"', '"Mood"'), "utf-8")
    packs = load_packs(shipped, own)
    assert packs.problems == ()
    assert [task.name for task in packs.tasks] == ["Mood"]


def test_an_own_pack_cannot_turn_a_shipped_task_into_one_that_may_go_to_the_cloud(tmp_path: Path) -> None:
    write(tmp_path, "mine.toml", "T01")
    packs = load_packs(RESOURCES, tmp_path)
    assert packs.get("T01").skill == "classify"
    assert "mine.toml, skill" in packs.problems[0].message


def test_of_two_packs_with_one_id_in_a_folder_the_first_by_name_stays(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", "mine", name="First")
    write(tmp_path, "b.toml", "MINE", name="Second")
    packs = load_packs(RESOURCES, tmp_path)
    assert packs.get("mine").name == "First"
    assert "b.toml, id" in packs.problems[0].message
    assert "a.toml" in packs.problems[0].message


def test_a_missing_own_folder_is_no_problem(tmp_path: Path) -> None:
    assert load_packs(RESOURCES, tmp_path / "none").problems == ()


def test_a_missing_shipped_folder_is_one(tmp_path: Path) -> None:
    packs = load_packs(tmp_path / "none")
    assert packs.tasks == ()
    assert "install" in packs.problems[0].message


def test_other_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "folder.toml").mkdir()
    assert load_packs(RESOURCES, tmp_path).problems == ()


def test_a_pack_with_a_byte_order_mark_loads(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(PACK.format(id="mine", name="n", skill="draft"), encoding="utf-8-sig")
    assert load_packs(RESOURCES, tmp_path).get("mine").id == "mine"
