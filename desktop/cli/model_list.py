"""``strongroom models list``: the models that Strongroom knows, and those on this machine."""

import json
from typing import Any

from desktop.cli import console
from desktop.paths import Paths
from models.store.installed import installed_models
from models.store.manifest import load_manifest


def run(paths: Paths, *, as_json: bool) -> int:
    """Print the models; nothing is loaded or fetched. Raises StorageError for a broken list."""
    installed = installed_models(paths.models)
    rows: list[dict[str, Any]] = [
        {
            "name": model.name,
            "installed": True,
            "usable": model.usable,
            "bytes": model.size_bytes,
            "folder": str(model.folder),
            "problem": model.problem,
        }
        for model in installed
    ]
    present = {model.name for model in installed}
    rows += [
        {
            "name": model.name,
            "installed": False,
            "usable": False,
            "bytes": model.total_bytes,
            "license": model.license,
            "repository": model.repository,
            "revision": model.revision,
        }
        for model in load_manifest(paths.resources / "models.toml")
        if model.name not in present
    ]
    if as_json:
        print(json.dumps({"models_folder": str(paths.models), "models": rows}, ensure_ascii=False))
        return console.OK
    print(console.printable(f"Models folder: {paths.models}"))
    for row in rows:
        state = "ready" if row["usable"] else row["problem"] if row["installed"] else "not installed"
        print(console.printable(f"  {row['name']:<14} {row['bytes'] / 1e9:5.1f} GB  {state}"))
    return console.OK
