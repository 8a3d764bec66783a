"""Makes ``resources/onnx/examples.npz``: features of all examples of the packs that ship, and what is learnt from them.

    python -m models.training.examples

Run it when the examples of a classify or route pack or the model have changed. Nothing breaks without it: examples
and tasks that are not in the file are computed at the first use of their task, about 1.5 ms an example and 0.3 s.
"""

import numpy as np

from models.engines.starter.classifier import learn, texts_to_learn
from models.engines.starter.embedding import Embedder
from models.engines.starter.known_examples import FILE, key, model_digests
from models.engines.starter.known_tasks import numbers_of
from models.skills.loader import load_packs
from models.training.digests import ROOT, TARGET, write_digests


def main() -> None:
    """Compute and write."""
    packs = load_packs(ROOT / "resources" / "skills")
    texts = sorted({text for task in packs.tasks if task.labels for text in texts_to_learn(task)}, key=key)
    features = Embedder(TARGET).features(texts).astype(np.float16)
    keys = np.array([key(text) for text in texts], np.uint64)
    rows = dict(zip(texts, features.astype(np.float32), strict=True))
    learnt: dict[str, np.ndarray] = {}
    for task in packs.tasks:
        if task.labels:
            learnt |= numbers_of(learn(task, np.array([rows[text] for text in texts_to_learn(task)])))
    np.savez(TARGET / FILE, keys=keys, features=features, model=np.array(model_digests(TARGET)), **learnt)
    print(f"{len(texts)} texts, {(TARGET / FILE).stat().st_size / 1e6:.1f} MB")
    print(write_digests(), end="")


if __name__ == "__main__":
    main()
