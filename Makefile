# The two a newcomer needs: `make run` and `make test`. Everything else is for people who change the code.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
RUN_READY := .venv/.run-ready
DEV_READY := .venv/.dev-ready
# The system's certificates, as pip uses them: offices have proxies of their own.
UV := $(BIN)/uv --system-certs

.PHONY: help
help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/uv: requirements/uv.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/uv.txt
	@touch $@

$(RUN_READY): $(BIN)/uv requirements/run.txt pyproject.toml
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(DEV_READY): $(RUN_READY) requirements/dev.txt
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: run
run: $(RUN_READY) ## set up everything and stand in a running watch with demo content
	$(BIN)/awas demo

.PHONY: test
test: $(DEV_READY) ## the whole suite
	$(BIN)/awas messages compile
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

.PHONY: check
check: $(DEV_READY) ## lint, types and import contracts, as CI does
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/lint-imports
	$(BIN)/mypy

.PHONY: bench
bench: $(DEV_READY) ## speed and memory, as ratios measured side by side in one run
	$(BIN)/python -m benchmarks $(ARGS)

.PHONY: messages
messages: $(DEV_READY) ## gather the texts into the Indonesian catalogue; name those without a translation
	$(BIN)/awas messages extract

.PHONY: lock
lock: $(BIN)/uv ## write the hashed lock files anew
	for f in uv run dev; do $(UV) pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 --universal requirements/$$f.in -o requirements/$$f.txt; done

.PHONY: clean
clean: ## forget the environment and the local data
	rm -rf .venv var
