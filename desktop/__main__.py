"""Entry point: the command line, or the window. Cheap to import, because the worker process imports it too."""

import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop import __version__
from desktop.display import display_problem, import_problem
from models.kernel_filter import forbid_network
from models.offline import forced
from models.runtime import disable_telemetry

COMMANDS = ("scan", "run", "bench", "models", "doctor")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit status."""
    multiprocessing.freeze_support()
    disable_telemetry()
    if argv is not None:
        return _run(list(argv))
    if forced():
        forbid_network()  # where the kernel can; the guard in the interpreter stands in any case
    _keep_bugs_quiet()
    try:
        return _run(sys.argv[1:])
    except Exception:  # noqa: BLE001 - the crash hook reports it; Python's own status 1 would say "details found"
        sys.excepthook(*sys.exc_info())
        return 2


def _run(arguments: list[str]) -> int:
    # The macOS Finder passes a process serial number.
    arguments = [argument for argument in arguments if not argument.startswith("-psn_")]
    if arguments == ["--self-test"]:
        return _window(None, self_test=True)
    if not arguments:
        return _window(None)
    if arguments[0] == "--" and len(arguments) == 2:
        return _window(Path(arguments[1]))
    if len(arguments) == 1 and not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
        return _window(Path(arguments[0]))
    from desktop.cli import main as cli

    return cli(arguments)


def _keep_bugs_quiet() -> None:
    """Log without content, and say of a bug where its report is instead of printing what Python would print."""
    from desktop.logs import LOG, install_crash_hooks, set_up_logging
    from desktop.paths import default_paths

    def tell(report: Path | None) -> None:
        where = f"A report without any of your text is in {report}." if report else "No report could be written."
        print(f"strongroom: Something went wrong inside the program. {where}", file=sys.stderr)

    paths = default_paths()
    set_up_logging(paths)
    install_crash_hooks(paths, tell)
    LOG.info(f"started, version {__version__}")


def _window(file: Path | None, *, self_test: bool = False) -> int:
    if self_test:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    problem = display_problem(sys.platform, os.environ)
    if not problem:
        try:
            from desktop import app
        except ImportError as error:
            problem = import_problem(str(error))
            if not problem:
                raise
    if problem:
        print(f"strongroom: {problem}", file=sys.stderr)
        return 2
    return app.self_test() if self_test else app.run(file)


if __name__ == "__main__":
    sys.exit(main())
