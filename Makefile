# The two commands of the README are `make demo` and `make test`. Everything lives inside the clone.
SHELL := /bin/sh
PORT ?= 8000
PYTHON ?= python3
WORKERS ?= 2
THREADS ?= 4
BIN := .venv/bin
VAR ?= $(CURDIR)/var
KEY := $(VAR)/secret-key

# As in production, except that a server on this machine has no certificate.
SERVED := VAR_DIR="$(VAR)" HTTPS=off DJANGO_SETTINGS_MODULE=localoffer.settings.production \
	SECRET_KEY="$$(cat $(KEY))" WAGTAILADMIN_BASE_URL="http://127.0.0.1:$(PORT)"

.PHONY: help setup demo serve test lint bench relevance css

help:
	@echo "make demo    set up and serve on http://127.0.0.1:$(PORT)   (PORT=8010 make demo)"
	@echo "make test    every test            make lint    ruff and the import contract"
	@echo "make bench   ratios in one run     make css     rebuild the stylesheet (needs Node)"
	@echo "make relevance   how often family-worded lines find what they should"

.venv/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "1/5 Installing what the site needs into .venv (about a minute)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
		{ echo "Python's venv module is missing (on Debian: apt install python3-venv)."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@echo "Installing what tests and lint need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(KEY):
	@mkdir -p $(VAR)
	@$(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(48))' > $@
	@chmod 600 $@

setup: .venv/.installed
	@$(MAKE) --no-print-directory $(KEY)
	@echo "2/5 Database"
	@$(SERVED) $(BIN)/python manage.py migrate --verbosity 0
	@echo "3/5 Demo content and search index"
	@$(SERVED) $(BIN)/python manage.py load_demo
	@$(MAKE) --silent --no-print-directory $(VAR)/static/staticfiles.json
	@echo "5/5 Demo administrator"
	@$(SERVED) $(BIN)/python manage.py demo_administrator

# Packing every file takes a while, so only when one of ours or a library changed.
$(VAR)/static/staticfiles.json: $(shell find static -type f) requirements.txt
	@echo "4/5 Static files, packed (some seconds)"
	@$(SERVED) $(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@

demo: setup
	@$(MAKE) --no-print-directory serve

serve: .venv/.installed
	@test -f $(KEY) || { echo "Run 'make setup' first."; exit 1; }
	@$(BIN)/python -c 'import socket; socket.create_server(("127.0.0.1", $(PORT))).close()' 2>/dev/null || \
		{ echo "Port $(PORT) is taken. Serve on another: PORT=8010 make $(or $(MAKECMDGOALS),serve)"; exit 1; }
	@echo ""
	@echo "  The site    http://127.0.0.1:$(PORT)/"
	@echo "  The admin   http://127.0.0.1:$(PORT)/admin/"
	@test ! -f $(VAR)/demo-password || echo "  Sign in as  demo / $$(cat $(VAR)/demo-password)"
	@echo "  Stop with   Ctrl+C"
	@echo ""
	@$(SERVED) /bin/sh deploy/serve.sh $(BIN) localoffer.wsgi --bind 127.0.0.1:$(PORT) \
		--config deploy/gunicorn.py --workers $(WORKERS) --threads $(THREADS)

test: .venv/.installed-dev
	@echo "Every test. Some need Chromium, PostgreSQL, or Java with Maven; without them they are skipped and named below (a failure with CI=true)."
ifdef ARGS
	@$(BIN)/python -m pytest $(ARGS)
else
	@echo "1/2 All but faults, two at a time"
	@$(BIN)/python -m pytest -q -n 2 --ignore=tests/faults
	@echo "2/2 Faults, really done to the site and its engines, one at a time"
	@$(BIN)/python -m pytest -q tests/faults
endif

lint: .venv/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

bench: .venv/.installed-dev
	@$(BIN)/python -m bench $(ARGS)

relevance: .venv/.installed-dev
	@$(BIN)/python -m bench.relevance $(ARGS)

css:
	@cd frontend && npm install --no-audit --no-fund && npm run build
