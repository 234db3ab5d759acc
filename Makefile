# Every action a developer needs; `make` alone lists them. CI calls these targets and nothing else.
.DEFAULT_GOAL := help
SHELL := bash
VENV := .venv
BIN := $(VENV)/bin
DATA ?= vectorstore
.PHONY: help setup demo serve ingest corpus check test sweep cover docs measure clean bench-ingest bench-references

help:
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv ready: packages, llama.cpp, both models (once; instant afterwards)
	@PYTHON="$(PYTHON)" scripts/setup.sh

demo: setup ## read the illustrative protocols and print three verified patients with their sources
	@$(BIN)/python scripts/demo.py --data $(DATA)

serve: setup ## run the service on this host (FUENTE_DATA or DATA=folder)
	@$(BIN)/fuente serve --data $(DATA)

ingest: setup ## read FILES="a.pdf folder" (default: corpus/*.pdf) into DATA (default: vectorstore)
	@$(BIN)/fuente ingest --data $(DATA) $(or $(FILES),corpus/*.pdf)

corpus: setup ## make the illustrative protocol PDFs anew from their facts
	@$(BIN)/python scripts/build_corpus.py

check: setup ## format, lint, strict types, import contracts, generated docs fresh
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/generate_docs.py --check

test: setup ## the tests, without the slow ones
	$(BIN)/pytest -n auto --dist loadfile -m "not slow and not sweep"

test-%: setup ## one kind: unit spec property contract integration e2e architecture
	$(BIN)/pytest tests/$*

sweep: setup ## the slow tests and the wide sweeps
	$(BIN)/pytest -m "slow or sweep"

cover: setup ## branch coverage of src/fuente by `make test`'s tests
	$(BIN)/coverage run -m pytest -q -m "not slow and not sweep"
	$(BIN)/coverage report

docs: setup ## write the generated documentation anew
	$(BIN)/python scripts/generate_docs.py

measure: setup ## sizes, nesting and test ratio of src and tests
	@$(BIN)/python scripts/measure.py src tests

bench-ingest: setup ## ingest and the usual recipe side by side on DOCUMENTS=folder (default: corpus)
	@$(BIN)/python benchmarks/ingest_speed.py --documents $(or $(DOCUMENTS),corpus)

bench-references: setup ## precision and recall on the labelled pages of DOCUMENTS=folder
	@$(BIN)/python benchmarks/reference_precision.py --documents $(DOCUMENTS)

clean: ## remove .venv, caches and the data folder's contents
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf .coverage src/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find vectorstore -mindepth 1 ! -name README.md -delete
