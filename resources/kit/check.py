"""Check the files of a model against SHA256SUMS: python3 check.py. Needs nothing but Python 3; uses no network."""

import hashlib
import pathlib
import sys

folder = pathlib.Path(__file__).resolve().parent
bad = 0
for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
    expected, name = line.split("  ", 1)
    digest = hashlib.sha256()
    try:
        with (folder / name).open("rb") as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
        found = "ok" if digest.hexdigest() == expected else "DIFFERS"
    except OSError:
        found = "MISSING"
    bad += found != "ok"
    print(f"{found:8} {name}")
print("All files are as they should be." if not bad else f"{bad} of the files cannot be used; copy the kit again.")
sys.exit(1 if bad else 0)
