"""`make pot`: the terms to translate, exported by Odoo into `i18n/MODULE.pot`."""

import re

from tools.base.console import Failure, run, say
from tools.odoo import addons, runtime
from tools.odoo.addons import core_modules, names
from tools.testing import templates

# they change with every run and say nothing
VOLATILE = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team): .*"\n',
    re.M,
)


def write():
    """Export the terms of every add-on of the suite."""
    suite = addons.discover()
    if not suite:
        raise Failure("There is no add-on here: a folder with a __manifest__.py.")
    ready = runtime.ensure()
    databases = ready.databases
    core = core_modules(suite, suite)
    template = templates.ensure(ready, core, demo=False)
    database = templates.throwaway("pot")
    databases.copy(template, database)
    say("Exporting the terms to translate")
    try:
        options = ("-i", names(suite), "--skip-auto-install")
        ready.run("Installing the suite", database, *options)
        _export(ready, database, suite)
    finally:
        databases.drop(database)
    for addon in suite:
        file = addon.path / "i18n" / f"{addon.name}.pot"
        file.write_text(VOLATILE.sub("", file.read_text()))
    say("The .pot files are written")


def _export(ready, database, suite):
    for addon in suite:
        (addon.path / "i18n").mkdir(exist_ok=True)
    command = ready.command("-d", database, subcommand=["i18n", "export"])
    modules = [addon.name for addon in suite]
    run([*command, *modules], "Exporting the terms", env=ready.environment())
