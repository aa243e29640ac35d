# A machine needs Python 3.11 or later and make; everything else is installed into .venv, once, from requirements.lock.
PYTHON  ?= python3
WORKERS ?= 2
BIN     := .venv/bin
STAMP   := .venv/.installed
PIP     := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: help demo test lint types tests docs bench lock clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

help:
	@echo "make demo    run the model case: 10,000 futures of iran-axis-2024, their table and their briefing"
	@echo "make test    lint, types, tests"
	@echo "make docs    the documentation as a site, in build/docs"
	@echo "make bench   speed and memory, beside facts about the machine"
	@echo "make lock    resolve requirements.lock anew (UPGRADE=1: to the newest versions)"
	@echo "make clean   remove .venv, caches and builds"

demo: $(STAMP)
	@$(BIN)/shadowline run iran-axis-2024 --runs 10000 --seed 1 --report

test: lint types tests

lint: $(STAMP)
	@echo "== lint"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(STAMP)
	@echo "== types"
	@$(BIN)/mypy

# One file goes to one worker, so that what a file prepares is prepared once.
tests: $(STAMP)
	@echo "== tests"
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile

docs: $(STAMP)
	@$(BIN)/sphinx-build -W --keep-going -q -b html docs build/docs
	@echo "The site is build/docs/index.html"

bench: $(STAMP)
	@$(BIN)/python benchmarks/bench.py

# Hashes for every wheel of every supported system and Python; no index address or path is written to the file.
lock: $(BIN)/python
	@$(PIP) install uv
	@$(BIN)/uv pip compile pyproject.toml --output-file requirements.lock --universal --python-version 3.11 \
		--all-extras --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" \
		--quiet $(if $(UPGRADE),--upgrade)
	@echo "requirements.lock is up to date"

clean:
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; try make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

# --no-build-isolation: the build backend is in the lock too.
$(STAMP): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies into .venv (once, about a minute) ..."
	@$(PIP) install --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
