"""Own packs on disk: versions, undo, sharing, and nothing lost on the way."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import main
from desktop.engines import EngineHolder
from desktop.paths import default_paths
from desktop.taxonomies import TaxonomyStore
from models.engines.base import Chunk, Finished, FinishReason, Usage
from models.errors import InputError, StorageError
from models.skills.pack_writer import pack_text
from models.skills.skill import Example

TABLE = """text,label
my parcel has not arrived,delivery
where is the package,delivery
the courier never came,delivery
I want my money back,refund
how do I get a refund,refund
return what I paid,refund
"""


@pytest.fixture
def store() -> TaxonomyStore:
    return TaxonomyStore(default_paths())


def test_an_earlier_version_can_be_read_as_it_was(store: TaxonomyStore) -> None:
    shipped = store.packs().get("T01")
    first = replace(shipped, examples=(*shipped.examples, Example("one more", ("positive",))))
    store.save(first)
    store.save(replace(first, examples=(*first.examples, Example("and another", ("negative",)))))
    oldest, newer = store.versions("T01")
    assert (oldest.built_in, newer.built_in) == (True, False)
    assert store.read_version("T01", oldest) == shipped
    assert store.read_version("T01", newer) == first
    assert newer.until is not None
    newer.file.unlink()
    assert newer.until is None
    with pytest.raises(StorageError, match="cannot be read"):
        store.read_version("T01", newer)


def test_a_change_can_be_taken_back_step_by_step(store: TaxonomyStore) -> None:
    shipped = store.packs().get("T01")
    first = replace(shipped, examples=(*shipped.examples, Example("one more", ("positive",))))
    second = replace(first, examples=(*first.examples, Example("and another", ("negative",))))
    store.save(first)
    store.save(second)
    assert store.packs().get("T01") == second
    assert len(store.versions("T01")) == 2
    assert store.undo("T01") == first
    assert store.undo("T01") == shipped
    assert not store.is_own("T01")
    with pytest.raises(InputError, match="There is nothing to undo"):
        store.undo("T01")


def test_what_cannot_be_loaded_is_not_kept(store: TaxonomyStore) -> None:
    with pytest.raises(InputError, match="each label needs at least 2 examples"):
        store.save(replace(store.packs().get("T01"), examples=()))
    assert not store.is_own("T01")


def test_a_pack_of_the_persons_in_a_file_of_another_name_is_the_one_that_is_changed(
    store: TaxonomyStore, own_home: Path
) -> None:
    store.save(store.packs().get("T01"))
    folder = own_home / "data" / "skills"
    (folder / "t01.toml").rename(folder / "mine.toml")
    store.save(store.packs().get("T01"))
    assert sorted(path.name for path in folder.glob("*.toml")) == ["mine.toml"]


def test_a_pack_edited_by_hand_into_nonsense_is_told_and_lost_to_nobody(own_home: Path) -> None:
    folder = own_home / "data" / "skills"
    folder.mkdir(parents=True)
    (folder / "t01.toml").write_text('id = "T01"\nskill = 7\n')
    packs = TaxonomyStore(default_paths()).packs()
    assert packs.problems[0].message.startswith("t01.toml, skill: ")
    assert packs.get("T01").name == "Sentiment"
    assert (folder / "t01.toml").exists()


def test_a_table_becomes_a_pack_and_goes_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "shop.csv").write_text(TABLE)
    assert main(["taxonomy", "import", str(tmp_path / "shop.csv"), "--name", "Shop mail", "--route"]) == 0
    assert "shop-mail: 2 labels, 6 examples" in capsys.readouterr().out
    assert main(["taxonomy", "show", "shop-mail", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [(label["name"], label["examples"]) for label in shown["labels"]] == [("delivery", 3), ("refund", 3)]
    assert shown["own"] is True
    assert main(["taxonomy", "undo", "shop-mail"]) == 0
    assert "The pack is gone." in capsys.readouterr().out


def test_a_preview_keeps_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    (tmp_path / "shop.csv").write_text(TABLE)
    assert main(["taxonomy", "import", str(tmp_path / "shop.csv"), "--preview"]) == 0
    assert "shop.csv: 6 examples are new, 2 new labels; 0 were there already." in capsys.readouterr().err
    assert not (own_home / "data" / "skills").exists()


def test_a_pack_is_exported_with_its_golden_cases_and_taken_in_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "t15.toml"
    assert main(["taxonomy", "export", "T15", str(file)]) == 0
    shared = file.read_text().replace('name = "Escalation', 'name = "Our escalation', 1)
    file.write_text(shared)
    assert main(["taxonomy", "import", str(file)]) == 0
    said = capsys.readouterr().err
    assert "0 better, 0 worse" in said
    assert main(["taxonomy", "list", "--json"]) == 0
    tasks = {task["id"]: task for task in json.loads(capsys.readouterr().out)["tasks"]}
    assert tasks["T15"]["own"] is True
    assert tasks["T15"]["golden"] >= 5


def test_examples_are_exported_as_a_table_without_formulas(tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text(TABLE)
    main(["taxonomy", "import", str(tmp_path / "shop.csv")])
    store = TaxonomyStore(default_paths())
    task = store.packs().get("shop")
    store.save(replace(task, examples=(*task.examples, Example("=cmd()", ("refund",)))))
    assert main(["taxonomy", "export", "shop", str(tmp_path / "out.csv")]) == 0
    assert (tmp_path / "out.csv").read_text().splitlines()[-1] == "'=cmd(),refund"


def test_an_import_that_turns_golden_cases_wrong_is_not_kept_unless_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = TaxonomyStore(default_paths())
    task = store.packs().get("T15")
    yes = [case.text for case in task.golden if case.labels == ("yes",)]
    rows = "".join(f'"{text.replace(chr(34), "")} !",no\n' for text in yes for _ in range(1))
    more = "".join(f'"{text.replace(chr(34), "")} {mark}",no\n' for text in yes for mark in ("?", ";", "…", "!!"))
    (tmp_path / "bad.csv").write_text("text,label\n" + rows + more)
    assert main(["taxonomy", "import", str(tmp_path / "bad.csv"), "--task", "T15"]) == 1
    assert "Nothing was kept" in capsys.readouterr().err
    assert not store.is_own("T15")
    assert main(["taxonomy", "import", str(tmp_path / "bad.csv"), "--task", "T15", "--worse-too"]) == 0
    assert store.is_own("T15")


def test_two_versions_are_compared_case_by_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = TaxonomyStore(default_paths())
    task = store.packs().get("T15")
    turned = replace(task, golden=tuple(replace(case, labels=("no",)) for case in task.golden))
    (tmp_path / "turned.toml").write_text(pack_text(turned))
    assert main(["taxonomy", "compare", "T15", "T15", "--json"]) == 0
    same = json.loads(capsys.readouterr().out)
    assert same["first"] == same["second"]
    assert same["worse"] == 0
    assert main(["taxonomy", "compare", str(tmp_path / "turned.toml"), "T15"]) == 0
    assert f"Second: {same['second']} right." in capsys.readouterr().out


def test_tasks_of_two_kinds_are_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["taxonomy", "compare", "T08", "T15"]) == 2
    assert "cannot be compared" in capsys.readouterr().err


class PromptReader:
    """Answers "no" where the prompt asks for it, else "yes"."""

    name = "phi"

    def run(self, request: Any, cancel: threading.Event) -> Iterator[Chunk | Finished]:
        label = "no" if "say no" in request.task.instructions else "yes"
        yield Chunk(json.dumps({"labels": [label], "reason": ""}))
        yield Finished(FinishReason.CANCELLED if cancel.is_set() else FinishReason.STOP, Usage(), "scripted")

    def close(self) -> None:
        """Nothing to give back."""


@pytest.fixture
def phi(monkeypatch: pytest.MonkeyPatch) -> None:
    local = EngineHolder.local
    monkeypatch.setattr(
        EngineHolder, "local", lambda self, name: PromptReader() if name == "phi" else local(self, name)
    )


@pytest.mark.usefixtures("phi")
def test_two_prompts_are_compared_by_phi(
    tmp_path: Path, store: TaxonomyStore, capsys: pytest.CaptureFixture[str]
) -> None:
    golden = store.packs().get("T15").golden
    (tmp_path / "new.txt").write_text("Always say no.")
    assert main(["taxonomy", "compare", "T15", str(tmp_path / "new.txt"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    yes = sum(case.labels == ("yes",) for case in golden)
    expected = {"engine": "phi", "cases": len(golden), "first": yes, "second": len(golden) - yes, "worse": yes}
    assert told == expected


@pytest.mark.usefixtures("phi")
def test_an_earlier_version_is_named_by_its_number(store: TaxonomyStore, capsys: pytest.CaptureFixture[str]) -> None:
    store.save(replace(store.packs().get("T15"), instructions="Always say no."))
    assert main(["taxonomy", "compare", "T15", "T15@1", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["engine"] == "phi"
    assert main(["taxonomy", "compare", "T15", "T15@7"]) == 2
    assert "There are T15@1" in capsys.readouterr().err


def test_the_starter_is_said_not_to_read_prompts(
    tmp_path: Path, store: TaxonomyStore, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "new.txt").write_text("Always say no.")
    shipped = store.packs().get("T08")
    store.save(replace(shipped, golden=shipped.golden[:1]))
    assert main(["taxonomy", "compare", "T08", str(tmp_path / "new.txt"), "--engine", "starter"]) == 0
    assert "does not read the prompt" in capsys.readouterr().err
