"""Print samples as JSON lines.

python -m models.training.pii_corpus --split held_out --count 1000 --seed 1 > FILE.jsonl
"""

import argparse
import json
import sys
from collections import Counter

from models.training.pii_corpus.generator import generate
from models.training.pii_corpus.shapes import all_shapes


def main(argv: list[str] | None = None) -> int:
    """Write ``{"text", "spans": [{"start", "end", "entity"}], "genre", "shape_id", "language", "noise"}`` lines."""
    parser = argparse.ArgumentParser(prog="python -m models.training.pii_corpus", description=__doc__)
    parser.add_argument("--split", choices=("train", "held_out"), default="held_out")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--negatives", type=float, default=0.5, help="share of texts without personal data")
    parser.add_argument("--noise", type=float, default=0.25, help="share of texts with noise")
    parser.add_argument("--stats", action="store_true", help="print how many shapes there are instead")
    options = parser.parse_args(argv)
    if options.stats:
        counts = Counter((s.personal, s.document, s.split) for s in all_shapes())
        for (personal, document, split), count in sorted(counts.items()):
            kind = f"{'personal' if personal else 'plain'} {'documents' if document else 'sentences'}"
            print(f"{kind:24}{split:10}{count:6}")
        return 0
    sys.stdout.reconfigure(encoding="utf-8")
    for sample in generate(options.split, options.count, options.seed, options.negatives, options.noise):
        line = {
            "text": sample.text,
            "spans": [{"start": start, "end": end, "entity": entity} for start, end, entity in sample.spans],
            "genre": sample.genre,
            "shape_id": sample.shape_id,
            "language": sample.language,
            "noise": sample.noise,
        }
        print(json.dumps(line, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
