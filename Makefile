# Two goals that need nothing but python3 and make: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint types wheel oracle clean help

help:  ## list the goals
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

demo: $(READY)  ## set up and run the whole job on the case that ships with the package
	$(BIN)/provenance demo --to demo-out

test: $(READY)  ## set up and run the tests
	$(BIN)/python -m pytest -n 2 -q

lint: $(READY)  ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## types
	$(BIN)/mypy

wheel: $(READY)  ## build the wheel and try it in an environment of its own
	sh tests/smoke/wheel.sh $(PYTHON)

oracle: $(READY)  ## install the reference PDQ, which the tests hold ours against; needs a C++ compiler
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install --quiet --python $(BIN)/python -c constraints.txt pdqhash; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt pdqhash; \
	fi

clean:  ## remove what the goals made
	rm -rf $(VENV) demo-out dist build

# uv when it is there, else venv and pip; versions come from constraints.txt, which holds names and versions only.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python $(PYTHON) $(VENV) && \
	  uv pip install --quiet --python $(BIN)/python -c constraints.txt -e '.[dev]'; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'; \
	fi
	@touch $(READY)

.PHONY: docs
docs: $(READY)  ## write the command line reference anew
	$(BIN)/python -m typer provenance/commands/program.py utils docs --name provenance --title "Command line" --output docs/cli.md
