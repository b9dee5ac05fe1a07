# The two commands are `make run` and `make test`. `make help` lists the rest.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:

# What may be said on the command line: make test TESTS=tests/sms TEST_WORKERS=0
PORT ?=
TESTS ?=
TEST_WORKERS ?= auto
FAULTS ?=
NAME ?=
export PYTHON UPGRADE NAME

.PHONY: help install run test check coverage faults format shell migration docs lock clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

install: ## Set up only: .venv with the locked packages and the navigator command
	@sh scripts/install.sh requirements.lock

run: install ## Serve on http://127.0.0.1:8000 with the worker beside it (PORT=8001: elsewhere)
	@.venv/bin/python -m compileall -q navigator directory_data search_index sms
	@.venv/bin/navigator run $(if $(PORT),--port $(PORT))

test: ## Set up all that the tests need, run the checks and all tests (TESTS=tests/sms: some)
	@sh scripts/install.sh requirements-dev.lock
	@sh scripts/test.sh "$(TEST_WORKERS)" $(TESTS)

check: ## Run the checks alone: ruff, mypy, import contracts, templates
	@sh scripts/install.sh requirements-dev.lock
	@.venv/bin/python -m scripts.static_checks

coverage: ## Run the tests and show which lines none of them runs (slower; TESTS=... as for test)
	@sh scripts/install.sh requirements-dev.lock
	@.venv/bin/python -m scripts.install_test_servers
	@.venv/bin/python -m pytest -n "$(TEST_WORKERS)" --maxprocesses 4 --cov --cov-report=term:skip-covered --cov-report=html:build/coverage $(TESTS)

faults: ## Text the line 10,000 times while processes are killed (FAULTS="--texts 1000": fewer)
	@sh scripts/install.sh requirements-dev.lock
	@.venv/bin/python -m scripts.install_test_servers
	@.venv/bin/python -m tests.faults.run $(FAULTS)

format: ## Put the code into the project's format and mend what ruff can mend
	@sh scripts/install.sh requirements-dev.lock
	@.venv/bin/ruff check --quiet --fix-only
	@.venv/bin/ruff format

shell: install ## A Python shell with the instance opened: container, edition, unit_of_work
	@.venv/bin/python -m scripts.shell

migration: install ## Write the next migration to fill in (NAME="add colour to person")
	@.venv/bin/python -m scripts.new_migration "$$NAME"

docs: ## Build the site of all docs, with every public module, into build/docs
	@sh scripts/install.sh requirements-dev.lock
	@.venv/bin/python -m scripts.build_docs

lock: ## Make the three locks again from requirements*.in (UPGRADE=1: with the newest versions)
	@sh scripts/lock.sh

clean: ## Remove what can be made again; instance/ with its data stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build .coverage* *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
