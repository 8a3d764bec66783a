"""The digests of the files in ``resources/onnx``."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "resources" / "onnx"
FILES = ("examples.npz", "minilm.onnx", "pii_tagger.onnx", "tokenizer.json")


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_digests() -> str:
    """Write ``SHA256SUMS`` for the files that are there; return its text."""
    text = "".join(f"{sha256(TARGET / name)}  {name}\n" for name in FILES if (TARGET / name).is_file())
    (TARGET / "SHA256SUMS").write_text(text, encoding="ascii")
    return text
