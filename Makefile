# What the README tells people to run, and what those who work on it run beside.
# Each target begins with `setup`, which does nothing when the locked requirements are installed already.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.locked
DOCUMENTS := tests/journeys/test_every_document.py
BENCH_STAMP := $(VENV)/.locked-bench

.PHONY: setup demo test packages library site site-on-postgresql engines journeys documents test-all check wheel bench docs lock clean

setup: $(STAMP)

$(STAMP): requirements/development.txt pyproject.toml
	@echo "Setting up $(VENV) (once; a minute or so)"
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@sh requirements/install.sh $(BIN)/python requirements/development.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)
	@echo "Set up. Use it with: . $(BIN)/activate"

demo: setup
	$(BIN)/frankpledge demo

# The whole suite but the documents; each of its parts alone, or two beside one another: make --jobs 2 test
test: library site site-on-postgresql engines

# What browser tests and the site's need of the system is installed where that is allowed.
packages: setup
	@sh tests/system-packages.sh

library: packages
	$(BIN)/python -m pytest -q -n auto --dist loadfile --ignore tests/engines --ignore tests/web --ignore $(DOCUMENTS)

site: packages
	$(BIN)/python -m pytest -q -n auto --dist loadfile tests/web

# Without what asks no database, or asks it by a browser.
site-on-postgresql: packages
	sh tests/with-postgres.sh $(BIN)/python -m pytest -q -n auto --dist loadfile tests/web \
		--ignore tests/web/design --ignore tests/web/deployed --ignore tests/web/journeys \
		--ignore tests/web/config/test_asvs.py --ignore tests/web/security/test_attacks_with_a_directory.py

# The second engine's server does not start within a worker.
engines: packages
	$(BIN)/python -m pytest -q tests/engines

# What a browser does on the site, with PostgreSQL behind it: the same pages as in the quick suite, asked for again.
journeys: packages
	sh tests/with-postgres.sh $(BIN)/python -m pytest -q tests/web/journeys

# Every document in every format, to the standards and as it was: ten minutes that a change of wording or layout needs.
documents: setup
	$(BIN)/python -m pytest -q $(DOCUMENTS)

test-all: test journeys documents bench

check: setup
	$(BIN)/ruff format --check src tests benchmarks docs
	$(BIN)/ruff check src tests benchmarks docs
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check --quiet src/frankpledge/report/templates src/frankpledge/claims/templates --extension jinja --profile jinja
	$(BIN)/djlint --lint --quiet src/frankpledge/web --extension html --profile jinja --ignore H015,H030,H052,J004
	$(BIN)/codespell src tests docs README.md CONTRIBUTING.md GLOSSARY.md SECURITY.md CHANGELOG.md
	$(BIN)/python tests/no-secrets.py
	$(BIN)/python docs/generate.py --check

# The package as it is given out, in an environment that has nothing else.
wheel: setup
	@bash .ci/wheel

# What the benchmarks compare with, which nothing else here needs.
$(BENCH_STAMP): $(STAMP) requirements/bench.txt
	@sh requirements/install.sh $(BIN)/python requirements/bench.txt
	@touch $(BENCH_STAMP)

bench: $(BENCH_STAMP)
	$(BIN)/python -m benchmarks

docs: setup
	$(BIN)/python docs/generate.py

lock: setup
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --quiet $(UPGRADE) \
		--extra development pyproject.toml --output-file requirements/development.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --quiet $(UPGRADE) \
		--extra bench --constraint requirements/development.txt pyproject.toml --output-file requirements/bench.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --quiet $(UPGRADE) \
		pyproject.toml --output-file requirements/run.txt
	echo uv | $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet $(UPGRADE) \
		--constraint requirements/development.txt - --output-file requirements/uv.txt

clean:
	rm -rf $(VENV) example example.keys build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
