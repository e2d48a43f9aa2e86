# Tatausaha: everything a person does with the project, by one word each. `make help` lists it.
PY ?= python3
V := .venv
PORT ?= 8000
# uv by the pip that is there; where there is none, by the one that Python brings along (seconds slower)
UV := install -q --disable-pip-version-check --require-hashes --no-deps -r requirements/uv.txt
.DEFAULT_GOAL := help

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(V)/.run: requirements/uv.txt requirements/run.txt pyproject.toml
	test -x $(V)/bin/python || $(PY) -m venv --without-pip $(V)
	$(PY) -m pip --python $(V)/bin/python $(UV) 2>/dev/null || { $(V)/bin/python -m ensurepip >/dev/null && $(V)/bin/python -m pip $(UV); }
	$(V)/bin/uv pip install -q --only-binary :all: --require-hashes --python $(V)/bin/python -r requirements/run.txt
	$(V)/bin/python tools/link.py
	touch $@

$(V)/.dev: $(V)/.run requirements/dev.txt
	$(V)/bin/uv pip sync -q --only-binary :all: --require-hashes --python $(V)/bin/python requirements/dev.txt
	$(V)/bin/python tools/link.py
	touch $@

setup: $(V)/.dev ## everything that development needs

run: $(V)/.run ## the system with a demonstration company, on http://localhost:8000
	$(V)/bin/tatausaha run --port $(PORT)

check: $(V)/.dev ## style, types, floors, structure, templates, texts, words
	$(V)/bin/python -m tools.check

test: $(V)/.dev ## everything: checks, SQLite, PostgreSQL, Chromium
	$(V)/bin/python -m tools.test

bench: $(V)/.dev ## measured figures, one JSON line each
	$(V)/bin/python -m tools.bench

pictures: $(V)/.dev ## the README's pictures, from a running demonstration
	$(V)/bin/python -m tools.pictures

texts: $(V)/.dev ## bring the English catalogues to the source; new texts wait there
	$(V)/bin/python -m tools.texts update

docs: $(V)/.dev ## write the generated pages of docs/
	$(V)/bin/python -m tools.requirements
	$(V)/bin/python -m tools.procedures

format: $(V)/.dev ## lay the code out
	$(V)/bin/ruff check --fix-only --quiet .
	$(V)/bin/ruff format --quiet .

lock: $(V)/.dev ## resolve the requirements again
	for f in run dev; do $(V)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements/$$f.in -o requirements/$$f.txt; done
	$(V)/bin/python tools/uvlock.py

.PHONY: help setup run check test bench pictures texts docs format lock
