# make run: the app on http://127.0.0.1:8501 · make test: the whole suite
# make check: style and types, in half a minute
# make quick: rules, figures and the store on SQLite, in less than a minute
# make faults: kills, full disks, damaged files and access, at length · make bench: the speed
# make attacks: what a stranger costs readers, on one process and two, into docs/scaling.md
PYTHON ?= python3
PORT ?= 8501
BIN = .venv/bin

.PHONY: run test style check quick faults bench attacks lint lock

.venv/run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make run PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: .venv/run requirements-dev.txt requirements-postgresql.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: .venv/run
	@$(BIN)/python -m monitor init
	@$(BIN)/python -m monitor serve --port $(PORT)

# The pages are checked with axe-core, which comes from npm; without it those tests say so.
tests/browser/node_modules: tests/browser/package-lock.json
	@npm ci --silent --no-audit --no-fund --ignore-scripts --prefix tests/browser && touch $@ \
	|| echo "npm is not here, or cannot fetch axe-core: the pages are not checked with it"

# Every process of the tests, and each of the hundred servers and commands that they start, finds the
# program compiled.
test quick faults: export PYTHONDONTWRITEBYTECODE =

# Four processes on two cores: half of the time they wait, for a page or for a server.
test: style tests/browser/node_modules
	@$(BIN)/python -m compileall -q -j 2 monitor tests/support
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

style: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# pyright is pinned: that there is a later one is nothing to be told at each check.
check: style
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright

quick: .venv/dev
	QUICK=1 $(BIN)/python -m pytest -n 2 -p no:schemathesis -m "not postgres and not processes" \
	tests/unit tests/store

# With the tests of which the whole suite does a part: pages in every light, many random logs and texts.
faults: .venv/dev
	FAULTS=full $(BIN)/python -m pytest -s tests/faults \
	$$(grep -rlE "support.size|hypothesis" tests --include="test_*.py" --exclude-dir=faults)

bench: .venv/dev
	$(BIN)/python -m benchmarks

attacks: .venv/dev
	$(BIN)/python -m benchmarks.attacks --write

lint: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What is installed on a server, with the hash of each file: after a change of requirements*.txt.
lock: .venv/dev
	$(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--annotation-style line --custom-compile-command "make lock" \
	--output-file requirements.lock requirements-postgresql.txt
