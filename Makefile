# One command each; every one that needs it does the set-up itself.
.DEFAULT_GOAL := help
.PHONY: help setup run test check format scene-lint bench soak lock clean

PYTHON := .venv/bin/python
# Three workers on two cores: tests that start whole appliances wait for a third of their time.
# What is marked `longest` begins first, so groups are not put in another order.
PYTEST := $(PYTHON) -m pytest -n 3 --dist loadgroup --no-loadscope-reorder --durations 10

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

setup: ## install what is missing: system packages, .venv, fonts
	@sh tools/setup.sh

run: setup ## the kiosk on this desk: a window and a bench panel, or a scripted resident where there is no display
	@$(PYTHON) -m tools.desk

test: setup ## all tests but the long ones
	@$(PYTEST) -m "not soak and not hardware"

check: setup ## formatting, lint, types
	@$(PYTHON) -m ruff format --check --quiet . || { echo "not formatted: make format"; exit 1; }
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy

format: setup ## format the code and mend what ruff can mend
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m ruff check --fix .

scene-lint: setup ## every page in every language, size, theme, reach and orientation against every rule
	@$(PYTHON) -m tests.screen.scene_lint

bench: setup ## measure the figures, ours beside its rivals, and write var/bench.json
	@sh tools/setup.sh tools/bench_packages.txt || true  # without them the rest is measured
	@PYGAME_HIDE_SUPPORT_PROMPT=1 $(PYTHON) -m tests.bench

soak: setup ## the long tests (marked soak), one after the other
	@echo "running the tests marked soak; they take long"
	@$(PYTHON) -m pytest -m soak --timeout 0 --durations 0 --capture=no

lock: setup ## write requirements.lock anew from pyproject.toml (needs uv)
	@PATH="$(CURDIR)/.venv/bin:$$PATH" uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --group dev \
		--no-emit-index-url --no-emit-find-links --no-header --upgrade --output-file requirements.lock

clean: ## remove everything that was made here, .venv too
	@rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
