"""Sends documents with planted identifiers to a server on this machine: ``python benchmarks/cloud_fuzz.py``.

Every document goes through the whole program (assistant, gate, last look, HTTP); the server keeps what it receives.
``--gate whole`` uses the gate as it ships, ``patterns`` leaves out its small model (ten times as fast), ``none`` is a
gate that sees nothing, so that only the last look at the bytes stands in the way. Exits with 1 on a leak.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "models" / "pii")]


def main() -> int:
    """Run and print; 1 when the server received a planted identifier."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gate", choices=("whole", "patterns", "none"), default="whole")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["STRONGROOM_HOME"] = home
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    from cloud_fuzz_documents import documents, send_all
    from loopback import loopback

    from desktop import services as root
    from desktop.credentials import Credentials
    from desktop.paths import default_paths
    from models.pii.analyzer import Analyzer
    from models.pii.registry import default_recognizers

    if arguments.gate != "whole":
        recognizers = default_recognizers() if arguments.gate == "patterns" else ()
        root.default_analyzer = lambda *_tagger: Analyzer(recognizers)
    credentials = Credentials()
    began = time.monotonic()
    with loopback() as server:
        credentials.remember_for_session(f"127.0.0.1:{server.port}", "sk-invented-0123456789")
        services = root.build_services(default_paths(), credentials)
        services.settings.update(cloud_enabled=True, cloud_consent=True, cloud_base_url=server.base_url)
        outcome = send_all(services, server, documents(arguments.count, arguments.seed))
        services.close()
    print(
        f"{outcome.documents} documents, {outcome.planted} with a planted identifier: {outcome.stopped_by_gate} "
        f"stopped by the gate, {outcome.stopped_at_the_door} by the last look, {outcome.sent_redacted} sent redacted; "
        f"{outcome.plain_sent} of {outcome.plain} plain ones sent; {len(outcome.leaks)} leaks; "
        f"{time.monotonic() - began:.0f} s"
    )
    for leak in outcome.leaks[:20]:
        print(f"LEAK {leak!r}")
    unaccounted = outcome.planted - outcome.stopped_by_gate - outcome.stopped_at_the_door - outcome.sent_redacted
    return 1 if outcome.leaks or unaccounted else 0


if __name__ == "__main__":
    raise SystemExit(main())
