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

COUNT = 6000
STRENGTH = 0.03
"""Strong regularization: the sentences are of few forms, and what is to be learnt must hold beyond them."""


def main() -> None:
    """Learn the directions and write them."""
    (TARGET / "polarity.npy").unlink(missing_ok=True)
    made = sentences(COUNT)
    embedder = Embedder(TARGET, polarity=False)
    features = embedder.features([sentence for sentence, _ in made]).astype(np.float64)
    scale = np.ones(2 * WIDTH)
    for half in (slice(0, WIDTH), slice(WIDTH, None)):
        scale[half] /= np.sqrt(features[:, half].var(axis=0).sum())
    targets = np.eye(3)[[kind for _, kind in made]]
    model = logistic.fit(features * scale, targets, STRENGTH)
    weights = model.weights * scale[:, None]
    # Scaled so that the directions vary by one over the sentences, and rounded: what follows is noise.
    weights /= (features @ weights).std()
    np.save(TARGET / "polarity.npy", np.round(weights, 3).astype(np.float32))
    features *= scale
    right = (model.logits(features).argmax(axis=1) == targets.argmax(axis=1)).mean()
    print(f"{len(made)} sentences, {right:.1%} of them told right")
    print(write_digests(), end="")


if __name__ == "__main__":
    main()
