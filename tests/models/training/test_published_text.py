"""Published plain text: what is read out of the archives, and how it is mixed in."""

import io
import json
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from models.training.pii_corpus import generate
from models.training.pii_corpus.mixing import Side, mixed, published_sample
from models.training.pii_corpus.published import passages
from models.training.pii_corpus.splits import is_kept_back

WORDNET = """  1 licence text that opens every file
00001740 03 n 01 entity 0 000 | that which is perceived to have its own existence
00002000 18 n 01 believer 0 000 | someone who holds a creed; "he is a firm believer", "the believers met on the hill"
00003000 00 a 01 calm 0 000 | not agitated in any way; "a reply to Theodora's questions", "he kept calm through the day"
"""


@pytest.fixture
def archives(tmp_path: Path) -> Path:
    """A folder with one wheel of messages and one source archive with a dictionary."""
    words = {"ui": {f"line{n}": f"Die Einstellung Nummer {n} wurde nicht <b>gespeichert</b>." for n in range(60)}}
    words["ui"] |= {"short": "Ja", "mail": "Schreiben Sie an hilfe@firma.example oder rufen Sie an."}
    english = {f"line{n}": f"The setting {{name}} was changed {n} times today." for n in range(60)}
    with zipfile.ZipFile(tmp_path / "panel-1.0-py3-none-any.whl", "w") as wheel:
        for language, strings in (("de", words), ("en", english), ("xx", {"a": "one two three four five six"})):
            name = f"panel/static/translations/config/{language}-{'0' * 32}.json"
            wheel.writestr(name, json.dumps(strings))
        wheel.writestr("panel/README.txt", "This sentence is not among the messages at all.")
    with tarfile.open(tmp_path / "dictionary-2.0.tar.gz", "w:gz") as bundle:
        content = WORDNET.encode()
        member = tarfile.TarInfo("dictionary/wordnet/dict/data.noun1")
        member.size = len(content)
        bundle.addfile(member, io.BytesIO(content))
    return tmp_path


def test_messages_lose_their_markup_and_gaps(archives):
    texts = {passage.text for passage in passages(archives)}
    assert "Die Einstellung Nummer 3 wurde nicht gespeichert ." in texts
    assert "The setting 5 was changed 7 times today." in texts


def test_short_words_addresses_and_other_languages_are_left_out(archives):
    texts = " ".join(passage.text for passage in passages(archives))
    for absent in ("Ja", "hilfe@", "one two three", "This sentence", "licence text"):
        assert absent not in texts


def test_examples_that_speak_of_one_person_are_left_out(archives):
    texts = [passage.text for passage in passages(archives) if passage.source == "published-dictionary"]
    assert any(text.endswith("someone who holds a creed") for text in texts)
    assert "the believers met on the hill" in texts
    assert "he kept calm through the day" in texts
    assert not any("firm believer" in text or "Theodora" in text for text in texts)


def test_a_folder_without_archives_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="no archives"):
        passages(tmp_path)


def test_published_texts_are_plain_and_of_their_side(archives):
    rng = random.Random(1)
    for _ in range(50):
        sample = published_sample(Side(archives, "train"), rng)
        assert sample.text
        assert not sample.spans
        assert not any(is_kept_back(part) for part in sample.shape_id.split("+"))


def test_what_is_kept_back_does_not_occur_in_training(archives):
    parts = [
        {part for _ in range(80) for part in published_sample(side, random.Random(_)).shape_id.split("+")}
        for side in (Side(archives, "train"), Side(archives, "train", kept_back=True), Side(archives, "held_out"))
    ]
    assert all(parts)
    assert not parts[0] & parts[1]
    assert not parts[0] & parts[2]
    assert not parts[1] & parts[2]


def test_spans_stay_on_their_words_when_text_is_put_around_them(archives):
    made = list(generate("train", 300, 5, negatives=0.3, noise=0.0))
    surrounded = 0
    for before, after in zip(made, mixed(made, archives, "train", 5), strict=True):
        if before.personal_spans:
            assert [before.text[s:e] for s, e, _ in before.spans] == [after.text[s:e] for s, e, _ in after.spans]
            surrounded += before.text != after.text
    assert surrounded > 10


def test_half_of_the_plain_texts_become_published_ones(archives):
    made = [s for s in generate("train", 400, 6, negatives=1.0) if not s.personal_spans]
    genres = [sample.genre for sample in mixed(made, archives, "train", 6)]
    assert 0.4 < genres.count("published") / len(genres) < 0.6


def test_the_same_seed_mixes_the_same_texts(archives):
    made = list(generate("train", 60, 7))
    assert list(mixed(made, archives, "train", 7)) == list(mixed(made, archives, "train", 7))
