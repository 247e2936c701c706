# Every chore of this repository. `make help` lists them.
# Works with GNU make and a virtual environment in .venv, which the chores make themselves.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install hook invented report check lint format types test notebooks docs bench sample pins view wheel ci clean

PYTHON ?= python3
BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
READY := .venv/.netquality-ready

help: ## list the chores
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

install: $(READY) ## make .venv with everything a contributor needs, at the pinned versions
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e ".[dev,docs]"
	@touch $@

hook: ## let git refuse a commit of anything that may come from a real export
	printf '#!/bin/sh\nexec $(PYTHON) .ci/guard.py --staged\n' > "$$(git rev-parse --git-path hooks)/pre-commit"
	chmod +x "$$(git rev-parse --git-path hooks)/pre-commit"

invented: ## list the files that are neither code nor prose: everybody in them is invented
	$(PYTHON) .ci/guard.py --write

report: $(READY) ## the main job: a report on the invented sample
	$(BIN)/netquality report --open

check: lint types ## lint, format and types; changes nothing
lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
types: $(READY)
	$(BIN)/mypy

format: $(READY) ## put code and notebooks into the one format, and mend what can be mended
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format

test: $(READY) ## all tests (make test ARGS="-k house" for some)
	$(BIN)/python -m pytest -q $(ARGS)

notebooks: $(READY) ## run every notebook on the sample and keep its outputs
	$(BIN)/python .ci/notebooks.py --write

docs: $(READY) ## build the site into docs/_build/html, warnings are errors
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs docs/_build/html
	$(BIN)/python .ci/offline_pages.py docs/_build/html

bench: $(READY) ## time the first minutes and a large export, as ratios to named references
	$(BIN)/python benchmarks/first_minutes.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/assessing.py
	$(BIN)/python benchmarks/graphs.py

sample: $(READY) ## write the invented sample anew; it must come out byte for byte the same
	$(BIN)/python -m netquality.sample

# uv resolves once for every Python and platform we name, which pip cannot do. The file holds
# versions and platform markers only: no hashes, no addresses.
pins: $(READY) ## choose today's newest versions of everything again: rewrites constraints.txt
	{ sed -n '/^#/p' constraints.txt; \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --all-extras --upgrade \
	    --no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml; \
	} > constraints.new
	mv constraints.new constraints.txt

view: ## build the interactive view anew from web/ (the one chore that needs Node)
	cd web && npm ci --ignore-scripts && npm run build

wheel: $(READY) ## build the wheel into dist/
	$(BIN)/python -m hatchling build -t wheel

ci: ## what the code host runs: everything above that can fail
	CI=true bash .ci/run

clean: ## remove what the chores made, and .venv
	rm -rf .venv build dist docs/_build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
