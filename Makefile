# Everything a person runs here; `make help` explains it.
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
MATCHING ?= ../shared/data/matching
SIZES ?= 10000,100000,1000000
ADAM_ENV ?= development
export PORT ADAM_ENV

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --no-deps --require-hashes --only-binary :all:
READY := $(VENV)/ready
READY_DEV := $(VENV)/ready-dev
READY_SPARK := $(VENV)/ready-spark
READY_BENCH := $(VENV)/ready-bench
# Spark is of no use without Java: its tests are skipped there, and say so.
JAVA := $(if $(JAVA_HOME),$(JAVA_HOME),$(shell command -v java 2>/dev/null))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev setup-spark compile run test fuzz check format bench torture lock clean

help: ## what can be run here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## the virtual environment, with the locked packages that running needs

setup-dev: $(READY_DEV) ## the same with what tests and checks need

setup-spark: $(READY_SPARK) ## the same with Spark, half a gigabyte; needs Java 17 or newer

compile: $(READY) ## what the engine compiles when first asked, a minute and more; kept until it changes
	@$(BIN)/python -m adam.matching.compiled

run: $(READY) ## set up, migrate, seed, screen, report, and serve on 127.0.0.1:$PORT (8000); honours ADAM_DATABASE_URL
	@exec $(BIN)/adam up --host 127.0.0.1 --port $(PORT)

# Compiled first and once, or every worker of the tests would compile the same; meanwhile pip has the other processor.
test: $(READY) ## every test, on SQLite and PostgreSQL; ARGS="-k words" to choose
	@$(MAKE) --no-print-directory --jobs 2 $(READY_DEV) $(if $(JAVA),$(READY_SPARK)) compile
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

fuzz: $(READY_DEV) compile ## schemathesis on the API without bound, every role, both databases; SECONDS=600 ends it
	@$(BIN)/python -m tests.api.fuzz

check: $(READY_DEV) ## lint, format, types, imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(READY_DEV) ## put the code into the agreed form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(READY_BENCH) compile ## what claims of speed and accuracy rest on; MATCHING=folder of sets, SIZES=10000,100000
	@set -e; for file in benchmarks/imports.py benchmarks/spreadsheets.py benchmarks/screening.py benchmarks/checks.py benchmarks/submissions.py \
	  benchmarks/pages.py; do \
	  echo "== $$file"; $(BIN)/python $$file $(ARGS); done
	@echo "== benchmarks/peers.py"; $(BIN)/python benchmarks/peers.py --sizes $(SIZES) \
	  $(patsubst %/gold.csv,%,$(wildcard $(MATCHING)/*/gold.csv))
	@if [ -d "$(MATCHING)" ]; then echo "== benchmarks/accuracy.py"; \
	  $(BIN)/python benchmarks/accuracy.py "$(MATCHING)"; \
	  else echo "benchmarks/accuracy.py is left out: MATCHING names no folder of pairs with known truth"; fi

torture: $(READY_DEV) ## kill the server again and again under 16 clients, a minute on each database; ARGS="--seconds 600"
	@$(BIN)/python benchmarks/torture.py $(ARGS)

lock: $(READY) ## write the locks anew from setup.cfg; ARGS=--upgrade takes newer versions
	@$(INSTALL) -r requirements/lock.txt
	@set -e; compile() { $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate $(ARGS) "$$@"; }; \
	compile setup.cfg requirements/build.in --extra postgres -o requirements/run.txt; \
	compile setup.cfg requirements/build.in --extra postgres --extra dev -c requirements/run.txt \
	  -o requirements/dev.txt; \
	for extra in spark bench; do compile setup.cfg requirements/build.in --extra postgres --extra dev \
	  --extra $$extra -c requirements/dev.txt -o requirements/$$extra.txt; done; \
	compile requirements/lock.in -o requirements/lock.txt

clean: ## remove what the tools left behind; the virtual environment and var/ stay
	@rm -rf build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis .coverage
	@find adam tests migrations benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than what it was made from; repeating does nothing.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "ADAM needs Python 3.11 or newer; choose one with: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv module is missing. Install it with: apt-get install python3-venv"; exit 1; }
	@echo "Making the virtual environment $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)

$(READY): requirements/run.txt setup.cfg pyproject.toml | $(BIN)/python
	@echo "Installing the packages of requirements/run.txt"
	@$(INSTALL) -r requirements/run.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(READY_DEV): requirements/dev.txt $(READY)
	@echo "Installing the packages of requirements/dev.txt"
	@$(INSTALL) -r requirements/dev.txt
	@touch $@

# Spark comes as source only and is built with the locked setuptools, from Python files and jars; no compiler runs.
$(READY_SPARK): requirements/spark.txt $(READY_DEV)
	@echo "Installing the packages of requirements/spark.txt"
	@$(INSTALL) --no-binary pyspark --no-build-isolation --use-pep517 -r requirements/spark.txt
	@touch $@

$(READY_BENCH): requirements/bench.txt $(READY_DEV)
	@echo "Installing the packages of requirements/bench.txt"
	@$(INSTALL) -r requirements/bench.txt
	@touch $@
