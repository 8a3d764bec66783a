"""The corpus that the recognition of personal data is trained and measured on."""

import random
import re
from collections import Counter

import pytest

from models.pii.entities import ENTITIES
from models.training.pii_corpus import generate
from models.training.pii_corpus.__main__ import main
from models.training.pii_corpus.checks import luhn_digit, mod97
from models.training.pii_corpus.fillers import Fillers
from models.training.pii_corpus.generator import CONTEXT_ONLY, fill
from models.training.pii_corpus.noise import KINDS, apply_edits
from models.training.pii_corpus.people import NATIVE, allowed_names, cultures, make_person
from models.training.pii_corpus.shapes import DATA, PIECE, Shape, all_shapes, parse_file
from models.training.pii_corpus.splits import name_allowed
from models.training.pii_corpus.twins import twins
from models.training.pii_corpus.vocabulary import NUMBERS, TERMS, terms

NEW = {
    "AGE",
    "HEALTH",
    "RELIGION",
    "ETHNICITY",
    "POLITICS",
    "SEXUAL_LIFE",
    "UNION",
}
KNOWN = (set(ENTITIES) | NEW | CONTEXT_ONLY) - {"DENY_LISTED", "OTHER_SCRIPT"}
"""What texts can hold: words that a person forbids are known to that person only."""


def shape(text: str, language: str = "en") -> Shape:
    return Shape(text, "test", language, personal=True, document=False, verbatim=False)


@pytest.fixture(scope="module")
def samples():
    return [sample for split in ("train", "held_out") for sample in generate(split, 600, seed=3, noise=0.5)]


def test_there_are_as_many_shapes_as_were_promised():
    counts = Counter((s.personal, s.document) for s in all_shapes())
    assert counts[True, False] >= 2500
    assert counts[True, True] >= 360
    assert counts[False, False] + counts[False, True] >= 0.8 * (counts[True, False] + counts[True, True])


@pytest.mark.parametrize("path", sorted(DATA.glob("p*/*/*.txt")), ids=lambda path: "/".join(path.parts[-3:]))
def test_a_genre_loads_and_every_slot_of_it_is_known(path):
    shapes = parse_file(path)
    assert shapes
    for each in shapes:
        assert each.language in NATIVE
        text, spans = fill(each, Fillers("train", each.language, random.Random(1)))
        assert not re.search(r"\[\[[A-Z_]+\|", text)
        assert {entity for _, _, entity in spans} <= KNOWN


def test_no_shape_is_written_twice():
    texts = Counter(" ".join(s.text.split()).casefold() for s in all_shapes())
    assert [text for text, count in texts.items() if count > 1] == []


def test_an_unknown_slot_is_refused():
    with pytest.raises(ValueError, match="no such slot"):
        fill(shape("Hello {nobody}"), Fillers("train", "en", random.Random(1)))


def test_spans_slice_to_what_was_filled_in():
    rng = random.Random(5)
    for each in all_shapes():
        text, spans = fill(each, Fillers("held_out", each.language, rng))
        marks = [m for m in PIECE.finditer(each.text) if m["entity"]]
        assert {m["marked"] for m in marks} <= {text[start:end] for start, end, _ in spans}
        position = 0
        for start, end, _ in spans:
            assert position <= start < end <= len(text)
            assert text[start:end].strip()
            position = end


def test_one_person_keeps_the_name_throughout_a_shape():
    text, _ = fill(shape("{person.last}|{person.last}|{person2.last}"), Fillers("train", "en", random.Random(2)))
    first, again, other = text.split("|")
    assert first == again != other


def test_noise_keeps_spans_on_their_words(samples):
    noisy = [sample for sample in samples if sample.noise]
    assert {kind for sample in noisy for kind in sample.noise} == set(KINDS)
    for sample in noisy:
        position = 0
        for start, end, entity in sample.spans:
            assert position <= start < end <= len(sample.text)
            assert entity in KNOWN
            position = end


def test_lower_casing_moves_spans_by_letters_that_grow():
    text = "İİ Ada Nur"
    lowered, spans = apply_edits(text, [(3, 10, "PERSON")], KINDS["lower"](text, [(3, 10, "PERSON")], random.Random(1)))
    assert [lowered[start:end] for start, end, _ in spans] == ["ada nur"]


def test_a_break_within_a_name_or_a_mark_before_a_line_keeps_the_span():
    text = "Seen today\nAda Featherstonehaugh-Nur at home"
    spans = [(11, 36, "PERSON")]
    for name in ("quoted", "bullets", "headers", "hyphenated"):
        changed, moved = apply_edits(text, spans, KINDS[name](text, spans, random.Random(2)))
        joined = [changed[start:end].replace("-\n", "").replace("\n", " ") for start, end, _ in moved]
        assert joined == ["Ada Featherstonehaugh-Nur"], name


def test_a_year_of_birth_is_marked():
    text, spans = fill(shape("born in {person.birthyear}"), Fillers("train", "en", random.Random(1)))
    assert [(text[start:end], entity) for start, end, entity in spans] == [(text[8:], "DATE_OF_BIRTH")]


def test_each_part_of_a_person_is_filled_with_itself_and_stays_the_same():
    parts = ("initialled", "lastinitials", "handle", "email", "dob", "dobwords", "birthyear", "nick")
    for number in range(20):
        filler = Fillers("train", "en", random.Random(number))
        first = {part: filler.fill(f"person.{part}") for part in parts}
        assert first == {part: filler.fill(f"person.{part}") for part in parts}
        last = filler.fill("person.last")[0]
        assert first["initialled"][0].endswith(f" {last}")
        assert first["lastinitials"][0].startswith(last)
        assert "@" in first["email"][0]
        assert " " not in first["handle"][0]
        assert any(char.isdigit() for char in first["dob"][0])
        assert first["birthyear"][0].isdigit()


def test_identifiers_are_left_alone_by_every_noise():
    text = "Card 4111 1111 1111 1111. Ada Nur, ok? " * 3
    spans = [(m.start(), m.end(), "PAYMENT_CARD") for m in re.finditer(r"4[\d ]{18}", text)]
    for name, kind in KINDS.items():
        changed, moved = apply_edits(text, spans, kind(text, spans, random.Random(4)))
        assert {changed[start:end] for start, end, _ in moved} == {"4111 1111 1111 1111"}, name


def test_no_shape_stands_on_both_sides():
    sides = {
        split: {part for sample in generate(split, 3000, seed=1) for part in sample.shape_id.split("+")}
        for split in ("train", "held_out")
    }
    assert sides["train"]
    assert sides["held_out"]
    assert not sides["train"] & sides["held_out"]


def test_no_name_stands_on_both_sides():
    for culture in cultures():
        for kind in ("female", "male", "family"):
            assert not set(allowed_names(culture, kind, "train")) & set(allowed_names(culture, kind, "held_out"))
    rng = random.Random(9)
    for _ in range(300):
        assert all(name_allowed(name, "held_out") for name in _parts(make_person("held_out", "en", rng)))
        assert all(name_allowed(name, "train") for name in _parts(make_person("train", "en", rng)))


def _parts(person):
    return {person.first, person.last}


def test_every_kind_of_term_has_some_that_training_misses():
    for kind in TERMS:
        assert set(terms(kind, "en", "train")) <= set(terms(kind, "en", "held_out"))
    assert set(terms("condition", "en", "held_out")) - set(terms("condition", "en", "train"))


@pytest.mark.parametrize("split", ["train", "held_out"])
def test_the_same_seed_gives_the_same_samples(split):
    assert list(generate(split, 60, seed=11)) == list(generate(split, 60, seed=11))


def test_another_seed_gives_other_samples():
    assert list(generate("train", 60, seed=11)) != list(generate("train", 60, seed=12))


def test_plain_texts_have_no_personal_spans():
    for sample in generate("train", 800, seed=2, negatives=1.0):
        assert sample.personal_spans == ()


def test_every_personal_shape_has_a_personal_span():
    for each in all_shapes():
        if each.personal:
            _, spans = fill(each, Fillers("train", each.language, random.Random(1)))
            assert {entity for _, _, entity in spans} - CONTEXT_ONLY, each.text


def test_negatives_is_the_share_of_plain_texts():
    plain = sum(not sample.personal_spans for sample in generate("train", 1000, seed=8, negatives=0.3))
    assert 250 <= plain <= 350


def test_cards_and_ibans_pass_their_check():
    rng = random.Random(3)
    for _ in range(200):
        card = re.sub(r"\D", "", NUMBERS["card"][1]("en", rng))
        assert luhn_digit(card[:-1]) == card[-1]
        iban = NUMBERS["iban"][1]("en", rng).replace(" ", "")
        assert mod97(iban[4:] + iban[:4]) == 1


def test_every_entity_of_the_gate_has_texts():
    found = {
        entity for seed in (1, 2) for s in generate("train", 3000, seed=seed, negatives=0) for _, _, entity in s.spans
    }
    assert KNOWN - found == set()


def test_the_command_prints_json_lines(capsys):
    assert main(["--split", "train", "--count", "3", "--seed", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert all(line.startswith('{"text": ') for line in lines)


def plain(text: str, genre: str = "public_figures") -> Shape:
    return Shape(text, genre, "en", personal=False, document=False, verbatim=False)


def test_the_twin_of_a_plain_shape_puts_strangers_in_the_place_of_famous_people():
    (twin,) = twins([plain("{Marie Curie|Albert Einstein|Lise Meitner} met {figure} in {Oslo|Rome}.")])
    assert twin.text == "{person20} met {person21} in {Oslo|Rome}."
    assert twin.personal


def test_what_is_named_after_people_has_no_twin():
    shapes = [
        plain("{Oslo|Rome|Lima} is far."),
        plain("Turn left into {Marie Curie|Albert Einstein|Lise Meitner} Street."),
        plain("{figure} sold well.", "brands"),
    ]
    assert list(twins(shapes)) == []


def test_a_twin_stands_on_the_side_of_its_shape():
    made = list(twins(all_shapes()))
    assert len(made) > 200
    origins = {shape.text: shape.split for shape in all_shapes()}
    assert all(twin.split == origins[twin.origin] for twin in made)
