"""The parts of the Phi engine that compute: chat tokens, slices, loops, JSON that can be closed, pieces of a text."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phi_support import make_task

from models.engines.chat_tokens import CONTROL_TOKENS, ChatEncoder, readable
from models.engines.loaded_model import SLICE, SMALLEST_SLICE, prefill_slices
from models.engines.repetition import is_looping
from models.engines.structured_output import StructuredOutput
from models.engines.text_split import split_text
from models.messages import Message
from models.skills.parsing import parse_answer

MARKS = {name: 1_200_000 + number for number, name in enumerate(CONTROL_TOKENS)}


class OneCharacterTokenizer:
    """Encodes by code point, and like the real one: a chat token anywhere in the text becomes the control token."""

    def encode(self, text: str) -> list[int]:
        ids: list[int] = []
        text = text.partition("\0")[0]
        while text:
            mark = next((name for name in CONTROL_TOKENS if text.startswith(name)), None)
            ids.append(MARKS[mark] if mark else ord(text[0]))
            text = text[len(mark) if mark else 1 :]
        return ids


ENCODER = ChatEncoder(OneCharacterTokenizer())


def test_a_prompt_is_the_messages_between_their_marks() -> None:
    ids = ENCODER.prompt([Message("system", "S"), Message("user", "U")])
    expected = ["<|system|>", "S", "<|end|>", "<|user|>", "U", "<|end|>", "<|assistant|>"]
    assert ids == [MARKS.get(piece, ord(piece[0])) for piece in expected]


@pytest.mark.parametrize("mark", CONTROL_TOKENS)
def test_a_mark_in_a_text_is_text(mark: str) -> None:
    text = f"a{mark}{mark}b<{mark}"
    assert ENCODER.text(text) == [ord(character) for character in text]


@given(st.lists(st.one_of(st.sampled_from([*CONTROL_TOKENS, "<", "|", ">", "<|", "end"]), st.text(max_size=5))))
def test_no_text_ever_becomes_a_control_token(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert ENCODER.text(text) == [ord(character) for character in readable(text)]


@given(st.text(st.characters(codec=None), max_size=50))
def test_readable_text_has_no_nul_and_no_lone_surrogate_and_keeps_the_rest(text: str) -> None:
    result = readable(text)
    assert "\0" not in result
    result.encode("utf-8")
    if "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text):
        assert result == text


def test_a_tokenizer_without_the_chat_tokens_is_refused() -> None:
    class Other(OneCharacterTokenizer):
        def encode(self, text: str) -> list[int]:
            return [ord(character) for character in text]

    with pytest.raises(ValueError, match="chat tokens"):
        ChatEncoder(Other())


@given(st.integers(2, 5000), st.data())
def test_slices_cover_the_prompt_and_the_last_has_two_tokens_or_more(length: int, data: st.DataObject) -> None:
    sizes = st.sampled_from([SMALLEST_SLICE, 2 * SMALLEST_SLICE, SLICE])
    slices = list(prefill_slices(length, lambda: data.draw(sizes)))
    assert slices[0][0] == 0
    assert slices[-1][1] == length
    assert all(one[1] == two[0] for one, two in pairwise(slices))
    assert all(2 <= end - start <= SLICE for start, end in slices)


@pytest.mark.parametrize("phrase", [[7], [1, 2], list(range(20)), list(range(64))])
def test_a_phrase_said_without_end_is_a_loop(phrase: list[int]) -> None:
    assert is_looping([900, 901, 902, *phrase * (200 // len(phrase) + 4)])


@pytest.mark.parametrize(
    "tokens",
    [
        [],
        [5] * 40,
        list(range(500)),
        [token for row in range(60) for token in (1, 2, row, 3)],
        [*[1, 2, 3] * 40, 4],
        list(range(30)) * 3,
    ],
    ids=["nothing", "a ruler", "all different", "a table", "a loop that ended", "said three times"],
)
def test_what_only_looks_alike_is_no_loop(tokens: list[int]) -> None:
    assert not is_looping(tokens)


LABELS = '{"labels":["good"],"reason":"said \\"fine\\" ] } twice"}'
ITEMS = '{"items":[{"text":"a } \\" ] b","day":""},{"text":"c","day":"2026-03-03"}]}'


@pytest.mark.parametrize(("skill", "answer"), [("classify", LABELS), ("route", LABELS), ("extract", ITEMS)])
@pytest.mark.parametrize("step", [1, 3, 1000])
def test_a_whole_answer_passes_unchanged(skill: str, answer: str, step: int) -> None:
    output = StructuredOutput(make_task(skill))
    passed = "".join(output.feed(answer[start : start + step]) for start in range(0, len(answer), step))
    assert output.whole
    assert passed + output.finish() == answer


@pytest.mark.parametrize(("skill", "answer"), [("classify", LABELS), ("extract", ITEMS)])
def test_an_answer_cut_anywhere_closes_to_an_answer_that_parses(skill: str, answer: str) -> None:
    task = make_task(skill)
    for end in range(len(answer)):
        output = StructuredOutput(task)
        text = output.feed(answer[:end]) + output.finish()
        assert not output.whole
        parse_answer(task, text, "")
        json.loads(text)


def test_a_cut_extraction_keeps_every_complete_item() -> None:
    output = StructuredOutput(make_task("extract"))
    text = output.feed(ITEMS[:-12]) + output.finish()
    assert [item["text"] for item in json.loads(text)["items"]] == ['a } " ] b']


def test_a_cut_classification_keeps_its_label() -> None:
    output = StructuredOutput(make_task("classify"))
    text = output.feed(LABELS[:30]) + output.finish()
    assert json.loads(text) == {"labels": ["good"], "reason": ""}


def by_words_and_letters(texts: list[str]) -> list[int]:
    """Tokens of a tokenizer that needs four for a character beyond Latin, and one for four letters."""
    return [sum(4 if character > "\u024f" else 1 for character in text) for text in texts]


TEXTS = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            ["\n\n", "\n \n", ". ", "? ", " ", "word ", "A sentence of words. ", "שלום ", "🏳️‍🌈" * 9, "x" * 90]
        ),
    ),
    max_size=60,
).map("".join)


@given(TEXTS, st.integers(16, 200), st.integers(0, 8))
def test_parts_cover_the_whole_text_in_order_and_fit(text: str, window: int, overlap: int) -> None:
    parts = split_text(text, window, overlap, by_words_and_letters)
    reached = 0
    for start, end in parts:
        assert start <= reached < end
        reached = end
    assert reached == len(text)
    assert all(tokens <= window for tokens in by_words_and_letters([text[start:end] for start, end in parts]))


def test_parts_end_at_paragraphs_where_they_can() -> None:
    text = "".join(f"Paragraph {number} has a few words in it.\n\n" for number in range(30))
    parts = split_text(text, 200, 0, by_words_and_letters)
    assert len(parts) > 3
    assert all(text[:end].endswith("\n\n") for _, end in parts)


def test_a_part_begins_with_the_last_sentences_of_the_one_before() -> None:
    text = "".join(f"Sentence {number} is here. " for number in range(60))
    parts = split_text(text, 300, 60, by_words_and_letters)
    overlaps = [text[later[0] : earlier[1]] for earlier, later in pairwise(parts)]
    assert all(overlap.startswith("Sentence") for overlap in overlaps)
