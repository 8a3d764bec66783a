# Sets everything up in .venv inside this folder; needs only Python 3.11 or newer and make.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.PHONY: run test lint screenshots build bench lock clean

run: .venv/runtime ## Start the program.
	@$(PY) -m desktop $(ARGS)

test: .venv/dev ## Run the tests.
	$(PY) -m pytest $(ARGS)

lint: .venv/dev ## Style, types and the import rule.
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

screenshots: .venv/dev ## Make the pictures in docs/screenshots.
	$(PY) benchmarks/screenshots.py docs/screenshots

build: .venv/dev ## Freeze the program into dist/strongroom.
	$(PY) -m PyInstaller --noconfirm --log-level WARN build.spec

bench: .venv/dev ## Print the figures that the README quotes.
	$(PY) benchmarks/startup.py
	$(PY) benchmarks/scan.py
	$(PY) benchmarks/starter.py

lock: .venv/dev ## Renew requirements/*.txt (needs uv).
	uv pip compile $(LOCK) --upgrade pyproject.toml --group build -o requirements/runtime.txt
	uv pip compile $(LOCK) pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt

clean:
	rm -rf .venv build dist *.egg-info

.venv/created:
	@[ -n "$(PYTHON)" ] || { echo "Strongroom needs Python 3.11 or newer. Install it, or say where it is: make run PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python cannot make a virtual environment. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@touch $@

.venv/runtime: .venv/created requirements/runtime.txt pyproject.toml
	@echo "Setting up (once) …"
	@$(PIP) --require-hashes -r requirements/runtime.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/runtime requirements/dev.txt
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
