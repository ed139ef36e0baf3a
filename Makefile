# What there is to do: `make help`. Needs Python 3.11 to 3.13 and make; all else goes into .venv.

UV_VERSION := 0.13.9
BIN := .venv/bin
READY := .venv/.ready
# The environment is for one place, one lock and a Python that is still there; else it is made anew.
MADE_FOR := $(shell { pwd -P; cat requirements.txt pyproject.toml; } | cksum)
IS_FOR := $(shell $(BIN)/python -c '' 2>/dev/null && cat $(READY) 2>/dev/null)
export OUT ?= _build
# Of an edition; only what is given on the command line counts, as some systems set NAME themselves.
ifneq ($(origin NAME),command line)
NAME :=
endif
export NAME DATA PARAMETERS GRID WHOLE PROFILE ROUNDS ONLY KEEP

# Another installation's modules have no business in ours; without bytecode every start takes seconds.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV PYTHONDONTWRITEBYTECODE

.PHONY: help book edition review sweep test outputs screenshot bench lock assets clean
.DEFAULT_GOAL := help

help:  ## Show this list
	@awk -F ':.*## *' '/^[a-z]+:.*##/ { printf "%-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

book: $(READY)  ## Build the book: _build/html and _build/pdf (OUT=DIR)
	@$(if $(PARAMETERS)$(DATA),$(error parameters and data make an edition: make edition NAME=...))
	@$(BIN)/python -m tracktwo.book.build all --out "$$OUT"

edition: $(READY)  ## Build another edition: _build/editions/NAME (NAME=..., DATA=DIR, PARAMETERS=FILE.yml)
	@$(BIN)/python -m tracktwo.book.build all --edition="$$NAME" \
	  $${DATA:+--data="$$DATA"} $${PARAMETERS:+--parameters="$$PARAMETERS"}

review: $(READY)  ## Compute all anew, offline, and compare with what is committed: _build/review/receipt.html
	@$(BIN)/python -m tracktwo.book.review.make_receipt --out "$$OUT"

sweep: $(READY)  ## Verdicts under many settings: _build/sweeps/ (GRID=FILE.yml, WHOLE=yes, PROFILE=DIR)
	@$(if $(GRID),,$(error say which settings are swept: make sweep GRID=FILE.yml))
	@$(BIN)/python -m tracktwo.book.sweep.run_sweep "$$GRID" --out "$$OUT" \
	  $${WHOLE:+--editions} $${PROFILE:+--profile "$$PROFILE"}

test: $(READY)  ## Check code, chapters and book: lint, unit tests, strict nbval, site and PDF
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/python -m tracktwo.book.build all
	@$(BIN)/python -m pytest tests index.ipynb chapters --nbval --tb=short \
	  --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

outputs: $(READY)  ## Execute the chapters and refresh their committed outputs and figures/
	@$(BIN)/python -m tracktwo.book.build executed
	@$(BIN)/python -m tracktwo.book.outputs _build/executed _build/executed/figures

screenshot: book  ## Take the README's picture of the built front page (needs Chromium)
	@$(BIN)/python -m tracktwo.book.screenshot "$$OUT/html" docs/screenshot.png

bench: book  ## Measure how fast the book is: _build/bench/index.html (ROUNDS=3, ONLY=PART, KEEP=yes)
	@$(BIN)/python -m benchmarks --out "$$OUT" $${ROUNDS:+--rounds "$$ROUNDS"} $${ONLY:+--only "$$ONLY"} \
	  $${KEEP:+--keep}

lock: $(READY)  ## Lock what requirements.in asks for, with hashes, in requirements.txt
	$(BIN)/uv pip compile requirements.in --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --no-emit-index-url --no-header --quiet -o requirements.txt

assets:  ## Bundle the libraries of the interactive figures anew (needs node and npm; `make book` does not)
	cd assets && npm ci --ignore-scripts --silent && node build.mjs

clean:  ## Remove everything that was built, but not .venv
	rm -rf _build .snakemake

# The stamp comes last, so an environment that was left half made is made anew.
ifneq ($(MADE_FOR),$(IS_FOR))
.PHONY: $(READY)
endif
$(READY):
	@rm -rf .venv
	@for python in python3 python3.13 python3.12 python3.11; do \
	  $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	    && found=$$python && break; \
	done; \
	if [ -z "$$found" ]; then echo "error: Python 3.11, 3.12 or 3.13 is needed" >&2; exit 1; fi; \
	echo "making .venv with $$($$found --version)"; $$found -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check uv==$(UV_VERSION)
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes -r requirements.txt
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation \
	  --config-setting editable_mode=compat -e .
	@# Relative to the environment: wherever that is copied, it runs the code beside it.
	@echo ../../../.. | tee .venv/lib/python*/site-packages/__editable__.tracktwo-*.pth >/dev/null
	@echo "$(MADE_FOR)" >$@
