"""``strongroom taxonomy compare``: two versions of a task, on its golden cases and on what was corrected."""

import argparse
import json
from dataclasses import replace
from pathlib import Path

from desktop.cli import console
from desktop.cli.console import stop_on_interrupt
from desktop.corrections import corrected_cases
from desktop.paths import Paths
from desktop.services import Services, build_services
from models.errors import CredentialError, InputError
from models.skills.loader import load_pack
from models.skills.skill import Example, Task
from models.taxonomy.comparing import Comparison, compare


def run(paths: Paths, arguments: argparse.Namespace) -> int:
    """Answer every case with both versions; exit 0, or 1 if the second is wrong where the first was right."""
    services = build_services(paths)
    progress = console.ProgressLine()
    try:
        first, second = (_version(services, name) for name in (arguments.first, arguments.second))
        if not first.labels or not second.labels:
            raise InputError(
                "These cannot be compared", "Both must be tasks with labels. See strongroom taxonomy list."
            )
        cases = (*second.golden, *_corrected(services, second))
        tested = replace(second, golden=tuple(cases))
        last = Comparison(())
        with stop_on_interrupt() as cancel:
            for last in compare(first, tested, services.engines.local("starter"), cancel):
                progress.show("test", "Running the cases", len(last.results), len(cases))
            progress.clear()
            if cancel.is_set():
                console.say("strongroom: Stopped.")
                return console.STOPPED
    finally:
        progress.clear()
        services.close()
    if arguments.json:
        shown = {
            "cases": len(last.results),
            "first": last.right_before,
            "second": last.right_after,
            "worse": len(last.worse),
        }
        print(json.dumps(shown))
    else:
        print(f"First: {last.right_before} of {len(last.results)} right. Second: {last.right_after} right.")
        for result in last.results:
            if result.changed:
                word = "better" if result.right_after else "worse"
                text = console.printable(" ".join(result.case.text.split())[:70])
                print(f"  {word}: {text} → {', '.join(result.after) or 'no label'}")
    return 1 if last.worse else console.OK


def _version(services: Services, name: str) -> Task:
    """A pack file, or the task of that id as it holds now."""
    return load_pack(Path(name)) if name.lower().endswith(".toml") else services.packs.get(name)


def _corrected(services: Services, task: Task) -> tuple[Example, ...]:
    """What was corrected in the past and kept with its text; nothing where it is locked, which is said."""
    try:
        return corrected_cases(services.learning.kept, task)
    except CredentialError as error:
        console.say(f"{error.title}. {error.message}")
        return ()
