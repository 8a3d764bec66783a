"""Fetching a model against curl, from a server on loopback: ``python benchmarks/download.py [--size BYTES]``.

Three pairs, each taken in turns so that a busy machine hits both alike; every one sees its file onto the disk (fsync):
as fast as loopback gives it, against curl alone and against curl with a SHA-256 worked out on the way (the same work),
and at one gigabit a second, faster than most lines are. Then memory above idle, and how long a cancel takes.
"""

import argparse
import hashlib
import http.server
import json
import multiprocessing
import os
import resource
import socketserver
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

REVISION = "0" * 40
GIGABIT = 119_000_000
"""Bytes of payload a second that a gigabit line carries."""


def serve(file: str, digest: str, port: "multiprocessing.Queue[int]") -> None:
    """A server of one file, by sendfile; a path that begins with /slow/ is paced at a gigabit."""
    size = Path(file).stat().st_size

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            for name, value in (("Content-Length", size), ("ETag", f'"{digest}"'), ("X-Repo-Commit", REVISION)):
                self.send_header(name, str(value))
            self.end_headers()
            self.close_connection = True
            try:
                with Path(file).open("rb") as stream:
                    if not self.path.startswith("/slow/"):
                        self.connection.sendfile(stream)
                        return
                    began, sent = time.perf_counter(), 0
                    while sent < size:
                        sent += self.connection.sendfile(stream, sent, 1_000_000)
                        time.sleep(max(0.0, sent / GIGABIT - (time.perf_counter() - began)))
            except OSError:
                return  # the client has left

        def log_message(self, *_: object) -> None: ...

    class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    port.put(server.server_address[1])
    server.serve_forever()


def model(url: str, size: int) -> object:
    """A list entry for the one file."""
    from models.store.manifest import ManifestModel, ModelFile

    return ManifestModel(
        id="big", name="Big", purpose="-", license="-", license_text="-", card="-", languages=(), source=url, hosts=(),
        repository="a/b", revision=REVISION, folder="", total_bytes=size, memory_2048_bytes=1, memory_4096_bytes=1,
        files=(ModelFile("big.bin"),),
    )  # fmt: skip


def ours(url: str, size: int, cancel_after: int = 0) -> None:
    """Child process: fetch, and print seconds and memory above idle in bytes; or cancel on the way."""
    import psutil

    from models.store.download import _trust
    from models.store.events import Step
    from models.store.fetch import Fetcher
    from models.store.source import source_of

    _trust()
    process = psutil.Process()
    with tempfile.TemporaryDirectory(dir=os.environ["BENCH_DIR"]) as folder:
        entry = model(url, size)
        fetcher = Fetcher(entry, Path(folder), source_of(entry))
        idle = process.memory_info().rss
        cancel = threading.Event()
        began, pressed, most, used = time.perf_counter(), 0.0, 0, cpu_seconds(resource.RUSAGE_SELF)
        for event in fetcher.fetch(cancel):
            most = max(most, process.memory_info().rss - idle)
            if cancel_after and not pressed and isinstance(event, Step) and event.done >= cancel_after:
                cancel.set()
                pressed = time.perf_counter()
        ended = time.perf_counter()
    used = cpu_seconds(resource.RUSAGE_SELF) - used
    cancelled = ended - pressed if pressed else 0.0
    print(json.dumps({"seconds": ended - began, "cpu": used, "memory": most, "cancel": cancelled}))


def cpu_seconds(who: int) -> float:
    """Processor time of this process or of its children that have ended; a busy machine does not change it much."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def timed(command: str) -> tuple[float, float]:
    """Seconds that a shell command takes, on the clock and of the processor."""
    began, used = time.perf_counter(), cpu_seconds(resource.RUSAGE_CHILDREN)
    subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], check=True)
    return time.perf_counter() - began, cpu_seconds(resource.RUSAGE_CHILDREN) - used


def run_ours(url: str, size: int, *more: str) -> dict[str, float]:
    """Fetch in a fresh process."""
    command = [sys.executable, __file__, "--ours", url, "--size", str(size), *more]
    result: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=2_000_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", default=None, help="where to write, default the system's temporary folder")
    parser.add_argument("--ours", help=argparse.SUPPRESS)
    parser.add_argument("--cancel-after", type=int, default=0, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.ours:
        ours(arguments.ours, arguments.size, arguments.cancel_after)
        return
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        os.environ["BENCH_DIR"] = folder
        measure(Path(folder), arguments.size, arguments.rounds)


def measure(folder: Path, size: int, rounds: int) -> None:
    """All figures."""
    source, out = folder / "source", folder / "out"
    digest = hashlib.sha256()
    with source.open("wb") as stream:
        for _ in range(0, size, 1_000_000):
            piece = os.urandom(min(1_000_000, size - stream.tell()))
            digest.update(piece)
            stream.write(piece)
    port: multiprocessing.Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(str(source), digest.hexdigest(), port), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{port.get()}"
    slow = f"{url}/slow"
    names = ("curl", "curl and sha256sum", "ours", "curl, 1 Gbit/s", "ours, 1 Gbit/s")
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    memory = 0.0
    for _ in range(rounds):
        rows["curl"].append(timed(f"curl -sf -o {out} {url}/x && sync {out}"))
        rows["curl and sha256sum"].append(timed(f"curl -sf {url}/x | tee {out} | sha256sum >/dev/null && sync {out}"))
        rows["curl, 1 Gbit/s"].append(timed(f"curl -sf -o {out} {slow}/x && sync {out}"))
        for name, address in (("ours", url), ("ours, 1 Gbit/s", slow)):
            got = run_ours(address, size)
            rows[name].append((got["seconds"], got["cpu"]))
            memory = max(memory, got["memory"])
        out.unlink()
    cancel = max(run_ours(slow, size, "--cancel-after", str(size // 4))["cancel"] for _ in range(rounds))
    server.terminate()
    print(f"{size / 1e9:.1f} GB, {rounds} rounds, medians:")
    for name, times in rows.items():
        clock, cpu = zip(*times, strict=True)
        print(
            f"  {name:<20} {statistics.median(clock):6.2f} s ({min(clock):.2f}–{max(clock):.2f}), "
            f"processor {statistics.median(cpu):5.2f} s"
        )
    for name, base in (("ours", "curl"), ("ours", "curl and sha256sum"), ("ours, 1 Gbit/s", "curl, 1 Gbit/s")):
        over = statistics.median(t for t, _ in rows[name]) / statistics.median(t for t, _ in rows[base]) - 1
        best = min(t for t, _ in rows[name]) / min(t for t, _ in rows[base]) - 1
        print(f"  {name} against {base}: {over:+.1%} (best against best {best:+.1%})")
    print(f"  memory above idle, at most: {memory / 1e6:.0f} MB;  cancel, at most: {cancel * 1000:.0f} ms")


if __name__ == "__main__":
    main()
