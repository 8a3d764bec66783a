"""``strongroom taxonomy``: measure labels on tables of texts; list, show, import, export, check and undo own packs."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop.cli import console
from desktop.cli.console import stop_on_interrupt
from desktop.paths import Paths


def add_parser(commands: Any) -> None:
    """The grammar of ``strongroom taxonomy``."""
    taxonomy = commands.add_parser("taxonomy", help="labels of your own: measure, list, show, import, export, undo")
    verbs = taxonomy.add_subparsers(dest="verb", required=True, metavar="VERB")

    test = verbs.add_parser("eval", help="learn from one table, test on another; exit 0 measured, 2 error, 130 stopped")
    test.add_argument("--train", required=True, metavar="FILE", help="CSV, JSON lines or Excel: columns text, label")
    test.add_argument("--test", required=True, metavar="FILE", help="the same; __none__ marks texts of no label")
    _add_columns(test)
    test.add_argument("--json", action="store_true", help="print one JSON object")

    listing = verbs.add_parser("list", help="the tasks with labels, and which packs are your own")
    listing.add_argument("--json", action="store_true", help="print one JSON object")

    show = verbs.add_parser("show", help="labels, rules and numbers of examples of one task")
    show.add_argument("task", metavar="TASK")
    show.add_argument("--json", action="store_true", help="print one JSON object")

    take = verbs.add_parser("import", help="add the examples of a table to a task, or make a task of them")
    take.add_argument(
        "file", metavar="FILE", help="CSV, JSON lines or Excel with a text and a label a row, or a pack (.toml)"
    )
    take.add_argument("--task", default="", metavar="ID", help="the task to add to; a new one is made if there is none")
    take.add_argument("--name", default="", metavar="TEXT", help="name of a new task")
    take.add_argument("--route", action="store_true", help="a new task routes (its labels are queues)")
    _add_columns(take)
    take.add_argument("--preview", action="store_true", help="say what would change, and keep nothing")
    take.add_argument("--worse-too", action="store_true", help="keep it even if golden cases turn wrong")

    out = verbs.add_parser("export", help="write a task as a pack to share, golden cases and all")
    out.add_argument("task", metavar="TASK")
    out.add_argument("file", metavar="FILE", help="ends in .toml, or .csv for the examples alone")

    instant = verbs.add_parser("instant", help="when the starter engine may answer a task at once: measure, then set")
    instant.add_argument("task", metavar="TASK")
    instant.add_argument("--set", choices=("phi", "sure", "only"), help="Phi-4 Mini always, instant when sure, or only")
    instant.add_argument(
        "--target",
        type=float,
        default=2.0,
        metavar="PERCENT",
        help="how much worse than Phi-4 Mini answers may be on the golden cases (default 2)",
    )
    instant.add_argument(
        "--with-phi", action="store_true", help="ask Phi-4 Mini too; without, it counts as always right"
    )
    instant.add_argument("--json", action="store_true", help="print one JSON object")

    versus = verbs.add_parser(
        "compare", help="two versions, or two prompts, on golden cases and kept corrections; exit 1 if worse"
    )
    versus.add_argument(
        "first", metavar="FIRST", help="a pack (.toml), the id of a task, or an earlier version of it (T13@2)"
    )
    versus.add_argument("second", metavar="SECOND", help="the same; or a prompt (.txt) in place of the first one's")
    versus.add_argument(
        "--engine",
        choices=("starter", "phi"),
        help="who answers (default: Phi-4 Mini where only the prompt differs, and for drafts; else the starter engine)",
    )
    versus.add_argument("--model", default="", metavar="DIR", help="the folder of Phi-4 Mini")
    versus.add_argument("--json", action="store_true", help="print one JSON object")

    undo = verbs.add_parser("undo", help="take back the last change of a pack")
    undo.add_argument("task", metavar="TASK")


def _add_columns(command: argparse.ArgumentParser) -> None:
    command.add_argument("--text-column", default="", metavar="NAME", help="default: text, or one that means it")
    command.add_argument("--label-column", default="", metavar="NAME", help="default: label, or one that means it")


def run(paths: Paths, arguments: argparse.Namespace) -> int:
    """Do one verb; returns the exit status. Raises StrongroomError."""
    if arguments.verb == "eval":
        return evaluate(paths, arguments)
    if arguments.verb == "instant":
        from desktop.cli import taxonomy_instant

        return taxonomy_instant.run(paths, arguments)
    if arguments.verb == "compare":
        from desktop.cli import taxonomy_compare

        return taxonomy_compare.run(paths, arguments)
    from desktop.cli import taxonomy_packs

    return taxonomy_packs.run(paths, arguments)


def evaluate(paths: Paths, arguments: argparse.Namespace) -> int:
    """Learn, test, print the figures. Nothing is kept."""
    from models.documents.table_file import read_table
    from models.engines.starter.embedding import Cancelled, Embedder, quiet_blas
    from models.errors import InputError
    from models.taxonomy.labelled import Labelled, check_teachable, labelled_texts, pick_columns

    quiet_blas()
    read: list[Labelled] = []
    for name in (arguments.train, arguments.test):
        table = read_table(Path(name))
        columns = pick_columns(table, arguments.text_column, arguments.label_column)
        read.append(labelled_texts(table, *columns, distinct=not read))
    train, test = read
    check_teachable(train)
    if not any(text.labels for text in test.texts):
        raise InputError(
            "There is nothing to test on",
            f"{test.file}: no row has both a text and a label. Nothing was measured. Give a table with such rows.",
        )
    for labelled in read:
        tell(labelled)
    from models.taxonomy.measuring import measure

    progress = console.ProgressLine()
    embedder = Embedder(paths.resources / "onnx")
    with stop_on_interrupt() as cancel:
        try:
            figures = measure(
                embedder,
                train.texts,
                test.texts,
                lambda what, done, total: progress.show(what, what, done, total),
                cancel,
            )
        except Cancelled:
            progress.clear()
            console.say("strongroom: Stopped. Nothing was kept.")
            return console.STOPPED
        finally:
            progress.clear()
            embedder.close()
    print(json.dumps(asdict(figures), ensure_ascii=False) if arguments.json else report(asdict(figures)))
    return console.OK


MOST_TOLD = 10
"""Problems told one by one; further ones are counted."""


def tell(labelled: Any) -> None:
    """Say what was left out of a table, with file, row and column."""
    if labelled.notice:
        console.say(labelled.notice)
    for problem in labelled.problems[:MOST_TOLD]:
        console.say(f"Left out: {problem.sentence(labelled.file)}.")
    if len(labelled.problems) > MOST_TOLD:
        console.say(f"Left out: {len(labelled.problems) - MOST_TOLD:,} more rows of {labelled.file}.")
    if labelled.repeated:
        console.say(f"{labelled.file}: {len(labelled.repeated):,} rows repeat an earlier text and count once.")
    for clash in labelled.clashes[:MOST_TOLD]:
        rows = ", ".join(f"{row:,}" for row in clash.rows)
        labels = " and ".join(f"“{label}”" for label in clash.labels)
        console.say(f"Left out: {labelled.file}, rows {rows}: the same text under {labels}.")


def report(figures: dict[str, Any]) -> str:
    """The figures as lines."""

    def share(value: float | None) -> str:
        return "–" if value is None else f"{value:.1%}"

    lines = [
        f"{figures['labels']} labels, {figures['train_rows']:,} texts learnt, {figures['test_rows']:,} tested",
        f"accuracy                     {share(figures['accuracy'])}   (of those answered: "
        f"{share(figures['answered_accuracy'])})",
        f"macro F1                     {share(figures['macro_f1'])}",
        f"out of scope, refused        {share(figures['refused'])}   (at 10 % false refusals: "
        f"{share(figures['refused_at_10'])})",
        f"in scope, falsely refused    {share(figures['falsely_refused'])}",
        f"training                     {figures['train_seconds']:.2f} s",
        f"one text                     {figures['median_ms']:.1f} ms, 95th percentile {figures['p95_ms']:.1f} ms",
    ]
    if figures["unknown_labels"]:
        names = ", ".join(figures["unknown_labels"][:10])
        lines.append(f"labels of the test that were not taught: {names}")
    return "\n".join(lines)
