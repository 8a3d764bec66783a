"""The models on this machine, found by their files alone: no network, nothing loaded."""

import json
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import EngineUnavailable
from models.store.record import ModelRecord, State, read_record, state

CONFIG = "genai_config.json"
SUPPORTED_TYPES = frozenset({"phi", "phi3"})
"""Model types of onnxruntime-genai that the engine's chat template and limits fit; Phi-4 Mini is a "phi3"."""

_PHI_4_MINI = {"vocab_size": 200_064, "hidden_size": 3072, "num_hidden_layers": 32}
_TOKENIZER = ("tokenizer.json", "tokenizer_config.json")
_UNFINISHED = (".part", ".partial", ".incomplete", ".tmp", ".download", ".crdownload")
CHANGED = (
    "The model is not used: its files have changed since they were verified. Your text stays on this device. Verify "
    "it (Models, or “strongroom models verify”); if a file is damaged, only that one is fetched again."
)

_DEPTH = 4  # a copied repository keeps the model two folders down; a cache of the hub four


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model folder. ``problem`` says in a sentence why it cannot be used, "" if it can.

    ``record`` is what is known of where it came from, None for a folder that was put there by hand; ``state`` says
    whether its files still have the sizes and times of change that they were verified with.
    """

    name: str
    folder: Path
    size_bytes: int
    model_type: str
    problem: str = ""
    record: ModelRecord | None = None
    state: State = "unknown"

    @property
    def usable(self) -> bool:
        """Whether the files look complete and the type fits. Whether it loads is seen when it is loaded."""
        return not self.problem


def installed_models(models_dir: Path) -> tuple[InstalledModel, ...]:
    """All model folders in ``models_dir``, usable ones first, then by name; () if there is no such folder."""
    models = [_inspect(folder) for folder in _model_folders(models_dir, _DEPTH)]
    return tuple(sorted(models, key=lambda model: (not model.usable, model.name, str(model.folder))))


def find_model(models_dir: Path, name: str = "") -> InstalledModel:
    """The usable model called ``name``, or the first usable one.

    Raises:
        EngineUnavailable: There is none; if one is there but incomplete, the message says what it lacks.
    """
    models = [model for model in installed_models(models_dir) if not name or model.name == name]
    for model in models:
        if model.usable:
            return model
    wanted = name or "Phi-4 Mini"
    if models:
        raise EngineUnavailable(f"{wanted} is not complete", models[0].problem)
    raise EngineUnavailable(
        f"{wanted} is not installed",
        "Your text stays on this device. Install the model, or import a folder that holds it; until then the starter "
        "engine answers what it can.",
    )


def check_folder(path: Path) -> InstalledModel:
    """The usable model in ``path``, or in the one folder below it that holds one.

    Raises:
        EngineUnavailable: There is none, more than one, or it is incomplete, changed or of another type.
    """
    model = model_folder(path)
    if model.problem:
        raise EngineUnavailable("The model cannot be used", model.problem)
    return model


def model_folder(path: Path) -> InstalledModel:
    """The complete model in ``path``, or in the one folder below it, whether or not its files have changed.

    Raises:
        EngineUnavailable: There is none, more than one, or it is incomplete or of another type.
    """
    folders = list(_model_folders(path, _DEPTH))
    if not folders:
        raise EngineUnavailable(
            "There is no model in that folder",
            f"A model folder holds {CONFIG} and model.onnx. Your text stays on this device. Choose the folder that "
            "holds these files.",
        )
    if len(folders) > 1:
        raise EngineUnavailable(
            "There are several models in that folder",
            f"It holds {len(folders)} of them. Your text stays on this device. Choose the folder of the one to use.",
        )
    model = _inspect(folders[0])
    if model.problem and model.problem != CHANGED:
        raise EngineUnavailable("The model cannot be used", model.problem)
    return model


def _model_folders(root: Path, depth: int) -> Iterator[Path]:
    """Folders that hold a model's configuration, not looked into any further."""
    try:
        if (root / CONFIG).is_file():
            yield root
            return
        # What begins with a dot is a download that is not finished, or not ours.
        visible = (child for child in root.iterdir() if not child.name.startswith("."))
        below = sorted(child for child in visible if child.is_dir()) if depth else []
    except OSError:
        return
    for child in below:
        yield from _model_folders(child, depth - 1)


def _inspect(folder: Path) -> InstalledModel:
    try:
        untrusted_config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        size = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    except (OSError, ValueError, RecursionError):
        return InstalledModel(folder.name, folder, 0, "", _problem(f"its {CONFIG} cannot be read"))
    untrusted_model = _table(untrusted_config, "model")
    decoder = _table(untrusted_model, "decoder")
    model_type = str(untrusted_model.get("type", ""))
    shape = {**decoder, "vocab_size": untrusted_model.get("vocab_size")}
    is_phi_4_mini = all(shape.get(key) == value for key, value in _PHI_4_MINI.items())
    record = read_record(folder)
    name = record.name if record is not None else "Phi-4 Mini" if is_phi_4_mini else folder.name
    why = _why_unusable(folder, model_type, decoder)
    kept = state(folder, record)
    problem = _problem(why) if why else CHANGED if kept == "changed" else ""
    return InstalledModel(name, folder, size, model_type, problem, record, kept)


def _why_unusable(folder: Path, model_type: str, decoder: dict[str, Any]) -> str:
    if model_type not in SUPPORTED_TYPES:
        return "it is of a type that this program does not run (only Phi models are)"
    untrusted_name = decoder.get("filename", "model.onnx")
    if not isinstance(untrusted_name, str) or Path(untrusted_name).name != untrusted_name:
        return f"its {CONFIG} names a file outside of its folder"
    if _is_unfinished(folder):
        return "its download was not finished"
    missing = [name for name in (untrusted_name, *_TOKENIZER) if not _has_content(folder / name)]
    if not missing and _lacks_data(folder / untrusted_name):
        missing = [f"{untrusted_name}.data"]
    return f"it lacks {' and '.join(missing)}" if missing else ""


def _is_unfinished(folder: Path) -> bool:
    try:
        return any(file.name.endswith(_UNFINISHED) for file in folder.iterdir())
    except OSError:
        return True


def _lacks_data(graph: Path) -> bool:
    """Whether the graph keeps its weights in a file beside it that is not there."""
    data = graph.with_name(f"{graph.name}.data")
    if _has_content(data):
        return False
    try:
        with graph.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return content.find(data.name.encode()) >= 0
    except (OSError, ValueError):
        return True


def _has_content(file: Path) -> bool:
    try:
        return file.is_file() and file.stat().st_size > 0
    except OSError:
        return False


def _table(untrusted: Any, key: str) -> dict[str, Any]:
    value = untrusted.get(key) if isinstance(untrusted, dict) else None
    return value if isinstance(value, dict) else {}


def _problem(why: str) -> str:
    return (
        f"The model cannot be used: {why}. Your text stays on this device. Install the model again, or import a folder "
        "that holds all of it."
    )
