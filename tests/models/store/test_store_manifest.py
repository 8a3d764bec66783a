"""The list of models is checked key by key."""

from pathlib import Path

import pytest

from models.errors import StorageError
from models.store.manifest import load_manifest

SHIPPED = Path(__file__).resolve().parents[3] / "resources" / "models.toml"


def test_the_shipped_list_holds_phi_4_mini_at_a_pinned_revision() -> None:
    (phi,) = load_manifest(SHIPPED)
    assert (phi.name, phi.license, phi.repository) == ("Phi-4 Mini", "MIT", "microsoft/Phi-4-mini-instruct-onnx")
    assert phi.revision == "a64b5309e58f6ac22cacdf9d143ab7455d8b9f5b"
    assert phi.total_bytes == 4_930_563_630
    assert {"genai_config.json", "model.onnx", "model.onnx.data", "tokenizer.json"} <= {f.path for f in phi.files}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('id = "phi-4-mini"', 'id = "Phi 4"', "id"),
        ('name = "Phi-4 Mini"', 'name = ""', "name"),
        ('license = "MIT"', "license = 1", "license"),
        ('repository = "microsoft/', 'repository = "https://evil.example/', "repository"),
        ("a64b5309e58f6ac22cacdf9d143ab7455d8b9f5b", "main", "revision"),
        ("total_bytes = 4_930_563_630", "total_bytes = -1", "total_bytes"),
        ("memory_4096_bytes = 4_700_000_000", "memory_4096_bytes = true", "memory_4096_bytes"),
        ("memory_2048_bytes = 4_100_000_000", "memory_2048_bytes = 0", "memory_2048_bytes"),
        ('hosts = ["huggingface.co"', 'hosts = ["http://huggingface.co"', "hosts"),
        ('source = "https://huggingface.co"', 'source = "ftp://huggingface.co"', "source"),
        ('card = "https://huggingface.co', 'card = "huggingface.co', "card"),
        ("languages = [", "languages = [3, ", "languages"),
        ("bytes = 1520", 'bytes = "1520"', "bytes"),
        ('path = "config.json"', 'path = "../config.json"', "leaves the folder"),
        ('path = "config.json"', 'path = "/etc/config.json"', "leaves the folder"),
        ('path = "config.json"', 'path = "..\\\\config.json"', "leaves the folder"),
        ('path = "config.json"', 'path = "C:config.json"', "leaves the folder"),
        ('path = "config.json"', 'path = "merges.txt"', "listed twice"),
        ("bytes = 1520", 'sha256 = "abc"', "sha256"),
        ("[[models]]", "[[model]]", "lists no models"),
        ("[[models]]", "models = 3", "cannot be read"),
    ],
)
def test_a_broken_list_is_refused_with_the_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "models.toml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StorageError) as refusal:
        load_manifest(broken)
    assert key in refusal.value.message


def test_a_list_with_the_same_model_twice_is_refused(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    (tmp_path / "models.toml").write_text(text + text, encoding="utf-8")
    with pytest.raises(StorageError, match="same id"):
        load_manifest(tmp_path / "models.toml")


@pytest.mark.parametrize("text", ["", "models = []", "models = [1]"])
def test_a_list_of_nothing_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "models.toml").write_text(text, encoding="utf-8")
    with pytest.raises(StorageError):
        load_manifest(tmp_path / "models.toml")
