"""Sentence embeddings by all-MiniLM-L6-v2, in this process, on the CPU."""

import itertools
import os
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.cores import physical_cores
from models.errors import EngineUnavailable
from models.runtime import import_onnxruntime

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

MODEL_NAME = "all-MiniLM-L6-v2 int8"
WIDTH = 384
"""Numbers of an embedding. Features are an embedding, as many numbers on the tone, and three on the polarity."""
POLARITY = 3
"""Numbers on the polarity: praise, complaint, neither."""
MAX_TOKENS = 256
"""Word pieces that the model reads at once, with its two special ones: what it was trained on."""
_CLS, _SEP = 101, 102
_OUTPUTS = ["embedding", "tone", "polarity"]
_SLICE_CHARACTERS = 2000
_BATCH_TOKENS = 512
"""Word pieces a model run. More was no faster; fewer mean that Stop is heard sooner and memory stays low."""


def quiet_blas() -> None:
    """Keep NumPy to one thread: for the classifier's small matrices more cost more than they bring.

    0.5 s against 0.03 s where the cores are busy. Heard only before NumPy is first imported.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class Cancelled(Exception):
    """The cancel event was set; the engine turns this into ``FinishReason.CANCELLED``."""


class Embedder:
    """Turns texts into vectors of length 1 whose dot product is their likeness.

    Loads the model on first use (about 0.1 s) and may be called from any thread.

    Args:
        folder: holds ``minilm.onnx`` and ``tokenizer.json``.
        threads: model runs at a time; None takes the number of physical cores.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        self._folder = folder
        self._threads = threads
        self._lock = threading.Lock()
        self._session: Any = None
        self._tokenizer: Any = None

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._session is not None

    def load(self) -> None:
        """Load the model now.

        Raises:
            EngineUnavailable: a file of the model is missing or damaged.
        """
        with self._lock:
            self._get_session()
            self._get_tokenizer()

    def close(self) -> None:
        """Give the memory back; the next call loads again."""
        with self._lock:
            self._session = self._tokenizer = None

    def embed(
        self,
        texts: Sequence[str],
        on_progress: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> "Vectors":
        """Embed texts: (n, 384) float32, every row of length 1.

        A text of more than 256 word pieces is read in windows, whose vectors are averaged by their length.
        ``on_progress`` hears (windows done, windows in all) after every model run.

        Raises:
            EngineUnavailable: a file of the model is missing or damaged.
            Cancelled: ``cancel`` was set; it is looked at before every model run.
        """
        return self.features(texts, on_progress, cancel)[:, :WIDTH]

    def features(
        self,
        texts: Sequence[str],
        on_progress: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> "Vectors":
        """Features of texts, (n, 771); see ``feature_steps``, and ``embed`` for the arguments."""
        steps = self.feature_steps(texts, cancel)
        while True:
            try:
                done, total = next(steps)
            except StopIteration as finished:
                vectors: Vectors = finished.value
                return vectors
            if on_progress is not None:
                on_progress(done, total)

    def feature_steps(
        self, texts: Sequence[str], cancel: threading.Event | None = None
    ) -> Generator[tuple[int, int], None, "Vectors"]:
        """Read texts in steps: yields (windows done, windows in all), returns features (n, 771) float32.

        The first 384 of a row are what ``embed`` gives. The next 384 come from a middle layer, where the tone of a text
        is clearer than in the last one, which was trained on its subject; they have length 1 too. The last three say
        how much the text praises, complains, or does neither: logits of a branch of its own (see
        models/training/polarity.py).
        """
        import numpy as np

        if cancel is not None and cancel.is_set():
            raise Cancelled
        vectors = np.zeros((len(texts), 2 * WIDTH + POLARITY), np.float32)
        weights = np.zeros((len(texts), 1), np.float32)
        owners: list[int] = []
        windows: list[list[int]] = []
        for owner, ids in enumerate(self._tokenize(texts)):
            parts = _even_windows(ids, MAX_TOKENS - 2)
            owners += [owner] * len(parts)
            windows += parts
        order = sorted(range(len(windows)), key=lambda index: len(windows[index]))
        groups = _batches([len(windows[index]) + 2 for index in order], _BATCH_TOKENS)
        # The longest first, so that no core is left with one at the end.
        batches = [[order[position] for position in group] for group in groups][::-1]

        def run(batch: list[int]) -> "Vectors":
            if cancel is not None and cancel.is_set():
                raise Cancelled
            return _run(session, [windows[index] for index in batch])

        with self._lock:
            session = self._get_session()
        done = 0
        pool = ThreadPoolExecutor(self._threads or physical_cores(), "embedding")
        try:
            for batch, found in zip(batches, pool.map(run, batches), strict=True):
                for index, vector in zip(batch, found, strict=True):
                    vectors[owners[index]] += vector * (len(windows[index]) + 2)
                    weights[owners[index]] += len(windows[index]) + 2
                done += len(batch)
                yield done, len(windows)
                if cancel is not None and cancel.is_set():
                    raise Cancelled
        finally:
            pool.shutdown(cancel_futures=True)
        for part in (slice(0, WIDTH), slice(WIDTH, 2 * WIDTH)):
            vectors[:, part] /= np.maximum(np.linalg.norm(vectors[:, part], axis=1, keepdims=True), 1e-12)
        vectors[:, 2 * WIDTH :] /= weights
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Word pieces of all texts together, without special ones."""
        return sum(len(ids) for ids in self._tokenize(texts))

    def _tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        """Word piece ids of every text. Long texts go in slices cut at white space, which changes no word piece."""
        slices: list[str] = []
        owners: list[int] = []
        for owner, text in enumerate(texts):
            for part in _slices(text):
                # A lone surrogate is a str in Python but no text that the tokenizer takes.
                slices.append(part.encode("utf-8", "replace").decode("utf-8"))
                owners.append(owner)
        with self._lock:
            encoded = self._get_tokenizer().encode_batch_fast(slices, add_special_tokens=False)
        result: list[list[int]] = [[] for _ in texts]
        for owner, encoding in zip(owners, encoded, strict=True):
            result[owner] += encoding.ids
        return result

    def _get_session(self) -> Any:
        """The session, loaded if need be; the caller holds the lock."""
        if self._session is None:
            self._session = self._load_session()
        return self._session

    def _get_tokenizer(self) -> Any:
        """The tokenizer, loaded if need be; the caller holds the lock."""
        if self._tokenizer is None:
            self._tokenizer = self._load_tokenizer()
        return self._tokenizer

    def _load_session(self) -> Any:
        onnxruntime = import_onnxruntime()
        options = onnxruntime.SessionOptions()
        # Several windows run at a time, each on one thread: all cores on a small one wait for one another too often.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The graph is written in the form that is fastest on a CPU; the further levels would fuse what is faster apart.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        model = self._folder / "minilm.onnx"
        try:
            return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # the runtime's own classes are not exported
            raise _damaged() from error

    def _load_tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        try:
            return Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        except Exception as error:  # the library raises plain Exception
            raise _damaged() from error


def _run(session: Any, windows: Sequence[Sequence[int]]) -> "Vectors":
    """Embedding, tone and polarity of every window, all of one length: (windows, 771)."""
    import numpy as np

    outputs = session.run(_OUTPUTS, {"input_ids": np.array([[_CLS, *window, _SEP] for window in windows], np.int64)})
    found: Vectors = np.concatenate(outputs, axis=1)
    return found


def _damaged() -> EngineUnavailable:
    return EngineUnavailable(
        "The built-in model cannot be read",
        "A file of the built-in model is missing or damaged, so the starter engine cannot answer. Your text is "
        "untouched and stayed on this device. Install Strongroom again to repair it.",
    )


def _slices(text: str) -> Iterator[str]:
    """Consecutive pieces of at most 2000 characters, cut at white space where there is any."""
    start = 0
    while len(text) - start > _SLICE_CHARACTERS:
        limit = start + _SLICE_CHARACTERS
        cut = next((at for at in range(limit, limit - 200, -1) if text[at].isspace()), limit)
        yield text[start:cut]
        start = cut
    yield text[start:]


def _even_windows(ids: list[int], size: int) -> list[list[int]]:
    """Cut into as few windows of at most ``size`` as will do, of nearly equal length; one empty window for nothing."""
    count = max(1, -(-len(ids) // size))
    bounds = [len(ids) * index // count for index in range(count + 1)]
    return [ids[start:end] for start, end in itertools.pairwise(bounds)]


def _batches(lengths: Sequence[int], budget: int) -> Iterator[range]:
    """Group rising lengths: a group has one length, so that nothing is padded, and stays within ``budget`` if it can.

    Fifteen word pieces alone take hardly longer than as many among others, so small groups cost little.
    """
    start = 0
    for end in range(1, len(lengths) + 1):
        if end == len(lengths) or lengths[end] > lengths[start] or lengths[end] * (end + 1 - start) > budget:
            yield range(start, end)
            start = end
