"""The embedded model: the files that ship, and what the embedder makes of texts."""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engines.starter.embedding import (
    MAX_TOKENS,
    POLARITY,
    WIDTH,
    Cancelled,
    Embedder,
    _batches,
    _even_windows,
    _slices,
)
from models.errors import EngineUnavailable

ROOT = Path(__file__).resolve().parents[4]
ONNX = ROOT / "resources" / "onnx"


@pytest.fixture(scope="module")
def embedder() -> Iterator[Embedder]:
    embedder = Embedder(ONNX)
    yield embedder
    embedder.close()


def test_the_files_that_ship_are_those_that_the_export_wrote() -> None:
    for line in (ONNX / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        digest, name = line.split()
        assert hashlib.sha256((ONNX / name).read_bytes()).hexdigest() == digest, name


def test_the_licence_of_the_model_ships_with_it() -> None:
    assert "Apache License" in (ONNX / "LICENSE").read_text(encoding="utf-8")
    assert "all-MiniLM-L6-v2" in (ONNX / "NOTICE").read_text(encoding="utf-8")


def test_embeddings_have_length_one(embedder: Embedder) -> None:
    vectors = embedder.embed(["A short text.", "", "word " * 900])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_texts_of_one_meaning_are_closer_than_texts_of_two(embedder: Embedder) -> None:
    one, same, other = embedder.embed(
        ["My parcel has not arrived.", "Where is the package that I ordered?", "The choir rehearses on Tuesdays."]
    )
    assert one @ same > 0.4
    assert one @ other < 0.2


def test_a_text_gets_the_same_embedding_in_any_company(embedder: Embedder) -> None:
    texts = ["Thank you.", "The invoice is wrong, please correct the amount and send it again.", "no " * 300]
    together = embedder.embed(texts)
    alone = np.vstack([embedder.embed([text]) for text in texts])
    assert np.abs(together - alone).max() < 1e-5


def _polarity(embedder: Embedder, *texts: str) -> np.ndarray:
    found: np.ndarray = embedder.features(texts)[:, 2 * WIDTH :]
    return found


def test_the_polarity_tells_praise_complaint_and_neither(embedder: Embedder) -> None:
    found = _polarity(
        embedder,
        "The staff were friendly and the food was excellent.",
        "It broke after two days and nobody answers my mails.",
        "The meeting begins at nine in room four.",
    )
    assert found.shape == (3, POLARITY)
    assert found.argmax(axis=1).tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("praise", "complaint"),
    [
        ("I can recommend this printer.", "I cannot recommend this printer."),
        ("The plot is thin, but the actors are wonderful.", "The actors are wonderful, but the plot is dreadful."),
        ("I would buy this printer again.", "I would never buy this printer again."),
    ],
)
def test_the_polarity_follows_the_sentence_and_not_single_words(
    embedder: Embedder, praise: str, complaint: str
) -> None:
    good, bad = _polarity(embedder, praise, complaint)
    assert good[0] - good[1] > bad[0] - bad[1]


def test_the_polarity_of_a_long_text_is_that_of_its_windows(embedder: Embedder) -> None:
    good = "The staff were friendly and the food was excellent. "
    once, often = _polarity(embedder, good * 20, good * 60)
    assert np.abs(once - often).max() < 0.6


def test_the_end_of_a_long_text_counts(embedder: Embedder) -> None:
    start = "The harbour was quiet that morning. " * 100
    assert len(start.split()) > 2 * MAX_TOKENS
    plain, ended = embedder.embed([start, start + "We demand a refund from our lawyer! " * 100])
    assert plain @ ended < 0.95


def test_progress_ends_at_the_total(embedder: Embedder) -> None:
    heard: list[tuple[int, int]] = []
    embedder.embed(["word " * 2000], lambda done, total: heard.append((done, total)))
    assert heard
    assert heard == sorted(heard)
    assert heard[-1][0] == heard[-1][1]


def test_cancel_is_heard_between_model_runs(embedder: Embedder) -> None:
    cancel = threading.Event()
    runs: list[int] = []

    def stop(done: int, _total: int) -> None:
        runs.append(done)
        cancel.set()

    with pytest.raises(Cancelled):
        embedder.embed(["word " * 20000], stop, cancel)
    assert len(runs) == 1


def test_a_closed_embedder_loads_again(embedder: Embedder) -> None:
    embedder.close()
    assert not embedder.loaded
    assert embedder.embed(["again"]).shape == (1, 384)
    assert embedder.loaded


def test_two_threads_may_embed_at_once(embedder: Embedder) -> None:
    expected = embedder.embed(["one thread", "another thread"])
    found: dict[int, np.ndarray] = {}
    threads = [
        threading.Thread(target=lambda index=index, text=text: found.update({index: embedder.embed([text])[0]}))
        for index, text in enumerate(["one thread", "another thread"])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert np.abs(np.vstack([found[0], found[1]]) - expected).max() < 1e-5


@pytest.mark.parametrize("damaged", ["minilm.onnx", "tokenizer.json"])
def test_a_damaged_model_is_a_sentence(tmp_path: Path, damaged: str) -> None:
    for name in ("minilm.onnx", "tokenizer.json"):
        shutil.copy(ONNX / name, tmp_path / name)
    (tmp_path / damaged).write_bytes(b"not a model")
    with pytest.raises(EngineUnavailable, match="stayed on this device"):
        Embedder(tmp_path).load()


def test_a_missing_model_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="Install Strongroom again"):
        Embedder(tmp_path).embed(["text"])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\x00\x01\ufffd" * 500, id="binary"),
        pytest.param("שלום עולם " * 200, id="right to left"),
        pytest.param("👩‍👩‍👧‍👦🏳️‍🌈" * 300, id="joined emoji"),
        pytest.param("\ud800 lone", id="lone surrogate"),
        pytest.param("漢字" * 2000, id="no spaces"),
        pytest.param("a" * 100_000, id="one word"),
        pytest.param("[CLS] [SEP] [PAD]", id="special tokens as words"),
    ],
)
def test_odd_texts_have_an_embedding_too(embedder: Embedder, text: str) -> None:
    assert np.linalg.norm(embedder.embed([text])[0]) == pytest.approx(1, abs=1e-5)


def test_counting_the_pieces_of_five_megabytes_takes_seconds(embedder: Embedder) -> None:
    text = "The quick brown fox, invoice 4711, jumps over it.\n" * 100_000
    start = time.monotonic()
    assert embedder.count_tokens([text]) > 1_000_000
    assert time.monotonic() - start < 30


def test_slicing_changes_no_word_piece(embedder: Embedder) -> None:
    words = "Unbelievable antidisestablishmentarianism, e-mail: 12.5 % of naïve people"
    text = " ".join([words] * 200)
    assert embedder.count_tokens([text]) == 200 * embedder.count_tokens([words])


def test_telemetry_is_off_before_onnxruntime_is_imported() -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from models.engines.starter.embedding import Embedder\n"
        "assert 'onnxruntime' not in sys.modules and 'numpy' not in sys.modules\n"
        f"Embedder(Path({str(ONNX)!r})).load(); print(os.environ['ORT_DISABLE_TELEMETRY'])"
    )
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "1"


@given(st.text(max_size=300).map(lambda text: text * 30))
@settings(max_examples=50)
def test_slices_joined_are_the_text(text: str) -> None:
    assert "".join(_slices(text)) == text


@given(st.lists(st.integers(), max_size=200), st.integers(1, 50))
def test_windows_joined_are_the_text_and_none_is_too_long(ids: list[int], size: int) -> None:
    windows = _even_windows(ids, size)
    assert [value for window in windows for value in window] == ids
    assert all(len(window) <= size for window in windows)


@given(st.lists(st.integers(2, 256), max_size=100).map(sorted))
def test_batches_hold_every_window_once_within_the_budget_and_of_one_length(lengths: list[int]) -> None:
    batches = list(_batches(lengths, 1024))
    assert [index for batch in batches for index in batch] == list(range(len(lengths)))
    assert all(lengths[batch[-1]] * len(batch) <= 1024 for batch in batches)
    assert all(lengths[batch[0]] == lengths[batch[-1]] for batch in batches)
