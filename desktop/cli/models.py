"""``strongroom models``: list, fetch, import, verify, prepare and remove."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desktop.cli import console
from desktop.credentials import Credentials
from desktop.model_store import ModelStore, Verification
from desktop.paths import Paths
from desktop.settings import SettingsStore
from models.errors import StorageError, StrongroomError
from models.store.events import Installed, Step
from models.store.installed import InstalledModel
from models.store.record import last_used

_PREPARED = {
    "ready": "; prepared",
    "stale": "; prepared for another version: prepare it again",
    "working": "; being prepared",
    "unfinished": "; its preparation broke off: prepare it again, or remove what it left with prepare --undo",
}
_CHECKED = {
    "none": "",
    "whole": ", and so is what was prepared of it",
    "unknown": "; what was prepared of it is from before digests of it were taken: to have them, remove it with "
    "“strongroom models prepare {name} --undo” and prepare it again",
    "damaged": "; the model itself is whole, but what was prepared of it was damaged ({bad}) and is not used any more: "
    "“strongroom models prepare {name}” makes it again",
}
DIGESTS = {
    "list": "SHA-256 as in the list of models",
    "source": "SHA-256 as its source declared for this revision",
    "kit": "SHA-256 as in the kit",
    "import": "SHA-256 taken when it was imported",
}


def run(paths: Paths, arguments: argparse.Namespace) -> int:
    """Do what the verb says; returns the exit status. Raises StrongroomError where it could not be done."""
    verbs = {
        "list": _list,
        "fetch": _fetch,
        "import": _import,
        "verify": _verify,
        "prepare": _prepare,
        "remove": _remove,
    }
    store = ModelStore(paths, SettingsStore(paths.settings_file), Credentials())
    try:
        return verbs[arguments.action](store, arguments)
    except StrongroomError as error:
        if arguments.json:
            _print({"error": {"title": error.title, "message": error.message}})
        raise


def _list(store: ModelStore, arguments: argparse.Namespace) -> int:
    """Print the models; nothing is loaded or fetched."""
    installed = store.installed()
    rows = [_row(model) for model in installed]
    present = {model.name for model in installed} | {model.record.id for model in installed if model.record}
    rows += [
        {
            "id": model.id,
            "name": model.name,
            "installed": False,
            "usable": False,
            "bytes": model.total_bytes,
            "license": model.license,
            "repository": model.repository,
            "revision": model.revision,
            "memory_2048_bytes": model.memory_2048_bytes,
            "memory_4096_bytes": model.memory_4096_bytes,
            "languages": list(model.languages),
            "card": model.card,
        }
        for model in store.manifest()
        if not {model.name, model.id} & present
    ]
    if arguments.json:
        _print({"models_folder": str(store.folder), "offline": store.offline, "models": rows})
        return console.OK
    print(console.printable(f"Models folder: {store.folder}"))
    for row in rows:
        state = "ready" if row["usable"] else row["problem"] if row["installed"] else "not installed"
        more = f"; {row['digests']}" if row["usable"] else ""
        more += _PREPARED.get(row.get("prepared", ""), "")
        print(console.printable(f"  {row['id']:<16} {row['name']:<14} {row['bytes'] / 1e9:5.1f} GB  {state}{more}"))
    if store.offline:
        print("Strongroom is offline: nothing can be fetched, importing works.")
    return console.OK


def _row(model: InstalledModel) -> dict[str, Any]:
    from models.engines.prepared import look

    used = last_used(model.folder)
    record = model.record
    return {
        "id": model.folder.name,
        "name": model.name,
        "installed": True,
        "usable": model.usable,
        "bytes": model.size_bytes,
        "folder": str(model.folder),
        "problem": model.problem,
        "state": model.state,
        "digests": DIGESTS[record.proof] if record else "put here by hand, no digests known",
        "checked_at": record.checked_at if record else None,
        "revision": record.revision if record else None,
        "license": record.license if record else None,
        "prepared": look(model.folder).state,
        "last_used": used.isoformat(timespec="seconds") if used else None,
    }


def _fetch(store: ModelStore, arguments: argparse.Namespace) -> int:
    """Download a model, or write a kit."""
    entry = store.entry(arguments.name, Path(arguments.manifest) if arguments.manifest else None)
    kit = Path(arguments.to).absolute() if arguments.to else None
    fetcher = store.fetcher(entry, kit, arguments.mirror)
    console.say(f"{entry.name}, {entry.total_bytes / 1e9:.1f} GB, {entry.license} licence, from {fetcher.host}.")
    with console.stop_on_interrupt() as cancel:
        folder = _follow(fetcher.fetch(cancel))
    if folder is None:
        console.say("strongroom: Stopped. What was fetched is kept; the same command goes on from there.")
        return console.STOPPED
    if kit is not None:
        from models.store.kit import write_kit

        write_kit(folder, store.checker)
    words = "The kit is in" if kit is not None else f"{entry.name} is installed in"
    return _done(arguments, words, folder, entry.name)


def _import(store: ModelStore, arguments: argparse.Namespace) -> int:
    """Copy a model into the models folder."""
    with console.stop_on_interrupt() as cancel:
        folder = _follow(store.take(Path(arguments.path), cancel))
    if folder is None:
        console.say("strongroom: Stopped. Nothing was installed.")
        return console.STOPPED
    return _done(arguments, "Installed in", folder, folder.name)


def _verify(store: ModelStore, arguments: argparse.Namespace) -> int:
    """Work out the digests of one model or of all, and of what was prepared of them."""
    found = [_named(store, arguments.name)] if arguments.name else list(store.installed())
    rows = []
    for model in found:
        last: Verification | None = None
        progress = console.ProgressLine()
        with console.stop_on_interrupt() as cancel:
            for event in store.verify(model, cancel):
                if isinstance(event, Verification):
                    last = event
                else:
                    _show(progress, event)
        progress.clear()
        if last is None:
            console.say("strongroom: Stopped. Nothing was changed.")
            return console.STOPPED
        name, bad, prepared = model.folder.name, list(last.bad), last.prepared
        rows.append({"id": name, "name": model.name, "damaged": bad, "prepared_damaged": list(prepared.bad)})
        if not arguments.json:
            words = f"damaged: {', '.join(bad)}; “strongroom models fetch” fetches only what is" if bad else "verified"
            words += _CHECKED[prepared.state].format(name=name, bad=", ".join(prepared.bad))
            print(console.printable(f"{name}: {words}"))
    if arguments.json:
        _print({"models": rows})
    elif not rows:
        print("No model is installed.")
    return console.FOUND if any(row["damaged"] or row["prepared_damaged"] for row in rows) else console.OK


def _prepare(store: ModelStore, arguments: argparse.Namespace) -> int:
    """Make a model ready for this machine, or remove what was made."""
    from models.engines.preparation import discard, estimate, is_prepared, prepare

    folder = _named(store, arguments.name).folder
    if arguments.undo:
        discard(folder)
        return _done(arguments, "Removed what was prepared of", folder, folder.name)
    if is_prepared(folder):
        return _done(arguments, "It is prepared already:", folder, folder.name)
    if not arguments.small:
        sizes = estimate(folder)
        disk, free = sizes.disk_packed / 1e9, sizes.free / 1e9
        console.say(f"This takes a few minutes and up to {disk:.1f} GB of disk ({free:.1f} GB are free).{sizes.remark}")
        console.say("The model then loads faster, in less memory; writing may be a little slower.")
    progress = console.ProgressLine()
    with console.stop_on_interrupt() as cancel:
        ready = prepare(
            folder,
            lambda step: progress.show(step.stage, step.message, step.done, step.total),
            cancel,
            prepack=not arguments.small,
        )
        progress.clear()
        if cancel.is_set():
            console.say("strongroom: Stopped. Nothing was changed.")
            return console.STOPPED
    return _done(arguments, "Prepared" if ready else "There was nothing to gain for", folder, folder.name)


def _remove(store: ModelStore, arguments: argparse.Namespace) -> int:
    """Delete a model, after a question."""
    from models.store.manage import remove

    model = _named(store, arguments.name)
    question = f"Delete {model.name} ({model.size_bytes / 1e9:.1f} GB) from this machine?"
    if not arguments.yes and not console.agrees(question, "Give --yes where there is no terminal to ask on."):
        console.say("Nothing was deleted.")
        return console.OK
    freed = remove(model, store.folder)
    if arguments.json:
        _print({"removed": model.folder.name, "freed_bytes": freed})
    else:
        print(f"Deleted; {freed / 1e9:.1f} GB are free again.")
    return console.OK


def _named(store: ModelStore, name: str) -> InstalledModel:
    models = store.installed()
    wanted = name.casefold()
    for model in models:
        if wanted in (model.folder.name.casefold(), model.name.casefold()):
            return model
    there = ", ".join(model.folder.name for model in models) or "none"
    raise StorageError("No such model", f"Installed here: {there}. Nothing was changed. Use one of these names.")


def _follow(events: Iterable[Step | Installed]) -> Path | None:
    """Show the progress; where the model was put, None if it was stopped."""
    progress = console.ProgressLine()
    folder = None
    try:
        for event in events:
            if isinstance(event, Installed):
                folder = event.folder
            else:
                _show(progress, event)
    finally:
        progress.clear()
    return folder


def _show(progress: console.ProgressLine, step: Step) -> None:
    words = [f"{step.message}, {step.done / 1e9:.2f} of {step.total / 1e9:.2f} GB"]
    if step.rate:
        words.append(f"{step.rate / 1e6:.1f} MB/s")
    if step.left_s is not None and step.stage == "fetch":
        words.append(f"{step.left_s / 60:.0f} min left" if step.left_s > 90 else f"{step.left_s:.0f} s left")
    progress.show(step.stage, " · ".join(words), step.done, step.total)


def _done(arguments: argparse.Namespace, words: str, folder: Path, name: str) -> int:
    if arguments.json:
        _print({"name": name, "folder": str(folder)})
    else:
        print(console.printable(f"{words} {folder}"))
    return console.OK


def _print(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False), file=sys.stdout, flush=True)
