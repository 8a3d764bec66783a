"""llama.cpp's own benchmark, on a model of the same shape."""

import json
import shutil
import subprocess
from pathlib import Path

from models.engines.child_process import NICENESS


def rates(llama_bench: Path, gguf: Path, threads: int, prompt: int, output: int) -> tuple[float, float]:
    """Tokens a second reading and writing, with as little urgency as our own worker has."""
    urgency = ["nice", "-n", str(NICENESS)] if shutil.which("nice") else []
    sizes = ["-t", str(threads), "-p", str(prompt), "-n", str(output), "-r", "1", "-o", "json"]
    command = [*urgency, str(llama_bench), "-m", str(gguf), *sizes]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    results = json.loads(done.stdout)
    reading = next(float(row["avg_ts"]) for row in results if row["n_prompt"])
    writing = next(float(row["avg_ts"]) for row in results if row["n_gen"])
    return reading, writing
