"""The list of models that the program knows, from ``resources/models.toml`` or a company's own file."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from models.errors import StorageError

_REVISION = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[!-~]*)?")
_HOST = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*")
_PATH = re.compile(r"[A-Za-z0-9_./\\:-][A-Za-z0-9_. /\\:+-]*")
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

    ``folder`` is where its files lie in the repository ("" for its top); ``revision`` is the commit they are of;
    ``source`` is the hub's address, and ``hosts`` are those it may send us on to ("*.example.org": any below it).
    ``memory_2048_bytes`` and ``memory_4096_bytes`` are what a run with a window of so many tokens needs, about.
    """

    id: str
    name: str
    purpose: str
    license: str
    license_text: str
    card: str
    languages: tuple[str, ...]
    source: str
    hosts: tuple[str, ...]
    repository: str
    revision: str
    folder: str
    total_bytes: int
    memory_2048_bytes: int
    memory_4096_bytes: int
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


def find_entry(manifest: tuple[ManifestModel, ...], name: str) -> ManifestModel:
    """The entry with this id or name, upper or lower case.

    Raises:
        StorageError: There is none; the message lists what there is.
    """
    wanted = name.strip().casefold()
    for model in manifest:
        if wanted in (model.id.casefold(), model.name.casefold()):
            return model
    known = ", ".join(model.id for model in manifest)
    raise StorageError(
        "No such model", f"The list of models holds {known}. Nothing was changed. Use one of these names."
    )


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
    folder = _text(untrusted, "folder", where) if untrusted.get("folder") != "" else ""
    _check_relative(folder, f"{where}, folder")
    languages, hosts = (_texts(untrusted, key, where) for key in ("languages", "hosts"))
    if not all(_HOST.fullmatch(host) for host in hosts):
        raise _broken(f"{where}, hosts: not valid")
    return ManifestModel(
        identifier,
        _text(untrusted, "name", where),
        _text(untrusted, "purpose", where),
        _text(untrusted, "license", where),
        _text(untrusted, "license_text", where).strip(),
        _text(untrusted, "card", where, _ADDRESS),
        languages,
        _text(untrusted, "source", where, _ADDRESS).rstrip("/"),
        hosts,
        _text(untrusted, "repository", where, _REPOSITORY),
        _text(untrusted, "revision", where, _REVISION),
        folder,
        _size(untrusted, "total_bytes", where),
        _size(untrusted, "memory_2048_bytes", where),
        _size(untrusted, "memory_4096_bytes", where),
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


def _texts(untrusted: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = untrusted.get(key)
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise _broken(f"{where}, {key}: not a list of texts")
    return tuple(value)


def _size(untrusted: dict[str, Any], key: str, where: str) -> int:
    value = untrusted.get(key)
    if type(value) is not int or value <= 0:
        raise _broken(f"{where}, {key}: not a size in bytes")
    return value


def _check_relative(path: str, where: str) -> None:
    """A path in a manifest must stay in the model's folder, on every system."""
    if path and not _PATH.fullmatch(path):
        raise _broken(f"{where}: holds characters that are not allowed")
    parts = PurePosixPath(path).parts
    if path.startswith("/") or "\\" in path or ":" in path or ".." in parts:
        raise _broken(f"{where}: leaves the folder")


def _broken(why: str) -> StorageError:
    return StorageError(
        "The list of models is not usable",
        f"The list of models: {why}. Your data and the models on this machine are not affected. If the list is your "
        "own, correct it; if not, install Strongroom again.",
    )
