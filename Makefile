# Everything a person can run.  `make` alone lists it.

PYTHON ?= python3
TOOLS = @cd $(CURDIR) && exec $(PYTHON) -m tools

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup serve start stop update reset shell test test-core bench lint format readme pot wheels purge

help: ## this list
	@awk -F ':.*## ' '/^##/ {printf "\n%s\n", substr($$0, 4)} \
	  /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

## Use it
serve: ## Odoo with the suite and its demo factory (PORT=, LAN=1, ODOO_PATH=, DB_HOST=)
	$(TOOLS) serve
start: ## the same, in the background
	$(TOOLS) start
stop: ## end Odoo and PostgreSQL
	$(TOOLS) stop
update: ## bring changed add-ons into the demo database
	$(TOOLS) update
reset: ## drop the demo database; the next serve makes a new one
	$(TOOLS) reset
shell: ## Odoo's Python shell on the demo database
	$(TOOLS) shell

## Check it
test: ## all tests (ADDON=a,b: these alone; TAGS=/addon:Class.method: only those)
	$(TOOLS) test

test-core: ## Odoo's own tests of mrp and stock with the suite installed (TAGS=)
	$(TOOLS) test-core
bench: ## the same work with and without the suite; writes bench/RESULTS.md
	$(TOOLS) bench
lint: ## every check of the sources
	$(TOOLS) lint
format: ## apply ruff's and prettier's formats
	$(TOOLS) format

## Generate
readme: ## README.rst and index.html of each add-on from its readme/ fragments
	$(TOOLS) readme
pot: ## i18n/*.pot of each add-on
	$(TOOLS) pot
wheels: ## one wheel per add-on from the last commit, into dist/
	$(TOOLS) wheels

## Look after it
setup: ## only fetch and build what is missing
	$(TOOLS) setup
purge: ## remove everything this checkout keeps in .local
	$(TOOLS) purge
