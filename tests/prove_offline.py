"""Prove that a local run opens no INET socket and writes no telemetry file.

    python tests/prove_offline.py PROGRAM

Runs PROGRAM's scan, a starter task and a task on the tiny Phi model under ``strace`` in an empty network namespace with
the environment cleared (the model runtime's telemetry stays quiet where it sees a CI variable, so a proof must not have
one). Linux only; needs strace and unshare.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

TEXT = "Dear Ms Varga, the dishwasher arrived broken. My IBAN is DE89 3704 0044 0532 0130 00. Please refund me."
TINY_MODEL = Path(__file__).resolve().parent.parent / "resources" / "tiny-phi"
COMMANDS = (
    (["scan", "-"], {1}),
    (["run", "T01", "-", "--engine", "starter", "--json"], {0}),
    (["run", "T13", "-", "--engine", "phi", "--model", str(TINY_MODEL), "--json"], {0}),
    (["run", "T10", "-", "--engine", "auto"], {2}),
    (["run", "T10", "-", "--engine", "cloud"], {2}),
    (["run", "T10", "-", "--engine", "cloud", "--base-url", "http://127.0.0.1:9/v1"], {2}),
    (["models", "list"], {0}),
    (["models", "import", str(TINY_MODEL)], {0}),
    (["models", "verify"], {0}),
    (["doctor"], {0}),
    (["--self-test"], {0}),
)


def trace(program: Path, arguments: list[str], home: Path, log: Path) -> int:
    """Exit status of one command, traced into ``log``, in a network namespace without interfaces."""
    return subprocess.run(
        ["env", "-i", f"HOME={home}", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "unshare", "-rn",
         "strace", "-f", "-qq", "-e", "trace=network", "-o", str(log), str(program), *arguments],
        input=TEXT, text=True, capture_output=True, timeout=240, check=False,
    ).returncode  # fmt: skip


def main() -> int:
    """Run every command; print what was seen; 1 on any INET socket, telemetry file or unexpected exit status."""
    program = Path(sys.argv[1]).absolute()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for arguments, expected in COMMANDS:
            log = home / "trace"
            status = trace(program, arguments, home, log)
            sockets = [line for line in log.read_text().splitlines() if "AF_INET" in line]
            telemetry = [path for path in home.rglob("*") if "Microsoft" in path.parts or ".onnxruntime" in path.parts]
            good = status in expected and not sockets and not telemetry
            failed += not good
            shown = " ".join(Path(part).name if "/" in part else part for part in arguments)
            print(f"{'ok  ' if good else 'FAIL'} {shown}: exit {status}, {len(sockets)} INET sockets, "
                  f"{len(telemetry)} telemetry files")  # fmt: skip
            for line in sockets[:5]:
                print("    ", line)
            log.unlink()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
