"""Examples that a person agreed to keep: encrypted, listed, deleted, and locked without the keyring."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from keyrings import NAME, MemoryKeyring

from desktop.corrections import corrected_cases, own_examples
from desktop.credentials import Credentials
from desktop.kept_examples import JUDGED, Judgements, KeptExamples
from desktop.learning import Correction, Learning
from models.errors import CredentialError, StorageError
from models.skills.skill import Example, Label, Task

SECRET = "Ms Varga wrote that the boiler is broken again"
TASK = Task("T02", "classify", "Intent", "d", "i", 64, (), (), labels=(Label("complaint", "c"), Label("question", "q")))


def store(tmp_path: Path, ring: MemoryKeyring, accepted: frozenset[str] = frozenset({NAME})) -> KeptExamples:
    return KeptExamples(tmp_path / "examples.sqlite3", Credentials(lambda: ring, accepted))


def features(value: float = 0.5) -> "np.typing.NDArray[np.float32]":
    return np.full(771, value, np.float32)


def test_a_kept_text_is_readable_here_and_nowhere_on_disk(tmp_path: Path) -> None:
    ring = MemoryKeyring()
    number = store(tmp_path, ring).keep("T02", "complaint", features(), SECRET)
    again = store(tmp_path, ring).listed()
    assert [(kept.number, kept.task, kept.label, kept.text) for kept in again] == [(number, "T02", "complaint", SECRET)]
    raw = (tmp_path / "examples.sqlite3").read_bytes()
    assert b"Varga" not in raw
    assert features().astype(np.float16).tobytes()[:32] not in raw
    assert (tmp_path / "examples.sqlite3").stat().st_mode & 0o777 == 0o600


def test_features_alone_can_be_kept_and_are_taught(tmp_path: Path) -> None:
    kept = store(tmp_path, MemoryKeyring())
    kept.keep("T02", "complaint", features(0.25), None)
    assert kept.listed()[0].text is None
    (taught,) = kept.taught("T02")
    assert taught.label == "complaint"
    assert np.allclose(taught.features, 0.25)
    assert kept.taught("T03") == ()


def test_without_the_keyring_examples_stay_locked_and_it_is_said(tmp_path: Path) -> None:
    ring = MemoryKeyring()
    store(tmp_path, ring).keep("T02", "complaint", features(), SECRET)
    gone = store(tmp_path, ring, frozenset())
    with pytest.raises(CredentialError) as caught:
        gone.listed()
    assert caught.value.title == "Your examples are locked"
    with pytest.raises(CredentialError, match="Your examples are locked"):
        gone.keep("T02", "complaint", features(), SECRET)
    assert gone.taught("T02") == ()
    assert gone.count() == 1
    assert store(tmp_path, ring).listed()[0].text == SECRET


def test_a_keyring_without_the_key_makes_no_new_one_over_old_examples(tmp_path: Path) -> None:
    store(tmp_path, MemoryKeyring()).keep("T02", "complaint", features(), SECRET)
    with pytest.raises(CredentialError, match="no longer in the system's keyring"):
        store(tmp_path, MemoryKeyring()).keep("T02", "complaint", features(), SECRET)


def test_an_example_can_be_deleted_and_all_of_them(tmp_path: Path) -> None:
    kept = store(tmp_path, MemoryKeyring())
    first = kept.keep("T02", "complaint", features(), SECRET)
    kept.keep("T02", "question", features(), "second")
    assert len(kept.taught("T02")) == 2
    kept.delete(first)
    assert [one.text for one in kept.listed()] == ["second"]
    assert len(kept.taught("T02")) == 1
    kept.delete()
    assert kept.count() == 0
    assert kept.taught("T02") == ()


def test_an_entry_moved_to_another_label_by_something_else_is_not_shown(tmp_path: Path) -> None:
    ring = MemoryKeyring()
    store(tmp_path, ring).keep("T02", "complaint", features(), SECRET)
    with sqlite3.connect(tmp_path / "examples.sqlite3") as database:
        database.execute("UPDATE kept SET label = 'question'")
    database.close()
    with pytest.raises(StorageError, match="Something kept cannot be opened"):
        store(tmp_path, ring).listed()


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "examples.sqlite3").write_bytes(b"not a database" * 100)
    with pytest.raises(StorageError, match="cannot be read or kept"):
        store(tmp_path, MemoryKeyring()).count()


def test_answers_are_counted_without_any_text_or_keyring(tmp_path: Path) -> None:
    kept = store(tmp_path, MemoryKeyring(), frozenset())
    kept.judge("T02", "starter", right=True)
    kept.judge("T02", "phi", right=False)
    kept.judge("T01", "phi", right=True)
    assert (kept.verdicts("T02").judged, kept.verdicts("T02").right) == (2, 1)
    assert (kept.verdicts(days=30).judged, kept.verdicts(days=30).right) == (3, 2)


@pytest.mark.parametrize(("keep", "number", "text"), [("text", 1, SECRET), ("features", 1, None), ("verdict", 0, None)])
def test_a_correction_keeps_what_the_person_agreed_to(tmp_path: Path, keep: str, number: int, text: str | None) -> None:
    kept = store(tmp_path, MemoryKeyring())
    learning = Learning(kept, lambda _text: features())
    learning.take(Correction(TASK, SECRET, ("question",), "complaint", "starter", keep))
    assert kept.count() == number
    assert [one.text for one in kept.listed()] == [text] * number
    assert (kept.verdicts().judged, kept.verdicts().right) == (1, 0)


def test_the_last_judged_answers_are_told_of_each_task_and_of_all(tmp_path: Path) -> None:
    kept = store(tmp_path, MemoryKeyring())
    for number in range(JUDGED + 5):
        kept.judge("T02", "starter", right=number >= 5)
    kept.judge("T13", "phi", right=False)
    judged = kept.judgements()
    assert judged.by_task == {"T02": (True,) * JUDGED, "T13": (False,)}
    assert judged.all_tasks == (*(True,) * (JUDGED - 1), False)


def test_before_anything_was_judged_there_is_nothing_to_tell(tmp_path: Path) -> None:
    kept = store(tmp_path, MemoryKeyring())
    assert kept.judgements() == Judgements()


def test_corrections_become_cases_once_each_and_not_where_they_are_golden(tmp_path: Path) -> None:
    kept = store(tmp_path, MemoryKeyring())
    labels = (Label("a", "a"), Label("b", "b"))
    task = Task("T02", "classify", "", "", "", 10, (), (Example("golden text", ("a",)),), labels=labels)
    kept.keep("T02", "a", features(), "a text")
    kept.keep("T02", "b", features(), "A  text")
    kept.keep("T02", "a", features(), "Golden text")
    kept.keep("T02", "gone", features(), "of a label that is gone")
    kept.keep("T02", "a", features(), None)
    kept.keep("T13", "a", features(), "of another task")
    assert corrected_cases(kept, task) == (Example("A  text", ("b",)),)


def test_phi_learns_from_the_latest_corrections_first_and_does_without_where_they_are_locked(tmp_path: Path) -> None:
    kept = store(tmp_path, MemoryKeyring())
    task = Task("T02", "classify", "", "", "", 10, (), (), labels=(Label("a", "a"), Label("b", "b")))
    assert own_examples(kept, task) == ()
    kept.keep("T02", "a", features(), "the first")
    kept.keep("T02", "b", features(), "the second")
    assert own_examples(kept, task) == (Example("the second", ("b",)), Example("the first", ("a",)))
    assert own_examples(store(tmp_path, MemoryKeyring()), task) == ()
