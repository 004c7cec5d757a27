# The four things people do here. Without make (Windows): README.md, "Without make".
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: run example test test-fast check format setup setup-dev clean

run: setup ## open the dashboard on http://localhost:$(PORT)
	$(BIN)/python -m streamlit run asgi.py --server.port $(PORT)

example: setup ## run the small example audit in the terminal
	$(BIN)/python -m lib example

test: test-fast ## run the whole test suite: the fast tests, then the others, side by side
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "slow or browser"

test-fast: setup-dev ## run the tests that need neither the model nor a browser
	$(BIN)/python -m pytest -n 2 -m "not slow and not browser"

check: setup-dev ## what CI checks before the tests: format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: setup-dev ## rewrite the files the way `check` wants them
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

setup:
	@$(PYTHON) bootstrap.py

setup-dev:
	@$(PYTHON) bootstrap.py --dev

clean: ## remove the environment; audits.duckdb stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
