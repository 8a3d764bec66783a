"""Makes the texts of a run's rounds in several processes, once for all models that learn from them."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from models.training.pii_tagger.data import save_round, training_round
from models.training.pii_tagger.settings import Settings


def round_file(folder: Path, index: int) -> Path:
    """Where the texts of a round lie."""
    return folder / f"round-{index:04d}.npz"


def make(settings: Settings, folder: Path, published: Path, workers: int) -> None:
    """Write every round of ``settings`` into ``folder``; those that are there stay."""
    folder.mkdir(parents=True, exist_ok=True)
    left = [index for index in range(settings.rounds) if not round_file(folder, index).is_file()]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(_make_round, settings, folder, published, index) for index in left]
        for job in jobs:
            job.result()


def _make_round(settings: Settings, folder: Path, published: Path, index: int) -> None:
    examples = training_round(
        index, settings.round_samples, settings.seed, settings.negatives, settings.noise, published
    )
    save_round(examples, round_file(folder, index))
