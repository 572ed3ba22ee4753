# `make run` opens the atlas, `make test` runs all checks and tests without a screen.
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test bench system schema screenshots format clean

run: $(READY) system
	@$(BIN)/acupoint-atlas

test: $(READY) system
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q

bench: $(READY) system
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

# What Qt needs from the system; does nothing where it is there already.
system:
	@sh scripts/system.sh

schema: $(READY)
	$(BIN)/python -c "from atlas import resources, schema; schema.write_schemas(resources.data_folder(), resources.body_maps_folder())"

screenshots: $(READY) system
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m docs.screenshots

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(READY): pyproject.toml constraints.txt
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[test]"
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
