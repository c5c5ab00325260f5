# Everything a fresh machine needs: Python 3.11 or later, make, git.
#
#   make demo      the main job, on the embedded sandbox
#   make test      the test suite
#   make cover     the test suite, and a count of every branch
#   make check     formatting, lint, types, generated code up to date
#   make docs      write the tables in docs/ that come from the code
#   make mutants   break the pure modules, one step at a time: a test has to fail each time
#   make generate  compile schema.graphql and queries/ into src/leadiq/_generated/
#
# The environments are made from the hash locks in requirements/, and again when a lock changes.

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CODEGEN := .venv-codegen
BENCH := .venv-bench
PROOFS := .venv-proofs
GENERATED := src/leadiq/_generated
SPREAD := -n auto --maxprocesses 4 --dist worksteal
HANDWRITTEN := src codegen tests benchmarks examples docs

.PHONY: demo test cover check generate format bench bench-quick faults kills outages mutants browser fuzz clients test-lowest test-wheel docs lock clean help

help:
	@sed -n 's/^#   //p' Makefile

# -- environments ------------------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "leadiq-sdk needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)

# Each level contains the one before, at the same versions.
$(VENV)/%.stamp: requirements/%.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(CODEGEN)/.stamp: requirements/codegen.txt
	$(PYTHON) -m venv --clear $(CODEGEN)
	$(CODEGEN)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(BENCH)/.stamp: requirements/bench.txt
	$(PYTHON) -m venv --clear $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(PROOFS)/.stamp: requirements/proofs.txt
	$(PYTHON) -m venv --clear $(PROOFS)
	$(PROOFS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(PROOFS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

# -- the loop ----------------------------------------------------------------------------------

demo: $(VENV)/run.stamp
	@mkdir -p build
	LEADIQ_STATE=build/state $(BIN)/leadiq enrich examples/leads.csv build/enriched.csv \
		--sandbox --unlock work-email --budget 500 --force
	@echo "The enriched file: build/enriched.csv"

test: $(VENV)/test.stamp
	$(BIN)/python -m pytest $(SPREAD) $(ARGS)

# The same, and every branch of hand-written code has to be taken; it takes twice as long.
cover: $(VENV)/test.stamp
	$(BIN)/python -m pytest $(SPREAD) --cov --cov-report=term --cov-fail-under=100 $(ARGS)

check: $(VENV)/check.stamp $(CODEGEN)/.stamp
	$(BIN)/ruff format --check $(HANDWRITTEN)
	$(BIN)/ruff check $(HANDWRITTEN)
	$(BIN)/mypy
	$(BIN)/basedpyright
	$(MAKE) --no-print-directory generate
	@test -z "$$(git status --porcelain -- $(GENERATED))" || { \
		git status --short -- $(GENERATED); \
		echo "$(GENERATED) is not what schema.graphql and queries/ compile to: run make generate and commit it"; \
		exit 1; }

generate: $(CODEGEN)/.stamp
	rm -rf $(GENERATED)
	PYTHONPATH=src:codegen PYTHONHASHSEED=0 $(CODEGEN)/bin/ariadne-codegen > /dev/null
	$(CODEGEN)/bin/ruff check --isolated --quiet --fix --select I,F401,UP --target-version py311 --line-length 100 $(GENERATED)
	$(CODEGEN)/bin/ruff format --isolated --quiet --line-length 100 $(GENERATED)

format: $(VENV)/check.stamp
	$(BIN)/ruff format $(HANDWRITTEN)
	$(BIN)/ruff check --fix $(HANDWRITTEN)

bench: $(BENCH)/.stamp $(CODEGEN)/.stamp
	$(BENCH)/bin/python -m benchmarks --rounds 9
	$(BENCH)/bin/python -m benchmarks.waiting
	$(BENCH)/bin/python -m benchmarks.sandbox --rounds 9
	$(BENCH)/bin/python -m benchmarks.quota
	$(BENCH)/bin/python -m benchmarks.fleet
	$(BENCH)/bin/python -m benchmarks.leads
	$(BENCH)/bin/python -m benchmarks.rows

bench-quick: $(BENCH)/.stamp $(CODEGEN)/.stamp
	$(BENCH)/bin/python -m benchmarks --rounds 3

# -- heavier proofs ----------------------------------------------------------------------------

# Every fault of a server or a network, against every transport; writes docs/faults.md.
faults: $(VENV)/test.stamp
	PYTHONPATH=tests $(BIN)/python -m faults docs/faults.md

# Breaks the pure modules, one step at a time: a test has to fail each time (docs/mutants.md).
mutants: $(VENV)/test.stamp
	PYTHONPATH=tests $(BIN)/python -m mutants docs/mutants.tsv $(ARGS)

# A job killed at 200 points of its journal, and gone on with: same bytes, nothing paid twice.
kills: $(VENV)/test.stamp
	PYTHONPATH=tests $(BIN)/python -m kills 200

# Jobs that lose the disk, the credits, Redis or the server half-way: same bytes, same books.
outages: $(VENV)/test.stamp
	PYTHONPATH=tests $(BIN)/python -m outages

# The pages of the sandbox and the report, looked at in a headless Chromium.
browser: $(VENV)/test.stamp
	$(BIN)/python -m pytest -m browser $(ARGS)

# Random documents and bad requests against the sandbox, for FUZZ_SECONDS (ten minutes).
fuzz: $(PROOFS)/.stamp
	PYTHONPATH=tests $(PROOFS)/bin/python -m fuzz

# Clients that know nothing of this SDK, on the sandbox.
clients: $(PROOFS)/.stamp $(CODEGEN)/.stamp
	PYTHONPATH=tests $(PROOFS)/bin/python -m clients

# The lower bounds of pyproject.toml, in an environment of their own.
test-lowest: requirements/lowest.txt
	$(PYTHON) -m venv --clear .venv-lowest
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	.venv-lowest/bin/python -m pytest -q $(SPREAD)

# The built wheel, alone and with each extra alone.
test-wheel: $(VENV)/test.stamp
	PYTHON=$(PYTHON) sh tests/wheel.sh

docs: $(VENV)/test.stamp
	$(BIN)/python docs/make_tables.py

# For maintainers; the only target that resolves versions.
lock:
	sh requirements/lock.sh

clean:
	rm -rf $(VENV) $(CODEGEN) $(BENCH) $(PROOFS) .venv-lowest .venv-wheel build dist .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
