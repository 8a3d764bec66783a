"""The same use cases without a window: scan · gate-test · run · bench · taxonomy · models · doctor."""

import argparse
import contextlib
from collections.abc import Iterator, Sequence

from desktop import __version__
from desktop.cli import cloud_options, console
from desktop.cli.model_arguments import add_models
from models.errors import StrongroomError


def main(argv: Sequence[str]) -> int:
    """Run one command; returns the exit status. What a person can be told about is told, without a traceback."""
    console.use_utf8()
    try:
        arguments = parse(argv)
    except SystemExit as end:  # argparse has said why
        return end.code if isinstance(end.code, int) else console.ERROR
    try:
        with _guarded():
            status = _dispatch(arguments)
        console.flush()
        return status
    except StrongroomError as error:
        console.say(f"strongroom: {error.title}. {error.message}")
        return console.ERROR
    except KeyboardInterrupt:
        console.say("strongroom: Stopped.")
        return console.STOPPED
    except BrokenPipeError:
        console.swallow_output()
        return console.ERROR
    except OSError as error:
        if not console.is_output_trouble(error):
            raise
        console.swallow_output()
        console.say(
            "strongroom: The output could not be written. The disk or the device that it goes to is full or gone, so "
            "what was written there is not whole. Your documents are not affected. Send the output elsewhere."
        )
        return console.ERROR


@contextlib.contextmanager
def _guarded() -> Iterator[None]:
    """Refuse the network below every library while the offline switch is on; the settings are read when it matters."""
    from desktop.model_store import is_offline
    from desktop.paths import default_paths
    from desktop.settings import SettingsStore
    from models.offline import GUARD

    with GUARD.watching(lambda: is_offline(SettingsStore(default_paths().settings_file))):
        yield


def _dispatch(arguments: argparse.Namespace) -> int:
    """Each command is a module that is imported when it is used."""
    from desktop.paths import default_paths

    paths = default_paths()
    if arguments.command == "scan":
        from desktop.cli import scan

        return scan.run(
            paths,
            arguments.file,
            arguments.password_file,
            as_json=arguments.json,
            lines=arguments.jsonl,
            with_reasons=arguments.explain,
        )
    if arguments.command == "gate-test":
        from desktop.cli import gate_test

        return gate_test.run(
            paths, arguments.file, as_json=arguments.json, misses=arguments.misses, threshold=arguments.threshold
        )
    if arguments.command == "run":
        from desktop.cli import task

        return task.run(paths, arguments)
    if arguments.command == "bench":
        from desktop.cli import bench

        return bench.run(paths, arguments)
    if arguments.command == "ask":
        from desktop.cli import ask

        return ask.run(paths, arguments)
    if arguments.command == "taxonomy":
        from desktop.cli import taxonomy

        return taxonomy.run(paths, arguments)
    if arguments.command == "models":
        from desktop.cli import models

        return models.run(paths, arguments)
    from desktop.cli import doctor

    return doctor.run(paths, as_json=arguments.json, accelerators=arguments.accelerators)


def add_password_file(command: argparse.ArgumentParser) -> None:
    """A file, because an argument could be read by every program on the machine."""
    command.add_argument(
        "--password-file", metavar="FILE", default="", help="a file whose first line is the password of a PDF"
    )


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments of a command; SystemExit where they cannot be understood.

    A file may also stand behind the options of ``run``: argparse gives an optional one up at the first option.
    """
    top = parser()
    arguments, rest = top.parse_known_args(argv)
    if len(rest) == 1 and arguments.command == "run" and arguments.file is None and _is_file(rest[0]):
        arguments.file = rest.pop()
    if rest:
        top.error(f"unrecognized arguments: {' '.join(rest)}")
    if arguments.command == "run" and arguments.file is None:
        arguments.file = "-"
    return arguments


def _is_file(word: str) -> bool:
    return word == "-" or not word.startswith("-")


def _count(value: str) -> int:
    """A number from 0 on; raises ValueError, which argparse tells."""
    number = int(value)
    if number < 0:
        raise ValueError
    return number


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    top = argparse.ArgumentParser(
        prog="strongroom",
        description="Work on sensitive documents with a small model on this machine.",
        epilog="Without a command, the window opens: strongroom [FILE]. strongroom --self-test checks an installation.",
    )
    top.add_argument("--version", action="version", version=f"strongroom {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    scan = commands.add_parser("scan", help="look for personal details; exit 0 clear, 1 found, 2 error")
    scan.add_argument("file", nargs="?", default="-", metavar="FILE", help="a document, or - for standard input")
    add_password_file(scan)
    scan.add_argument("--json", action="store_true", help="print one JSON object")
    scan.add_argument("--explain", action="store_true", help="print every finding with its recognizer and evidence")
    scan.add_argument("--jsonl", action="store_true", help='one {"text": …} a line in, one result a line out; exit 0')

    test = commands.add_parser(
        "gate-test", help="measure the check on marked texts of your own; exit 0 measured, 2 bad file, 130 stopped"
    )
    test.add_argument(
        "file",
        metavar="FILE",
        help='lines of {"text": …, "spans": [{"start", "end", "entity"}]}, or -',
    )
    test.add_argument("--json", action="store_true", help="print one JSON object")
    test.add_argument(
        "--misses",
        type=_count,
        default=0,
        metavar="N",
        help="list the first N marks that were missed, on screen",
    )
    test.add_argument(
        "--threshold", type=float, metavar="X", help="try this threshold of the small model too (0.05 to 0.95)"
    )

    run = commands.add_parser("run", help="do a task; exit 0 answered, 2 error, 3 blocked by the gate, 130 stopped")
    run.add_argument("task", metavar="TASK", help="T01 … T15, queue, or a task of your own")
    run.add_argument("file", nargs="?", metavar="FILE", help="a document, or - for standard input")
    run.add_argument("--engine", choices=("auto", "starter", "phi", "cloud"), help="default: as in the settings")
    run.add_argument("--model", metavar="DIR", help="folder of Phi-4 Mini to use this once")
    run.add_argument("--note", default="", metavar="TEXT", help='your own wish, such as "formal, two sentences"')
    add_password_file(run)
    run.add_argument("--json", action="store_true", help="print one JSON object")
    cloud_options.add_arguments(run)

    bench = commands.add_parser("bench", help="measure the engines; exit 1 if a task is below 80 %%")
    bench.add_argument("--golden", action="store_true", required=True, help="the golden cases of the skill packs")
    bench.add_argument("--engine", choices=("auto", "starter", "phi"), default="auto")
    bench.add_argument(
        "--calibrate", action="store_true", help="first measure how far Phi-4 Mini's confidence may be believed"
    )
    bench.add_argument("--model", metavar="DIR", help="folder of Phi-4 Mini to use this once")
    bench.add_argument("--task", action="append", metavar="TASK", help="only this task; may be given again")
    bench.add_argument("--json", action="store_true", help="print one JSON object")

    from desktop.cli import ask, taxonomy

    taxonomy.add_parser(commands)
    ask.add_parser(commands)

    add_models(commands)

    doctor = commands.add_parser("doctor", help="look over this installation; exit 1 if something is wrong")
    doctor.add_argument("--json", action="store_true", help="print one JSON object")
    doctor.add_argument(
        "--accelerators", action="store_true", help="also try Phi-4 Mini on every accelerator; nothing is downloaded"
    )
    return top
