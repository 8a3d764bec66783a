"""``strongroom taxonomy compare``: two versions of a task, or two prompts, on golden cases and past corrections."""

import argparse
import json
from dataclasses import replace
from pathlib import Path

from desktop.cli import console
from desktop.cli.console import stop_on_interrupt
from desktop.corrections import corrected_cases
from desktop.paths import Paths
from desktop.services import Services, build_services
from models.engines.base import EngineName
from models.errors import CredentialError, InputError
from models.skills.loader import load_pack
from models.skills.skill import Example, Task
from models.taxonomy.building import checked
from models.taxonomy.comparing import Comparison, compare, differ_in_words_only

NAMES = {"starter": "the starter engine", "phi": "Phi-4 Mini"}


def run(paths: Paths, arguments: argparse.Namespace) -> int:
    """Answer every case with both versions; exit 0, or 1 if the second is wrong where the first was right."""
    folder = Path(arguments.model) if arguments.model else None
    services = build_services(paths, model_folder=folder)
    progress = console.ProgressLine()
    try:
        first = _version(services, arguments.first)
        second = _second(services, arguments.second, first)
        if first.skill != second.skill:
            raise InputError(
                "These cannot be compared",
                f"One is a {first.skill} task, the other a {second.skill} task. Nothing was run. Name two versions of "
                "one task.",
            )
        engine = _engine(arguments, first, second)
        cases = (*second.golden, *_corrected(services, second))
        if not cases:
            raise InputError(
                "There is nothing to compare on",
                f"{second.name} has no golden cases, and no correction of it was kept with its text. Nothing was run. "
                "Add golden cases in the window, or to the pack.",
            )
        tested = replace(second, golden=tuple(cases))
        last = Comparison(())
        with stop_on_interrupt() as cancel:
            for last in compare(first, tested, services.engines.local(engine), cancel):
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
            "engine": engine,
            "cases": len(last.results),
            "first": last.right_before,
            "second": last.right_after,
            "worse": len(last.worse),
        }
        print(json.dumps(shown))
    else:
        _tell(last, engine)
    return 1 if last.worse else console.OK


def _tell(last: Comparison, engine: EngineName) -> None:
    count = len(last.results)
    print(
        f"Answered by {NAMES[engine]}. First: {last.right_before} of {count} right. Second: {last.right_after} right."
    )
    for result in last.results:
        if result.changed:
            word = "better" if result.right_after else "worse"
            text = console.printable(" ".join(result.case.text.split())[:70])
            said = console.printable("; ".join(result.after)[:200])
            print(f"  {word}: {text} → {said or 'no label'}")


def _engine(arguments: argparse.Namespace, first: Task, second: Task) -> EngineName:
    """Who answers; says so where that engine cannot tell the two apart."""
    words = differ_in_words_only(first, second)
    if arguments.engine is None:
        return "phi" if words or first.skill == "draft" else "starter"
    chosen: EngineName = arguments.engine
    if words and chosen == "starter":
        console.say("The starter engine does not read the prompt, in which alone the two differ: ask Phi-4 Mini.")
    return chosen


def _second(services: Services, name: str, first: Task) -> Task:
    """The second version: a pack, a task, or the first one with another prompt."""
    if not name.lower().endswith(".txt"):
        return _version(services, name)
    return checked(replace(first, instructions=console.read_text(name).strip()), name)


def _version(services: Services, name: str) -> Task:
    """A pack file, the task of that id as it holds now, or an earlier version of it ("T13@2")."""
    if name.lower().endswith(".toml"):
        return load_pack(Path(name))
    task_id, at, number = name.partition("@")
    task = services.packs.get(task_id)
    if not at:
        return task
    versions = services.taxonomies.versions(task.id)
    version = next((one for one in versions if str(one.number) == number), None)
    earlier = services.taxonomies.read_version(task.id, version) if version is not None else None
    if earlier is None:
        known = ", ".join(f"{task.id}@{one.number}" for one in versions)
        raise InputError(
            "There is no such version",
            f"{task.name} has no version {number}. Nothing was run. "
            + (f"There are {known}." if known else "It was never changed by you."),
        )
    return earlier


def _corrected(services: Services, task: Task) -> tuple[Example, ...]:
    """What was corrected in the past and kept with its text; nothing where it is locked, which is said."""
    if not task.labels:
        return ()
    try:
        return corrected_cases(services.learning.kept, task)
    except CredentialError as error:
        console.say(f"{error.title}. {error.message}")
        return ()
