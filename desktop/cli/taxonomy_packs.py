"""``strongroom taxonomy list | show | import | export | undo``: the person's own packs from the command line."""

import argparse
import json
from pathlib import Path
from typing import Any

from desktop.cli import console
from desktop.cli.console import stop_on_interrupt
from desktop.cli.taxonomy import tell
from desktop.paths import Paths
from desktop.services import build_services
from desktop.settings import write_private
from desktop.taxonomies import TaxonomyStore
from models.documents.table_file import read_table
from models.errors import InputError, StorageError
from models.skills.loader import load_pack
from models.skills.pack_writer import examples_csv, pack_text
from models.skills.skill import SkillName, Task
from models.taxonomy.building import Plan, new_task, plan_import, task_id_from
from models.taxonomy.comparing import Comparison, compare
from models.taxonomy.labelled import labelled_texts, pick_columns

WORSE = 1
"""Exit status where golden cases would turn wrong and nothing was kept."""


def run(paths: Paths, arguments: argparse.Namespace) -> int:
    """Do one verb; returns the exit status. Raises StrongroomError."""
    store = TaxonomyStore(paths)
    if arguments.verb == "list":
        return show_all(store, as_json=arguments.json)
    if arguments.verb == "show":
        return show_one(store, store.packs().get(arguments.task), as_json=arguments.json)
    if arguments.verb == "export":
        return export(store.packs().get(arguments.task), Path(arguments.file))
    if arguments.verb == "undo":
        now = store.undo(store.packs().get(arguments.task).id)
        print("The pack is gone." if now is None else f"{now.id} has {len(now.examples)} examples again.")
        return console.OK
    return take(paths, store, arguments)


def show_all(store: TaxonomyStore, *, as_json: bool) -> int:
    """Every task with labels, a line each."""
    tasks = [_summary(store, task) for task in store.packs().tasks if task.labels]
    if as_json:
        print(json.dumps({"tasks": tasks}, ensure_ascii=False))
        return console.OK
    for task in tasks:
        own = "your own" if task["own"] else "built in"
        print(
            f"{task['id']:<16} {task['name']:<28} {task['skill']:<9} {len(task['labels']):>3} labels "
            f"{task['examples']:>5} examples {task['golden']:>4} golden  {own}, {task['versions']} versions to undo"
        )
    return console.OK


def show_one(store: TaxonomyStore, task: Task, *, as_json: bool) -> int:
    """One task: its labels with their examples counted, and its rules."""
    if not task.labels:
        raise InputError("This task has no labels", f"{task.id} is of another kind. See strongroom taxonomy list.")
    summary = _summary(store, task)
    if as_json:
        print(json.dumps(summary, ensure_ascii=False))
        return console.OK
    print(f"{task.id}  {task.name}: {task.description}")
    for label in summary["labels"]:
        group = f"{label['group']} / " if label["group"] else ""
        also = f"  (also {', '.join(label['aliases'])})" if label["aliases"] else ""
        print(f"  {group}{label['name']:<28} {label['examples']:>4} examples  {label['meaning']}{also}")
    for rule in task.rules:
        print(f"  rule for {rule.label}")
    return console.OK


def _summary(store: TaxonomyStore, task: Task) -> dict[str, Any]:
    return {
        "id": task.id,
        "name": task.name,
        "skill": task.skill,
        "own": store.is_own(task.id),
        "versions": len(store.versions(task.id)),
        "examples": len(task.examples),
        "golden": len(task.golden),
        "rules": len(task.rules),
        "multiple": task.multiple,
        "labels": [
            {
                "name": label.name,
                "meaning": label.meaning,
                "aliases": list(label.aliases),
                "group": label.group,
                "examples": sum(label.name in example.labels for example in task.examples),
            }
            for label in task.labels
        ],
    }


def export(task: Task, file: Path) -> int:
    """Write a pack, or its examples as a table. A file that is there is replaced whole."""
    if file.suffix.lower() == ".csv" and not task.labels:
        raise InputError("This task has no labels", f"{task.id} cannot be a table. Export it as .toml.")
    content = examples_csv(task) if file.suffix.lower() == ".csv" else pack_text(task)
    try:
        write_private(file, content.encode("utf-8"))
    except OSError as error:
        raise StorageError(
            "The file could not be written",
            f"{file.name}: the disk is full, read-only or not yours to write. Nothing was changed.",
        ) from error
    console.say(f"{file.name}: {len(task.examples)} examples, {len(task.golden)} golden cases of {task.id}.")
    return console.OK


def take(paths: Paths, store: TaxonomyStore, arguments: argparse.Namespace) -> int:
    """Import a table or a pack; the golden cases are run before anything is kept."""
    file = Path(arguments.file)
    packs = store.packs()
    if file.suffix.lower() == ".toml":
        after = load_pack(file)
        plan = None
    else:
        table = read_table(file)
        columns = pick_columns(table, arguments.text_column, arguments.label_column)
        known = {task.id.casefold(): task for task in packs.tasks}
        wanted = arguments.task or task_id_from(arguments.name or file.stem)
        target = known.get(wanted.casefold())
        labelled = labelled_texts(table, *columns, multiple=target.multiple if target is not None else False)
        tell(labelled)
        if target is not None:
            plan = plan_import(labelled, target)
        else:
            skill: SkillName = "route" if arguments.route else "classify"
            plan = new_task(labelled, wanted, arguments.name or file.stem[:60], skill)
        say_plan(plan, file.name)
        after = plan.task
    before = next((task for task in packs.tasks if task.id.casefold() == after.id.casefold()), None)
    if arguments.preview:
        console.say("Nothing was kept; this was a preview.")
        return console.OK
    comparison = test(paths, before, after)
    if comparison is None:
        console.say("strongroom: Stopped. Nothing was kept.")
        return console.STOPPED
    console.say(comparison.sentence())
    for result in comparison.worse:
        now = ", ".join(result.after) or "no label"
        console.say(
            f"  now wrong: {' '.join(result.case.text.split())[:70]} → {now}, should be {result.case.labels[0]}"
        )
    if comparison.worse and not arguments.worse_too:
        console.say("Nothing was kept. Give --worse-too to keep it all the same.")
        return WORSE
    store.save(after)
    print(f"{after.id}: {len(after.labels)} labels, {len(after.examples)} examples.")
    console.say(f"Take it back with: strongroom taxonomy undo {after.id}")
    return console.OK


def say_plan(plan: Plan, file: str) -> None:
    """What a table adds to a task."""
    new = f", {len(plan.new_labels)} new labels" if plan.new_labels else ""
    console.say(f"{file}: {plan.added:,} examples are new{new}; {len(plan.known):,} were there already.")
    for clash in plan.clashes[:10]:
        console.say(
            f"Left out: {file}, row {clash.rows[0]}: the pack has this text under “{clash.labels[-1]}”, not "
            f"“{clash.labels[0]}”."
        )
    if plan.golden:
        console.say(f"Left out: {len(plan.golden)} rows that are golden cases; what tests must not teach.")


def test(paths: Paths, before: Task | None, after: Task) -> Comparison | None:
    """The golden cases with both versions, on the starter engine; None if it was stopped."""
    services = build_services(paths)
    progress = console.ProgressLine()
    last = Comparison(())
    try:
        with stop_on_interrupt() as cancel:
            for last in compare(before, after, services.engines.local("starter"), cancel):
                progress.show("test", "Running the golden cases", len(last.results), len(after.golden))
            return None if cancel.is_set() else last
    finally:
        progress.clear()
        services.close()
