# Works on a fresh machine with Python >= 3.11, pip and make. `make help` lists the targets.
SHELL := /bin/sh
.DEFAULT_GOAL := help
# Compiled modules are kept: without them every process of the tests rewrites all asserts again.
unexport PYTHONDONTWRITEBYTECODE

# The first Python that runs and is new enough; that a command of the name exists proves neither.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
ifndef PYTHON
PYTHON := $(shell for p in python3.11 python3.12 python3.13 python3; do \
	if $$p -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then echo $$p; break; fi; done)
endif

VENV := .venv
BIN := $(VENV)/bin
BENCH_VENV := .venv-bench
LOCK_VENV := .venv-lock
PIP_TOOLS := pip-tools==7.6.2

# The engine and the loader are what a decision rests on: every branch of them is covered, by those
# tests that are about them. What the others reach by the way proves little, and counting is slow.
# With LONG: some branches are reached by few of the small random rulesets.
COVERED := tests/unit tests/golden tests/conformance tests/brute_force/test_engine_equals_spec.py \
	tests/brute_force/test_smallest_examples.py tests/cli/test_classify.py tests/analysis/test_check.py
COVERAGE := --cov=netralitas_rules.engine --cov=netralitas_rules.loading --cov-branch \
	--cov-report=term-missing:skip-covered --cov-fail-under=100

# A process for every core; tests that share what takes long run in one (tests/conftest.py).
PARALLEL := -q --numprocesses auto --dist loadgroup

# Folders outside the package that hold Python to type-check; mypy refuses a folder without any.
TYPED := $(foreach d,tests scripts examples bench,$(if $(shell find $(d) -name '*.py' 2>/dev/null | head -n 1),$(d)))

# Everything the package itself installs from: a change here means installing it again.
PACKAGING := pyproject.toml setup.py
EDITABLE = $(QUIET) --no-deps --no-build-isolation --editable .
# Errors only: pip warns once per package and index location, which buries them.
QUIET := --quiet --quiet --disable-pip-version-check

# $(call make_venv,folder): some distributions ship venv without ensurepip; then pip comes from outside.
define make_venv
@test -n "$(PYTHON)" || { echo "No Python >= 3.11 found. Name one: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; }
rm -rf $(1)
$(PYTHON) -m venv $(1) >/dev/null 2>&1 || { rm -rf $(1); \
	$(PYTHON) -m venv --without-pip $(1) && $(PYTHON) -m pip --python $(1)/bin/python install $(QUIET) pip; }
endef

.PHONY: help demo test coverage lint bench soak schemas lock system clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.run  ## run the example with the run-time dependencies only
	$(BIN)/python examples/demo.py

test: $(VENV)/.dev  ## run the fast tests
	$(BIN)/python -m pytest $(PARALLEL)

coverage: $(VENV)/.dev  ## count the branches of engine and loading that their tests reach
	LONG=1 $(BIN)/python -m pytest $(PARALLEL) $(COVERED) $(COVERAGE)

lint: $(VENV)/.dev  ## check style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(if $(TYPED),$(BIN)/mypy $(TYPED))

bench: $(BENCH_VENV)/.bench  ## measure, also against other engines (see `make system`)
	$(BENCH_VENV)/bin/python bench/run.py

soak: $(VENV)/.dev  ## run the long tests, proofs, mutants and the fuzzer; takes hours
	EXAMPLES=40 $(BIN)/python -m pytest -q tests/brute_force tests/properties tests/history tests/testing
	$(BIN)/python scripts/soak_durable.py
	$(BIN)/python scripts/mutate_rulesets.py national
	$(BIN)/python scripts/mutate_rulesets.py kemenkumham
	$(BIN)/python scripts/mutate_code.py --sample 200
	$(BIN)/netralitas check national --prove
	$(BIN)/python scripts/fuzz.py 1000000

schemas: $(VENV)/.dev  ## write the committed JSON Schemas again
	$(BIN)/python scripts/write_schemas.py

# On the lowest Python: what only an older one needs is then in the lock. Against the default index alone: a local
# index may hold other builds of the same version, whose hashes nobody else can match. From setup.py, not from
# pyproject.toml: pip-compile reads the latter itself and then drops the markers of what an extra asks for.
COMPILE = env -u PIP_INDEX_URL -u PIP_EXTRA_INDEX_URL -u PIP_FIND_LINKS -u PIP_CONSTRAINT PIP_CONFIG_FILE=/dev/null \
	CUSTOM_COMPILE_COMMAND="make lock" $(LOCK_VENV)/bin/pip-compile --quiet --upgrade --generate-hashes \
	--allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links
lock: $(LOCK_VENV)/.lock  ## resolve the lock files in requirements/ again (Python 3.11)
	$(COMPILE) setup.py requirements/build.in --output-file requirements/run.lock
	$(COMPILE) setup.py requirements/build.in requirements/dev.in --extra dev --constraint requirements/run.lock \
		--output-file requirements/dev.lock
	$(COMPILE) setup.py requirements/build.in --extra durable --constraint requirements/run.lock \
		--output-file requirements/durable.lock
	$(COMPILE) setup.py requirements/build.in --extra bench --constraint requirements/run.lock \
		--output-file requirements/bench.lock

system:  ## say which system packages are needed
	@echo "The library, its tests and the demo need no system package."
	@echo "durable-rules (make bench and the extra 'durable', Python < 3.13) is compiled when it is installed."
	@echo "Without a compiler the tests of the second engine only check that it is said to be unavailable:"
	@echo "  apt-get install gcc python3-dev"

clean:  ## remove environments, caches and builds
	rm -rf $(VENV) $(BENCH_VENV) $(LOCK_VENV) .ci/.venv-* build dist src/*.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
	find src rulesets tests scripts examples bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# Stamps: an environment is made once, and installed into again only when its lock or the packaging changed.
$(VENV)/.made $(BENCH_VENV)/.made:
	$(call make_venv,$(@D))
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements/run.lock $(PACKAGING)
	$(BIN)/python -m pip install $(QUIET) --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install $(EDITABLE)
	@touch $@

# durable-rules is compiled: where that fails, the tests go without it.
$(VENV)/.dev: $(VENV)/.made requirements/dev.lock requirements/durable.lock $(PACKAGING)
	$(BIN)/python -m pip install $(QUIET) --require-hashes -r requirements/dev.lock
	@$(BIN)/python -m pip install $(QUIET) --require-hashes -r requirements/durable.lock 2>/dev/null || \
		echo "durable-rules could not be built: see make system"
	$(BIN)/python -m pip install $(EDITABLE)
	@touch $@

$(BENCH_VENV)/.bench: $(BENCH_VENV)/.made requirements/bench.lock $(PACKAGING)
	$(BENCH_VENV)/bin/python -m pip install $(QUIET) --require-hashes -r requirements/bench.lock
	$(BENCH_VENV)/bin/python -m pip install $(EDITABLE)
	@touch $@

$(LOCK_VENV)/.lock:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
		echo "make lock needs Python 3.11: make lock PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(call make_venv,$(@D))
	$(LOCK_VENV)/bin/python -m pip install $(QUIET) $(PIP_TOOLS)
	@touch $@
