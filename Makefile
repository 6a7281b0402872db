# Needs only Python 3.11 or newer (with venv) and a package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TOOLS := $(VENV)/release/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
DATA ?= $(SUMMARIZER_DATA)

.PHONY: setup demo test test-all check fix gate speed eval train lock audit sbom clean

setup: $(VENV)/.dev

demo: $(VENV)/.base
	@mkdir -p out
	$(BIN)/summarizer --offline examples/article.html
	$(BIN)/summarizer --offline --json -o out/article.json examples/article.html
	$(BIN)/summarizer --offline --html -o out/article.html examples/article.html
	@echo "Open out/article.html in a browser; out/article.json holds the same for programs."

test: $(VENV)/.dev
	$(BIN)/python -m pytest -m "not slow and not network"

test-all: $(VENV)/.dev
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(VENV)/.dev
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(BIN)/python tests/readme_tree.py

gate: $(VENV)/.dev
	$(BIN)/python -m eval gate

# Ratios to what the same run measures, so that a slow machine fails nothing.
speed: $(VENV)/.dev
	$(BIN)/python -m benchmarks check

eval: $(VENV)/.dev
	$(BIN)/python -m eval run all $(if $(DATA),--data "$(DATA)")

train: $(VENV)/.dev
	$(if $(DATA),,$(error name the data folder: make train DATA=DIR, see README))
	$(BIN)/python -m summarizer.training relation --data "$(DATA)" --out summarizer/weights/relation
	$(BIN)/python -m summarizer.training writer --data "$(DATA)" --out summarizer/weights/writer

# For a release: every dependency with its hashes, known vulnerabilities, a bill of materials.
lock: $(VENV)/.release
	@mkdir -p out
	$(TOOLS)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-emit-index-url \
		--custom-compile-command "make lock" -c constraints.txt -o out/requirements.txt pyproject.toml

audit: lock
	$(TOOLS)/pip-audit --strict --disable-pip --require-hashes -r out/requirements.txt

sbom: lock
	$(TOOLS)/cyclonedx-py requirements --pyproject pyproject.toml -o out/sbom.json out/requirements.txt

clean:
	rm -rf $(VENV) build dist out

# The stamps make a second run take no time; a changed dependency list runs pip again.
$(VENV)/.pip:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet "pip>=25.1"  # the first that knows dependency groups
	@touch $@

$(VENV)/.base: $(VENV)/.pip pyproject.toml constraints.txt
	$(PIP) install --quiet -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.base
	$(PIP) install --quiet -c constraints.txt -e ".[eval,serve,train]" --group dev
	@touch $@

# Apart from the rest, so that the tools' own dependencies change nothing that is tested.
$(VENV)/.release: $(VENV)/.pip pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)/release
	$(TOOLS)/python -m pip install --quiet "pip>=25.1"
	$(TOOLS)/python -m pip install --quiet --group release
	@touch $@
