# Assistant CTG : « make run » installe, indexe et ouvre la page ; « make test » lance les tests.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# Sur une machine Linux sans carte NVIDIA : TORCH_INDEX=<adresse de l'index « cpu » de PyTorch>, voir le README.
TORCH_INDEX ?=
PIP_ARGS := --disable-pip-version-check --quiet --require-virtualenv

.PHONY: install index run test test-system lint eval clean

install: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Il faut Python 3.11 ou plus récent : make run PYTHON=python3.11"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installation dans $(VENV) (quelques minutes la première fois)…"
	@if [ -n "$(TORCH_INDEX)" ]; then \
		$(BIN)/pip install $(PIP_ARGS) --index-url "$(TORCH_INDEX)" "$$(grep '^torch==' requirements.lock)"; fi
	@$(BIN)/pip install $(PIP_ARGS) --no-deps -r requirements.lock
	@$(BIN)/pip install $(PIP_ARGS) --no-deps --no-build-isolation -e .
	@touch $@

index: install
	@$(BIN)/ctg ingest

run: index
	@$(BIN)/ctg serve

test: install
	@$(BIN)/python -m pytest

# Programmes que certains tests utilisent ; sans eux, ces tests sont sautés en le disant.
test-system:
	@command -v apt-get >/dev/null || { echo "Installez Chromium, Tesseract (français) et LibreOffice avec l'outil de votre système."; exit 2; }
	@SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	$$SUDO apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$SUDO apt-get install -y -qq --no-install-recommends \
		chromium fonts-dejavu-core tesseract-ocr tesseract-ocr-fra libreoffice-writer poppler-utils >/dev/null

lint: install
	@$(BIN)/ruff check assistant corpus eval ingest tests
	@$(BIN)/ruff format --check assistant corpus eval ingest tests
	@$(BIN)/mypy

eval: index
	@$(BIN)/ctg eval

clean:
	rm -rf $(VENV) var
