"""The list of models that the program knows, from ``resources/models.toml``."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from models.errors import StorageError

_REVISION = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model: its path in the model's folder, size in bytes and SHA-256, where they are known beforehand."""

    path: str
    size_bytes: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class ManifestModel:
    """A model that can be installed.

    ``folder`` is where its files lie in the repository; ``revision`` is the commit they are taken from.
    ``memory_bytes`` is what a run needs, about.
    """

    id: str
    name: str
    purpose: str
    license: str
    repository: str
    revision: str
    folder: str
    total_bytes: int
    memory_bytes: int
    files: tuple[ModelFile, ...]


def load_manifest(path: Path) -> tuple[ManifestModel, ...]:
    """Read and check the list.

    Raises:
        StorageError: It is missing or not valid; the message names the model and the key.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise _broken("it cannot be read") from None
    untrusted_models = data.get("models")
    if not isinstance(untrusted_models, list) or not untrusted_models:
        raise _broken("it lists no models")
    models = tuple(_model(number, untrusted) for number, untrusted in enumerate(untrusted_models, 1))
    if len({model.id for model in models}) < len(models):
        raise _broken("two models have the same id")
    return models


def _model(number: int, untrusted: Any) -> ManifestModel:
    where = f"model {number}"
    if not isinstance(untrusted, dict):
        raise _broken(f"{where} is not a table")
    identifier = _text(untrusted, "id", where, _ID)
    where = f"model {identifier}"
    untrusted_files = untrusted.get("files")
    if not isinstance(untrusted_files, list) or not untrusted_files:
        raise _broken(f"{where}, files: there are none")
    files = tuple(_file(where, file) for file in untrusted_files)
    if len({file.path for file in files}) < len(files):
        raise _broken(f"{where}, files: one is listed twice")
    folder = _text(untrusted, "folder", where)
    _check_relative(folder, f"{where}, folder")
    return ManifestModel(
        identifier,
        _text(untrusted, "name", where),
        _text(untrusted, "purpose", where),
        _text(untrusted, "license", where),
        _text(untrusted, "repository", where, _REPOSITORY),
        _text(untrusted, "revision", where, _REVISION),
        folder,
        _size(untrusted, "total_bytes", where),
        _size(untrusted, "memory_bytes", where),
        files,
    )


def _file(where: str, untrusted: Any) -> ModelFile:
    if not isinstance(untrusted, dict):
        raise _broken(f"{where}, files: not a table")
    path = _text(untrusted, "path", where)
    _check_relative(path, f"{where}, path")
    size = _size(untrusted, "bytes", where) if "bytes" in untrusted else None
    return ModelFile(path, size, _text(untrusted, "sha256", where, _SHA256) if "sha256" in untrusted else "")


def _text(untrusted: dict[str, Any], key: str, where: str, pattern: re.Pattern[str] | None = None) -> str:
    value = untrusted.get(key)
    if not isinstance(value, str) or not value.strip() or (pattern is not None and not pattern.fullmatch(value)):
        raise _broken(f"{where}, {key}: not valid")
    return value


def _size(untrusted: dict[str, Any], key: str, where: str) -> int:
    value = untrusted.get(key)
    if type(value) is not int or value <= 0:
        raise _broken(f"{where}, {key}: not a size in bytes")
    return value


def _check_relative(path: str, where: str) -> None:
    """A path in a manifest must stay in the model's folder, on every system."""
    parts = PurePosixPath(path).parts
    if path.startswith("/") or "\\" in path or ":" in path or ".." in parts:
        raise _broken(f"{where}: leaves the folder")


def _broken(why: str) -> StorageError:
    return StorageError(
        "The list of models is not usable",
        f"models.toml: {why}. Your data and the models on this machine are not affected. Install Strongroom again.",
    )
