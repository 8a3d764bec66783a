"""What ``strongroom doctor`` says of models and of the network; opens no model and no connection."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from desktop.model_store import ModelStore
from desktop.paths import Paths
from desktop.settings import SettingsStore
from models.errors import StrongroomError
from models.offline import VARIABLE, forced
from models.store.installed import InstalledModel, check_folder
from models.store.source import checked_mirror, checked_proxy, host_of

Status = Literal["ok", "note", "problem"]
Line = tuple[str, Status, str]
"""Name, status and value of a check."""


def models(paths: Paths) -> Iterator[Line]:
    """The models that are here, in use where they lie, or on their way. Raises StrongroomError for a broken list."""
    settings = SettingsStore(paths.settings_file)
    store = ModelStore(paths, settings)
    found = store.installed()
    for model in found:
        yield _installed(model)
        if model.usable:
            yield from _use(model.folder, paths, settings)
    chosen = settings.current.model_folder
    if chosen:
        yield _in_place(chosen)
        yield from _use(Path(chosen), paths, settings)
    if not found and not chosen:
        yield "Phi-4 Mini", "note", "not installed; the starter engine does everything but drafts"
    for entry in store.manifest():
        begun = store.begun_bytes(entry)
        if begun:
            yield (
                entry.name, "note",
                f"download not finished: {begun / 1e9:.1f} of {entry.total_bytes / 1e9:.1f} GB are here; “strongroom "
                f"models fetch {entry.id}” goes on",
            )  # fmt: skip


def network(paths: Paths) -> Iterator[Line]:
    """Whether the network may be used, and which way it would go."""
    settings = SettingsStore(paths.settings_file)
    current = settings.current
    if forced():
        yield "Network", "ok", f"offline: {VARIABLE} is set; no socket can be opened, to nobody"
    elif current.offline:
        yield "Network", "ok", "offline: the setting forbids it; no socket can be opened, to nobody"
    else:
        yield "Network", "ok", "used for model downloads when you start one, and for cloud drafts when switched on"
    try:
        if current.mirror:
            yield "Mirror for models", "ok", host_of(checked_mirror(current.mirror))
        if current.proxy:
            yield "Proxy", "ok", host_of(checked_proxy(current.proxy))
    except StrongroomError as error:
        yield "Network", "problem", error.message


def _installed(model: InstalledModel) -> Line:
    size = f"{model.name}, {model.size_bytes / 1e9:.1f} GB"
    if not model.usable:
        # A changed file is damage that someone must look at; a folder that was never whole is not.
        return "Model", "problem" if model.state == "changed" else "note", f"{model.name}: {model.problem}"
    if model.record is None:
        return "Model", "ok", f"{size}; put here by hand, its digests are not known"
    return "Model", "ok", f"{size}; unchanged since it was verified ({model.record.checked_at})"


def _use(folder: Path, paths: Paths, settings: SettingsStore) -> Iterator[Line]:
    """In which form a model is used, and on how many threads."""
    from models.cores import performance_cores
    from models.engines.idle_threads import ThreadCounts
    from models.engines.prepared import look

    made = look(folder)
    if made.state == "ready":
        yield "Preparation", "ok", "packed weights are used" if made.prepacked else "the shorter graph is used"
    elif made.state == "none":
        yield "Preparation", "ok", "none; the model is used as it was installed"
    else:
        yield "Preparation", "note", f"{_NOT_USED[made.state]}; the model is used as it was installed"
    chosen, measured = settings.current.threads, ThreadCounts(paths.threads_file).get(folder)
    if chosen:
        yield "Threads", "ok", f"{chosen}, as the settings say"
    elif measured:
        yield "Threads", "ok", f"{measured}, the fastest when it was measured"
    else:
        yield "Threads", "ok", f"{performance_cores()}, one for each fast core; not measured yet"


_NOT_USED = {
    "stale": "made for another model, processor or runtime",
    "working": "being made now",
    "unfinished": "broke off before it was done",
}


def _in_place(folder: str) -> Line:
    try:
        model = check_folder(Path(folder))
    except StrongroomError as error:
        return "Model in place", "problem", error.message
    return "Model in place", "ok", f"{model.name}, {model.size_bytes / 1e9:.1f} GB, used where it lies"
