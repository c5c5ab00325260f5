# Everything a fresh machine needs: Python 3.11 or later, make, git.
#
#   make demo      the main job, on the embedded sandbox
#   make test      the test suite
#   make cover     the test suite, and a count of every branch
#   make check     formatting, lint, types, generated code up to date
#   make docs      the documentation site, from the code and docs/, into build/site; every link checked
#   make bench     every speed that is promised, beside its rivals
#   make service   200 clients for a minute on the example service, with a job beside them
#   make release   sdist, wheel, bill of materials and checksums, each built twice to the same bytes
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
DOCS := .venv-docs
ENGINES := .venv-engines
LOWEST := .venv-lowest
PROOFS := .venv-proofs
GENERATED := src/leadiq/_generated
SPREAD := -n auto --maxprocesses 4 --dist worksteal
HANDWRITTEN := src codegen tests benchmarks examples docs requirements

.PHONY: demo test cover check generate format bench bench-quick faults kills outages mutants browser fuzz clients bench-million bench-fleet service test-engines test-lowest test-wheel release sbom docs lock clean help

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

# Everything else has an environment of its own, from the lock of its name.
.venv-%/.stamp: requirements/%.txt
	$(PYTHON) -m venv --clear .venv-$*
	.venv-$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	.venv-$*/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

# The compiler of the client needs nothing of the client.
$(CODEGEN)/.stamp: requirements/codegen.txt
	$(PYTHON) -m venv --clear $(CODEGEN)
	$(CODEGEN)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
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

# Under 15 minutes; writes docs/benchmarks/ and the tables of docs/benchmarks.md.
bench: $(BENCH)/.stamp $(CODEGEN)/.stamp
	$(BENCH)/bin/python -m benchmarks

# Under 2 minutes; writes build/benchmarks/ only.
bench-quick: $(BENCH)/.stamp $(CODEGEN)/.stamp
	$(BENCH)/bin/python -m benchmarks --quick

# A job of a million rows: 12 minutes.
bench-million: $(BENCH)/.stamp
	$(BENCH)/bin/python -m benchmarks million

# Four processes on one quota over Redis: 5 minutes.
bench-fleet: $(BENCH)/.stamp
	$(BENCH)/bin/python -m benchmarks fleet

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
test-lowest: $(LOWEST)/.stamp
	$(LOWEST)/bin/python -m pytest -q $(SPREAD)

# Tables and clusters with the engines that people have: pandas, Polars, DuckDB, Ray.
test-engines: $(ENGINES)/.stamp
	$(ENGINES)/bin/python -m pytest -q tests/tables tests/arrow tests/engines

# 200 clients for a minute on four workers of the example service, and a job of 10,000 rows beside.
service: $(VENV)/test.stamp
	PYTHONPATH=tests $(BIN)/python -m service

# The built wheel, alone and with each extra alone, on Python 3.11 and the newest that there is.
test-wheel: $(VENV)/test.stamp
	sh tests/wheel.sh

# What is released, in dist/: sdist, wheel, bill of materials (CycloneDX), checksums.
release: $(VENV)/test.stamp
	sh requirements/build.sh

# The bill of materials alone.
sbom:
	@mkdir -p dist
	$(PYTHON) requirements/sbom.py requirements/engines.txt > dist/leadiq_sdk.cdx.json

docs: $(DOCS)/.stamp
	$(DOCS)/bin/python docs/make_tables.py
	$(DOCS)/bin/python docs/site/pictures.py
	$(DOCS)/bin/python docs/site/llms.py
	rm -rf build/site
	$(DOCS)/bin/sphinx-build -q -E -W --keep-going -j auto -b html -c docs/site -d build/doctrees docs build/site
	$(DOCS)/bin/python docs/site/check_links.py build/site
	@echo "The documentation: build/site/index.html"

# For maintainers; the only target that resolves versions.
lock:
	sh requirements/lock.sh

clean:
	rm -rf $(VENV) $(CODEGEN) $(BENCH) $(DOCS) $(ENGINES) $(LOWEST) $(PROOFS) .venv-wheel build dist .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
