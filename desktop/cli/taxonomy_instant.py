"""``strongroom taxonomy instant``: how often a task could be answered at once, how rightly, and the setting for it."""

import argparse
import json
from dataclasses import asdict

from desktop.cli import console
from desktop.cli.console import stop_on_interrupt
from desktop.instant_settings import policy_for, read_policies, write_policies
from desktop.paths import Paths
from desktop.services import build_services
from models.engines.instant import Policy
from models.errors import InputError
from models.taxonomy.thresholds import NEVER, Tried, choose, curve, try_cases


def run(paths: Paths, arguments: argparse.Namespace) -> int:
    """Measure on the golden cases, print the curve, set what was asked. Raises StrongroomError."""
    services = build_services(paths)
    progress = console.ProgressLine()
    try:
        task = services.packs.get(arguments.task)
        if not task.labels:
            raise InputError("This task has no labels", f"{task.id} cannot be answered at once. Nothing was changed.")
        if not 0 <= arguments.target <= 100:
            raise InputError(
                "That is no share", "The target is a number of percent from 0 to 100. Nothing was changed."
            )
        phi = services.engines.local("phi") if arguments.with_phi else None
        tried: tuple[Tried, ...] = ()
        with stop_on_interrupt() as cancel:
            for tried in try_cases(task, services.engines.local("starter"), phi, cancel):
                progress.show("test", "Running the golden cases", len(tried), len(task.golden))
            progress.clear()
            if cancel.is_set():
                console.say("strongroom: Stopped. Nothing was changed.")
                return console.STOPPED
        threshold = choose(tried, arguments.target / 100)
        if arguments.set:
            line = services.settings.current.instant
            policies = read_policies(line) | {task.id.casefold(): Policy(arguments.set, threshold)}
            services.settings.update(instant=write_policies(policies))
        now = policy_for(services.settings.current.instant, task.id)
    finally:
        progress.clear()
        services.close()
    points = curve(tried)
    if arguments.json:
        shown = {"task": task.id, "threshold": threshold, "mode": now.mode, "curve": [asdict(each) for each in points]}
        print(json.dumps(shown))
        return console.OK
    print("at once   right of those   right of all   from a confidence of")
    for point in points:
        mark = "  ← chosen" if point.threshold == threshold else ""
        limit = "–" if point.threshold == NEVER else f"{point.threshold:.0%}"
        print(f"{point.share:>7.0%} {point.right_of_those:>16.0%} {point.right_of_all:>14.0%}   {limit}{mark}")
    words = {"phi": "Phi-4 Mini always", "sure": "instant when sure", "only": "instant only"}
    print(f"{task.id}: {words[now.mode]}.")
    return console.OK
