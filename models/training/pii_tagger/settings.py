"""What a training run is given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What the result depends on, besides the corpus.

    With the same settings the same model comes out, up to the machine's arithmetic, as long as ``hours`` suffices; else
    the learning rate falls to zero by the time that is up.
    """

    rounds: int = 60
    round_samples: int = 5000
    batch_pieces: int = 2048
    rate: float = 3e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.85
    warm_up: float = 0.06
    word_rate: float = 0.0
    """Factor of the word embeddings' learning rate; 0 leaves them as they are."""
    masked: float = 0.12
    """Share of pieces hidden in training."""
    exchanged: float = 0.08
    """Share of whole words replaced by a neighbour in meaning."""
    cut: float = 0.08
    """Share of windows of which only a part is read."""
    taught: float = 0.0
    """Share of the loss that comes from the mean of the teachers, where there are any."""
    negatives: float = 0.5
    noise: float = 0.25
    seed: int = 1
    hours: float = 1.8
