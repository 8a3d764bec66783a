"""Time to first paint and to typing, in fresh processes, against a bare PySide6 window in the same run.

    python benchmarks/startup.py [RUNS]

Milliseconds from the start of the interpreter's process; the median of RUNS (5), alternating, after one warm-up each.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit
app = QApplication(sys.argv[:1])
edit = QPlainTextEdit()
class Window(QMainWindow):
    def paintEvent(self, event):
        print("painted", time.time(), flush=True)
        QApplication.processEvents()
        edit.insertPlainText("x")
        print("typed", time.time(), flush=True)
        app.exit(0)
window = Window()
window.setCentralWidget(edit)
window.show()
app.exec()
"""
STRONGROOM = """
import sys, time
from desktop import app as root
from desktop.paths import default_paths
from desktop.services import build_services
from PySide6.QtCore import QTimer
app = root._application()
services = build_services(default_paths())
window, theme = root.build_window(app, services)
def painted():
    print("painted", time.time(), flush=True)
def typed():
    window.document.edit.insertPlainText("x")
    print("typed", time.time(), flush=True)
    window.close()
    app.exit(0)
window.first_paint.connect(painted)
window.first_paint.connect(lambda: QTimer.singleShot(0, typed))
window.show()
app.exec()
"""


def measure(code: str, environment: dict[str, str]) -> tuple[float, float]:
    """Milliseconds to paint and to typing of one fresh process."""
    start = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    moments = dict(line.split() for line in done.stdout.splitlines())
    return (float(moments["painted"]) - start) * 1000, (float(moments["typed"]) - start) * 1000


def main() -> int:
    """Print both medians and their ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "STRONGROOM_HOME": home,
            "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
        }
        results: dict[str, list[tuple[float, float]]] = {"bare": [], "strongroom": []}
        for attempt in range(runs + 1):
            for name, code in (("bare", BARE), ("strongroom", STRONGROOM)):
                figures = measure(code, environment)
                if attempt:
                    results[name].append(figures)
    medians = {
        name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in results.items()
    }
    print(f"{'':24}{'first paint':>14}{'typable':>12}")
    for name, (painted, typed) in medians.items():
        print(f"{name:24}{painted:11.0f} ms{typed:9.0f} ms")
    ratios = [ours / bare for ours, bare in zip(medians["strongroom"], medians["bare"], strict=True)]
    print(f"{'ratio':24}{ratios[0]:14.2f}{ratios[1]:12.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
