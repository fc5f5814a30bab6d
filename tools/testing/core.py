"""`make test-core`: Odoo's own tests with the suite installed and not configured."""

import os

from tools.base.console import Failure, elapsed, say, show
from tools.base.paths import ROOT
from tools.odoo import addons, runtime
from tools.odoo.addons import core_modules, names
from tools.setup import browser
from tools.testing import templates
from tools.testing.outcome import Tally
from tools.testing.runner import run_tests

MODULES = ("mrp", "mrp_account", "stock", "stock_account")
EXCLUDED = ROOT / "tools/testing/core_tests_excluded.txt"


def run():
    """Run them; with TAGS=… only those.  BARE=1 leaves the suite out, to compare."""
    suite = addons.discover()
    ready = runtime.ensure(tests=True)
    browser.ensure()
    databases = ready.databases
    templates.drop_abandoned(databases)
    core = sorted({*core_modules(suite, suite), *MODULES})
    template = templates.ensure(ready, core, demo=True)
    database = templates.throwaway("core")
    databases.copy(template, database)
    tally, bare = Tally(), bool(os.environ.get("BARE"))
    try:
        if suite and not bare:
            _install_unconfigured(ready, database, suite)
        began = elapsed()
        stage = "core bare" if bare else "core"
        tags = ",".join([*_wanted(), *_excluded()])
        tally.add(
            run_tests(ready, stage, database, tags, script="core_tests.py"), began
        )
    finally:
        databases.drop(database)
    return tally.conclude()


def _install_unconfigured(ready, database, suite):
    """Install the suite without its demo data, which would configure it.

    Odoo loads the demo data of what it installs on modules that have theirs.
    """
    say("Installing the suite beside Odoo's modules")
    query = ready.databases.query
    with_demo = "UPDATE ir_module_module SET demo = %s WHERE name = ANY(%s)"
    known = query(database, "SELECT name FROM ir_module_module WHERE demo")
    core = [name for (name,) in known]
    query(database, with_demo, False, core)
    ready.run("Installing the suite", database, "-i", names(suite))
    query(database, with_demo, True, core)


def _wanted():
    tags = os.environ.get("TAGS")
    return [tags] if tags else [f"/{module}" for module in MODULES]


def _excluded():
    """Return the exclusions of the list, each of which must have its reason."""
    tags = []
    for line in EXCLUDED.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        test, _separator, reason = line.partition("  ")
        if not reason.strip():
            raise Failure(f"{EXCLUDED.name}: {test} has no reason beside it.")
        show(f"          leaving out {test}: {reason.strip()}")
        tags.append(f"-{test}")
    return tags
