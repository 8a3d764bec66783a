"""Makes ``resources/onnx/polarity.npy``: the directions of praise, complaint and neither among an embedding's features.

    python -m models.training.polarity

Needs only what the program itself needs, and ``minilm.onnx``. Twenty examples a label teach a classifier the subject
of a text but hardly its polarity, which lies in few directions of the 768; here they are found once, on thousands of
made sentences, and given to every task as three more features, to use or not.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from models.engines.starter import logistic
from models.engines.starter.embedding import WIDTH, Embedder
from models.training.digests import TARGET, write_digests
from models.training.polarity_sentences import sentences

COUNT = 8000
STRENGTH = 0.1
"""Strong regularization: the sentences are of few forms, and what is to be learnt must hold beyond them."""
TONE_SCALE = 3.0


def main() -> None:
    """Learn the directions and write them."""
    (TARGET / "polarity.npy").unlink(missing_ok=True)
    made = sentences(COUNT)
    embedder = Embedder(TARGET, polarity=False)
    features = embedder.features([sentence for sentence, _ in made]).astype(np.float64)
    features[:, WIDTH:] *= TONE_SCALE
    targets = np.eye(3)[[kind for _, kind in made]]
    model = logistic.fit(features, targets, STRENGTH)
    weights = model.weights.copy()
    weights[WIDTH:] *= TONE_SCALE
    # Scaled so that the directions vary by one over the sentences, and rounded: six digits are noise.
    spread = (features[:, :WIDTH] @ weights[:WIDTH]).std()
    np.save(TARGET / "polarity.npy", np.round(weights / spread, 3).astype(np.float32))
    right = (model.logits(features).argmax(axis=1) == targets.argmax(axis=1)).mean()
    print(f"{len(made)} sentences, {right:.1%} of them told right")
    print(write_digests(), end="")


if __name__ == "__main__":
    main()
