# `make test` on a fresh machine does everything. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help chat test lint types bench words soak mutation audit lock clean

export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Python 3.11 or later with venv and pip; a name that is found but does not run (a version manager's shim) is passed over.
# To choose another: make PYTHON=/path/to/python3.12 test
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)

VENV := .venv
TOOLS := .venv-tools
BIN := $(VENV)/bin

define new_environment
@if [ -z "$(PYTHON)" ]; then \
	echo 'No Python 3.11 or later with venv and pip was found.' >&2; \
	echo 'Install one (on Debian or Ubuntu: apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python3' >&2; \
	exit 1; \
fi
"$(PYTHON)" -m venv --clear $(1)
$(1)/bin/python -m pip install --quiet --require-hashes --requirement $(2)
endef

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 18

# Everything from the lock, by hash; then the project itself, with the build backend that came from the lock too.
$(VENV)/.locked: requirements/dev.txt
	$(call new_environment,$(VENV),requirements/dev.txt)
	@touch $@ $(VENV)/.runtime

$(VENV)/.ready: $(VENV)/.locked pyproject.toml
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pip check
	@touch $@

# To run it, less is enough; where everything is set up, that serves.
RUNTIME := $(if $(wildcard $(VENV)/.locked),$(VENV)/.locked,$(VENV)/.runtime)

$(VENV)/.runtime: requirements/runtime.txt
	$(call new_environment,$(VENV),requirements/runtime.txt)
	@touch $@

$(TOOLS)/.locked: requirements/tools.txt
	$(call new_environment,$(TOOLS),requirements/tools.txt)
	@touch $@

chat: $(RUNTIME) ## talk with the assistant in this terminal; make chat ARGS='--lang fr'
	@$(BIN)/python -m bot chat $(ARGS)

# Two at a time, a file always in one of them: half the time on two cores, and as many everywhere, so that what waits for
# a process waits alike.
test: $(VENV)/.ready ## set up if need be, then run the tests
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

lint: $(VENV)/.ready ## style and likely mistakes (ruff)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready ## static types (mypy, strict)
	$(BIN)/mypy

bench: $(VENV)/.ready ## how fast it is, measured
	$(BIN)/python -m benchmarks

# The catalogue follows the templates: what is new is empty, what changed is fuzzy, what is gone is gone. No .mo is kept.
words: $(VENV)/.ready ## bring the French catalogue up to the templates; then write what is new in it
	template=$$(mktemp) && $(BIN)/pybabel --quiet extract --mapping-file locales/babel.cfg --add-location file --sort-by-file --project tirage --msgid-bugs-address "" \
		--output-file "$$template" locales && \
	$(BIN)/pybabel --quiet update --domain messages --input-file "$$template" --output-dir locales --locale fr \
		--ignore-obsolete --ignore-pot-creation-date --width 120; status=$$?; rm -f "$$template"; exit $$status

soak: $(VENV)/.ready ## the long suites, with many more generated examples
	$(BIN)/python -m pytest -m soak --hypothesis-profile=soak

mutation: $(VENV)/.ready ## would a test notice a changed rule? (mutmut over scoring/crs and scoring/programs)
	$(BIN)/mutmut run
	$(BIN)/mutmut results

audit: $(TOOLS)/.locked ## known vulnerabilities in what is locked (asks a public database, and fails where it has no answer)
	for lock in requirements/*.txt; do \
		$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes --requirement "$$lock" || exit 1; \
	done

# The tools are locked by themselves; on a machine that cannot run the old ones, `pip install uv` and run these by hand.
COMPILE = $(TOOLS)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --no-emit-find-links --upgrade
lock: $(TOOLS)/.locked ## choose the newest allowed versions again, and write the locks
	$(COMPILE) pyproject.toml --group dev --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --constraint requirements/dev.txt --output-file requirements/runtime.txt
	$(COMPILE) --group tools --output-file requirements/tools.txt

clean: ## take away everything that was made here
	rm -rf $(VENV) $(TOOLS) mutants build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
