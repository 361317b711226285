# The two commands: `make run` and `make test`. Each sets up what it needs; only Python 3.11+ is required.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready
RELEASE := build/release-tools
RELEASE_READY := $(RELEASE)/.ready
ROOMS := mentorrollen data screens tui widgets tests
TESTS := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -m "not soak"

# A build takes its times from the last commit, so that whoever builds it gets the same bytes.
EPOCH := $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null))
AT_EPOCH := $(if $(EPOCH),SOURCE_DATE_EPOCH=$(EPOCH))

.PHONY: run demo test test-all check format lint types spelling translations words catalogue golden pictures bench soak man build deb constraints release clean

run: $(RUN_READY)
	@$(BIN)/mentor

demo: $(RUN_READY)
	@$(BIN)/mentor demo

# The tests run without the details of what an `assert` saw, which take long to prepare; those that
# fail run once more with them, so that they tell values. They have failed even if they pass then.
test: $(DEV_READY)
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q -j 2 $(ROOMS)  # else each program that a test starts would do it
	@$(TESTS) -n 4 --dist worksteal --assert=plain || { status=$$?; \
	  [ $$status -ne 1 ] || $(TESTS) --last-failed --last-failed-no-failures none; exit $$status; }

# The tests under each Python that is found, in an environment of its own.
PYTHONS ?= python3.11 python3.12 python3.13 python3.14
test-all:
	@for python in $(PYTHONS); do \
	  $$python -c '' 2>/dev/null || { echo "$$python: not found"; continue; }; \
	  echo "$$python:"; \
	  $(MAKE) --no-print-directory test PYTHON=$$python VENV=.venv-$${python#python} || exit 1; \
	done

check: format lint types spelling translations words

format: $(DEV_READY)
	@$(BIN)/ruff format --check .

lint: $(DEV_READY)
	@$(BIN)/ruff check .

types: $(DEV_READY)
	@$(BIN)/mypy

spelling: $(DEV_READY)
	@$(BIN)/codespell

translations: $(DEV_READY)
	@$(BIN)/python -m tests.tools.catalogue check

words: $(DEV_READY)
	@$(BIN)/python -m tests.tools.words

# After changing interface texts, commands or options: gather the texts, merge them into
# data/locale/da, compile, and write the table of commands and options that completion reads.
catalogue: $(DEV_READY)
	@$(BIN)/python -m tests.tools.catalogue update

# After changing what a screen looks like, or says: store it anew, and look at the differences.
golden: $(DEV_READY)
	@$(BIN)/python -m tests.tools.golden
	@$(BIN)/python -m tests.tools.spoken

# The pictures in docs/pictures, drawn from the running program.
pictures: $(DEV_READY)
	@$(BIN)/python -m tests.tools.pictures

bench: $(DEV_READY)
	@$(BIN)/python -m tests.bench

soak: $(DEV_READY)
	@$(BIN)/python -m pytest -m soak -s
	@$(BIN)/python -m pytest -n 4 -m "hypothesis and not soak" --hypothesis-profile long

# The manual page in both languages, made from the commands, in build/man.
man: $(DEV_READY)
	@rm -rf build/man
	@$(AT_EPOCH) $(BIN)/python -m tui.cli.manual build/man

# The wheel, from the sdist, in dist.
build: man
	@rm -rf dist
	@$(AT_EPOCH) $(BIN)/python -m build --no-isolation

# The Debian package, in dist. It needs dpkg-deb, and the network for what the wheel depends on.
MAINTAINER ?= $(shell git log -1 --format='%an <%ae>')
deb: build
	@$(AT_EPOCH) $(BIN)/python -m tests.tools.deb "$(MAINTAINER)"

# The versions and checksums with which the program is installed for all. Pins that still fit stay.
constraints: $(RELEASE_READY)
	@$(RELEASE)/bin/uv pip compile --quiet --universal --generate-hashes --all-extras --no-annotate \
	  --python-version 3.11 --custom-compile-command "make constraints" --output-file constraints.txt pyproject.toml

# All that is published, in dist: sdist, wheel, Debian package (where it can be made), constraints,
# a list of what is installed, checksums.
release: build $(if $(shell command -v dpkg-deb),deb) $(RELEASE_READY)
	@$(RELEASE)/bin/check-wheel-contents dist/*.whl
	@$(AT_EPOCH) $(BIN)/python -m tests.tools.release $(RELEASE)/bin/cyclonedx-py

clean:
	rm -rf $(VENV) .venv-* .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12 run") if sys.version_info < (3, 11) else None'
	@echo "Setting up $(VENV) (once, about a minute) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"

$(RUN_READY): pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(DEV_READY): pyproject.toml | $(RUN_READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

$(RELEASE_READY): pyproject.toml | $(RUN_READY)
	@$(PYTHON) -m venv $(RELEASE)
	@$(RELEASE)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(RELEASE)/bin/python -m pip install --quiet --disable-pip-version-check --group release
	@touch $@
