"""``strongroom doctor``: what this machine and this installation have, and what is wrong with it."""

import datetime
import importlib
import importlib.util
import json
import os
import platform
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from desktop import __version__
from desktop.cli import console, doctor_models
from desktop.display import PACKAGES, display_problem, missing_libraries
from desktop.machine import cpu_features
from desktop.paths import Paths, private_folder
from models.errors import EngineUnavailable, StrongroomError

GIB = 1024**3
PHI_NEEDS_GIB = 6
"""Memory that Phi-4 Mini takes while it loads (4.9 GB of weights, KV cache, prepacking)."""

LIBRARIES = ("onnxruntime", "onnxruntime-genai", "numpy", "tokenizers", "PySide6-Essentials", "openai", "keyring",
             "phonenumbers", "dateparser", "pypdfium2", "python-docx")  # fmt: skip

Status = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True)
class Check:
    """One line: ``note`` is worth knowing, ``problem`` must be mended."""

    name: str
    status: Status
    value: str


def run(paths: Paths, *, as_json: bool, accelerators: bool = False) -> int:
    """Print every check; exit 1 if one is a problem, 130 if the trial of ``accelerators`` was stopped."""
    checks = list(examine(paths))
    if accelerators:
        with console.stop_on_interrupt() as cancel:
            checks += _accelerators(paths, cancel)
            if cancel.is_set():
                console.say("strongroom: Stopped.")
                return console.STOPPED
    if as_json:
        print(json.dumps({"checks": [asdict(check) for check in checks]}, ensure_ascii=False))
    else:
        width = max(len(check.name) for check in checks)
        marks = {"ok": "ok     ", "note": "note   ", "problem": "PROBLEM"}
        for check in checks:
            print(console.printable(f"{marks[check.status]}  {check.name:<{width}}  {check.value}"))
    return 1 if any(check.status == "problem" for check in checks) else 0


def examine(paths: Paths) -> Iterator[Check]:
    """All checks. Opens no window, no model and no connection."""
    frozen = " (packaged)" if getattr(sys, "frozen", False) else ""
    yield Check("Strongroom", "ok", f"{__version__}{frozen}")
    yield Check("Python", "ok", platform.python_version())
    yield Check("System", "ok", f"{platform.system()} {platform.release()}, {platform.machine()}")
    yield from _libraries()
    yield _telemetry()
    yield _processor()
    yield _cores()
    yield _memory()
    yield from _folders(paths)
    yield _resources(paths)
    yield from _in_words("Skill packs", lambda: _packs(paths))
    yield from _in_words("Models", lambda: (Check(*line) for line in doctor_models.models(paths)))
    yield from (Check(*line) for line in doctor_models.network(paths))
    yield _keyring()
    yield _cloud(paths)
    yield _display()


def _accelerators(paths: Paths, cancel: threading.Event) -> Iterator[Check]:
    """What the model can compute on beside the CPU."""
    from desktop.services import build_services
    from models.engines.accelerators import ONLY_CPU, words

    services = build_services(paths)
    progress = console.ProgressLine()
    try:
        progress.show("load", "Trying accelerators, a minute or two each", 0, 0)
        found = list(services.engines.find_accelerators(cancel))
    except EngineUnavailable as error:
        yield Check("Accelerators", "note", f"not tried: {error.title}. {error.message}")
        return
    finally:
        progress.clear()
        services.close()
    if not found:
        yield Check("Accelerators", "ok", ONLY_CPU)
    for each in found:
        used = services.settings.current.accelerator == each.provider
        yield Check(words(each.provider), "ok" if each.works else "note", f"{each.reason}{' It is used.' * used}")


def _in_words(name: str, check: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    """What a check yields, or its error as a problem."""
    try:
        yield from list(check())
    except StrongroomError as error:
        yield Check(name, "problem", error.message)


def _libraries() -> Iterator[Check]:
    for name in LIBRARIES:
        try:
            yield Check(name, "ok", version(name))
        except PackageNotFoundError:
            module = {"PySide6-Essentials": "PySide6", "python-docx": "docx"}.get(name, name.replace("-", "_"))
            if importlib.util.find_spec(module) is not None:
                yield Check(name, "ok", "packaged")
            else:
                yield Check(name, "problem", "missing; install Strongroom again")


def _telemetry() -> Check:
    off = os.environ.get("ORT_DISABLE_TELEMETRY") == "1"
    return Check("Telemetry", "ok" if off else "problem", "off" if off else "ORT_DISABLE_TELEMETRY is not set")


def _processor() -> Check:
    features = cpu_features()
    listed = ", ".join(features) or "features not known"
    if platform.machine().lower() in ("x86_64", "amd64") and features and "AVX2" not in features:
        return Check("Processor", "problem", f"{listed}; without AVX2 the models will not run, or very slowly")
    return Check("Processor", "ok", listed)


def _cores() -> Check:
    import psutil

    physical, logical = psutil.cpu_count(logical=False), psutil.cpu_count()
    return Check("Cores", "ok", f"{physical or 'unknown'} physical, {logical or 'unknown'} logical")


def _memory() -> Check:
    import psutil

    memory = psutil.virtual_memory()
    value = f"{memory.total / GIB:.1f} GiB, {memory.available / GIB:.1f} GiB free"
    if memory.available < PHI_NEEDS_GIB * GIB:
        return Check("Memory", "note", f"{value}; Phi-4 Mini may be slow to load: it takes up to {PHI_NEEDS_GIB} GiB")
    return Check("Memory", "ok", value)


def _folders(paths: Paths) -> Iterator[Check]:
    for name, folder in (("Data", paths.data), ("Settings", paths.config), ("Log", paths.log)):
        yield Check(f"{name} folder", *_writable(folder))


def _writable(folder: Path) -> tuple[Status, str]:
    import psutil

    try:
        private_folder(folder)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch(mode=0o600)
        probe.unlink()
        free = psutil.disk_usage(str(folder)).free / GIB
    except (OSError, StrongroomError):
        return "problem", f"{folder} cannot be written to; runs work, but nothing is kept"
    return "ok", f"{folder}, {free:.1f} GiB free"


def _resources(paths: Paths) -> Check:
    missing = [name for name in ("skills", "onnx", "prices.toml") if not (paths.resources / name).exists()]
    if missing:
        return Check("Resources", "problem", f"missing: {', '.join(missing)}; install Strongroom again")
    return Check("Resources", "ok", "complete")


def _packs(paths: Paths) -> Iterator[Check]:
    from models.skills.loader import load_packs

    packs = load_packs(paths.shipped_skills, paths.own_skills)
    for problem in packs.problems:
        yield Check("Skill packs", "problem", problem.message)
    yield Check("Skill packs", "ok", f"{len(packs.tasks)} tasks")


def _keyring() -> Check:
    from desktop.credentials import Credentials

    status = Credentials().status()
    return Check("Keyring", "ok" if status.available else "note", status.sentence)


def _cloud(paths: Paths) -> Check:
    from desktop.settings import SettingsStore

    store = SettingsStore(paths.settings_file)
    if store.notice:
        return Check("Cloud drafts", "note", store.notice)
    if not (store.current.cloud_enabled and store.current.cloud_consent):
        return Check("Cloud drafts", "ok", "off")
    from models.engines.pricing import load_prices

    model = store.current.cloud_model
    try:
        news = load_prices(paths.resources / "prices.toml").notice(datetime.datetime.now().astimezone().date(), model)
    except StrongroomError as error:
        return Check("Cloud drafts", "problem", error.message)
    return Check("Cloud drafts", "note" if news else "ok", f"on, {model}. {news or ''}".strip())


def _display() -> Check:
    problem = display_problem(sys.platform, os.environ)
    if problem:
        return Check("Display", "note", problem)
    if not sys.platform.startswith("linux"):
        return Check("Display", "ok", platform.system())
    platform_name = os.environ.get("QT_QPA_PLATFORM") or ("wayland" if os.environ.get("WAYLAND_DISPLAY") else "xcb")
    missing = missing_libraries(platform_name)
    if missing:
        packages = " ".join(dict.fromkeys(PACKAGES[name][0] for name in missing))
        return Check("Display", "problem", f"{', '.join(missing)} missing; Debian: sudo apt install {packages}")
    return Check("Display", "ok", platform_name)
