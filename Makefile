# Foedus. `make demo` and `make test` do all their set-up themselves.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT := out

FUZZ_SECONDS ?= 600

.PHONY: fuzz help serve venv demo test lint types gold pictures kill-1000 kill-server load read-100k data docs bench wheel clean system-packages backtest

help:
	@echo "make demo       assess Russia and Iran on the packaged data and sample documents"
	@echo "make serve      the workbench in the browser (prints its address)"
	@echo "make test       all checks: lint, types, tests (installs what they need)"
	@echo "make bench      benchmarks, each beside its reference"
	@echo "make gold       scores of the claim coder on the coded passages"
	@echo "make fuzz       made-up files against reader and coder for FUZZ_SECONDS (Linux)"
	@echo "make backtest   the reliability model and its rivals, scored (minutes; writes docs/backtest.md)"
	@echo "make hindcast   the stress model run from past years, scored (minutes; writes docs/hindcast.md)"
	@echo "make pictures   the newcomer's path in a browser, a picture of each step"
	@echo "make kill-1000  kill readers and reviewers at 1,000 random moments (long)"
	@echo "make kill-server  kill the workbench at 200 random moments during reviews and uploads (long)"
	@echo "make load       the workbench under 50 readers and 5 reviewers for a minute"
	@echo "make read-100k  read 100,000 documents with one and two workers (hours)"
	@echo "make data FROM=DIR  rebuild the catalog from the publishers' files"

$(BIN)/foedus: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Foedus needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing: on Debian, apt install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $(BIN)/foedus

$(VENV)/dev-installed: $(BIN)/foedus pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check 'pip>=25.1'
	$(BIN)/pip install --quiet --disable-pip-version-check --group dev
	touch $@

venv: $(BIN)/foedus

demo: $(BIN)/foedus
	@mkdir -p $(OUT)
	$(BIN)/foedus assess Russia Iran --read examples/documents --workspace $(OUT)/demo.sqlite --out $(OUT)/russia-iran.html
	@echo
	@echo "The report lies at $(CURDIR)/$(OUT)/russia-iran.html"

system-packages:
	@sh .ci/system-packages

test: $(VENV)/dev-installed system-packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

lint: $(VENV)/dev-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev-installed
	$(BIN)/mypy

gold: $(VENV)/dev-installed
	$(BIN)/python benchmarks/gold.py

fuzz: $(VENV)/dev-installed
	$(BIN)/python tests/fuzz/fuzz_reader.py -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -max_len=20000 -artifact_prefix=$(OUT)/

pictures: $(VENV)/dev-installed
	FOEDUS_PICTURES=$(CURDIR)/docs/pictures $(BIN)/pytest tests/web/test_newcomer_path.py

kill-1000: $(VENV)/dev-installed
	FOEDUS_KILLS=1000 $(BIN)/pytest tests/workspace/test_workspace_kill.py
	FOEDUS_KILLS=1000 $(BIN)/pytest tests/workspace/test_workspace_review_kill.py

kill-server: $(VENV)/dev-installed
	FOEDUS_KILLS=200 $(BIN)/pytest tests/web/test_web_kill.py

load: $(VENV)/dev-installed
	$(BIN)/python benchmarks/web_load.py

read-100k: $(VENV)/dev-installed
	@mkdir -p $(OUT)
	$(BIN)/python benchmarks/reading_scale.py 100000 --keep $(OUT)/reading-scale

bench: $(VENV)/dev-installed
	$(BIN)/python benchmarks/main_job.py
	$(BIN)/python benchmarks/coder_speed.py 50
	$(BIN)/python benchmarks/panel.py
	$(BIN)/python benchmarks/similarity.py
	$(BIN)/python benchmarks/landscape.py
	$(BIN)/python benchmarks/stress.py
	$(BIN)/python benchmarks/stress_vs_mesa.py
	$(BIN)/python benchmarks/isolated_reading.py
	$(BIN)/python benchmarks/reading_scale.py
	$(BIN)/python benchmarks/reliability.py

backtest: $(VENV)/dev-installed
	$(BIN)/python -m foedus.report.backtest_page docs/backtest.md

hindcast: $(VENV)/dev-installed
	$(BIN)/python -m foedus.report.hindcast_page docs/hindcast.md

data: $(VENV)/dev-installed
	$(BIN)/foedus data build --from $(FROM)
	$(MAKE) docs

docs: $(VENV)/dev-installed
	$(BIN)/python -m foedus.sources.data_page docs/data.md
	$(BIN)/python -m foedus.record.disagreements docs/disagreements.md

wheel: $(VENV)/dev-installed
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) $(OUT) build dist .mypy_cache .ruff_cache .pytest_cache

$(VENV)/pdf-installed: $(BIN)/foedus pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[pdf]'
	touch $@

serve: $(VENV)/pdf-installed
	@$(BIN)/foedus serve $(SERVE)
