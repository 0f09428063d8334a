# Everything runs from .venv, which is made once and again when pyproject.toml or
# .ci/constraints.txt changes, of the very releases that the latter names.
# All that is needed is make and a Python of 3.11 or later.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CONSTRAINTS := .ci/constraints.txt
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	--constraint $(CONSTRAINTS)

# The newest Python that can make a virtual environment.
FIND_PYTHON = for minor in 19 18 17 16 15 14 13 12 11 ""; do \
	python="python3$${minor:+.$$minor}"; \
	"$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
		2>/dev/null && { echo "$$python"; exit; }; \
	done; echo "Python 3.11 or later, with venv, is needed" >&2; exit 1

.DEFAULT_GOAL := help
.PHONY: help generate check test test-long fuzz bench mutate diff native \
	update-constraints clean docs
.SILENT:

help: ## list the targets
	grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | \
		while IFS="$$(printf '\t')" read -r name what; do \
			printf '  make %-18s %s\n' "$$name" "$$what"; done

# Building needs no environment of its own, whose releases nothing would name.
$(STAMP): pyproject.toml $(CONSTRAINTS)
	python="$$($(FIND_PYTHON))" || exit 1; \
	test -x $(BIN)/python || "$$python" -m venv $(VENV)
	$(INSTALL) --upgrade pip hatchling editables
	$(INSTALL) --no-build-isolation --group dev --group test --group bench \
		--group docs --editable .
	touch $@

generate: $(STAMP) ## generate every configured SDK into generated/
	$(BIN)/codegen generate

check: $(STAMP) ## formatting, lint, types, that generated/ is current, docs
	$(BIN)/black --check --quiet . || { $(BIN)/black --check . ; exit 1; }
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/codegen generate benchmarks/every-keyword.yaml --package every_keyword \
		--output build/checked --no-tests --quiet
	$(BIN)/basedpyright --project .ci/pyright.json >/dev/null || \
		{ $(BIN)/basedpyright --project .ci/pyright.json; exit 1; }
	$(BIN)/codegen generate --check
	$(BIN)/python .ci/documentation.py

docs: $(STAMP) ## build the documentation as a site in build/site
	$(BIN)/python .ci/documentation.py

# A file stays in one process, for what its tests share is made once. What the operands
# of assertions were is only found out for those that fail, by a second run.
TEST := $(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadfile

test: $(STAMP) ## all tests, the generated golden tests included
	$(TEST) --assert=plain || \
		{ $(TEST) --last-failed --last-failed-no-failures=none; exit 1; }

test-long: $(STAMP) ## full sweeps: corpora, bounds, engines, mutations (hours)
	CODEGEN_LONG=1 $(BIN)/python -m pytest --numprocesses auto --maxprocesses 8
	$(BIN)/python -m tests.fuzz generate --count 10000
	$(BIN)/python -m tests.fuzz lint --count 10000
	$(BIN)/python -m tests.fuzz diff --count 3000
	$(BIN)/python -m tests.fuzz.values --first 10000 --count 2000
	$(BIN)/python -m tests.property.frames --first 10000 --count 5000
	$(BIN)/python -m tests.property.circles --first 10000 --count 2000
	$(BIN)/python -m tests.property.parts --first 10000 --count 4000
	$(BIN)/python -m tests.property.deliveries --first 10000 --count 5000
	$(BIN)/python -m tests.property.exchanges --first 60000 --count 2000
	$(BIN)/python -m tests.property.recordings --first 10000 --count 2000
	$(BIN)/python -m tests.property.several_files --first 10000 --count 20
	$(BIN)/python -m benchmarks.mutate

# Atheris has no wheel for every Python; without it Hypothesis makes the inputs.
fuzz: $(STAMP) ## make fuzz SECONDS=60: fuzz each target for so many seconds
	$(INSTALL) --group fuzz || echo "without Atheris, which cannot be had here" >&2
	$(BIN)/python -m tests.fuzz.guided --seconds $(or $(SECONDS),60)

bench: $(STAMP) ## the benchmarks, side by side with the peers
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.building --synthetic 1 10 100

mutate: $(STAMP) ## damage the SDK and the generator, and see which golden test notices
	$(BIN)/python -m benchmarks.mutate

diff: $(STAMP) ## make diff OLD=… NEW=…: what changed, and whom it breaks
	test -n '$(OLD)' -a -n '$(NEW)' || \
		{ echo 'usage: make diff OLD=path-or-REV:path NEW=path-or-REV:path' >&2; exit 2; }
	$(BIN)/codegen diff '$(OLD)' '$(NEW)'

native: $(STAMP) ## build and install the native codec; needs a C compiler
	rm -rf $(VENV)/native && cp -r codegen/native $(VENV)/native
	$(INSTALL) --no-build-isolation --no-deps --force-reinstall $(VENV)/native

update-constraints: ## move the environment to new releases
	.ci/update-constraints

clean: ## remove the environment and all caches
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage* \
		build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
