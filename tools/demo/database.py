"""The demo database: built under another name, updated when add-ons change."""

from tools.base.console import Failure, say
from tools.odoo import addons as addons_of_suite
from tools.odoo.addons import names

NAME = "demo"
BUILDING = "demo_building"


def ensure(runtime):
    """Build the demo database, or update what changed since."""
    databases = runtime.databases
    suite = addons_of_suite.discover()
    made_of = databases.made_of(NAME)
    if not databases.exists(NAME):
        _build(runtime, suite)
    elif not made_of:
        raise Failure(
            f"There is a database named {NAME} on {runtime.server.host} which this "
            "suite did not make: rename it, or use another server."
        )
    elif made_of["odoo"] != runtime.tree.identity:
        say("Odoo changed since the demo database was made: building it again")
        _build(runtime, suite)
    else:
        _update(runtime, suite, made_of)


def reset(runtime):
    """Drop the demo database, if it is ours."""
    if runtime.databases.exists(NAME) and not runtime.databases.made_of(NAME):
        raise Failure(f"The database {NAME} was not made by this suite: not dropped.")
    runtime.databases.drop(NAME)
    runtime.databases.drop(BUILDING)


def _content(runtime, suite):
    hashes = {addon.name: addon.content_hash() for addon in suite}
    return {"odoo": runtime.tree.identity, "addons": hashes}


def _build(runtime, suite):
    content = _content(runtime, suite)
    say("Making the demo database (a minute or two)")
    runtime.databases.drop(BUILDING)
    modules = names(suite) or "mrp_account"
    log = runtime.run(
        "Making the demo database", BUILDING, "-i", modules, "--with-demo"
    )
    _check_demo(runtime, suite, log)
    runtime.databases.record(BUILDING, content)
    runtime.databases.rename(BUILDING, NAME)


def _check_demo(runtime, suite, log):
    """Odoo installs an add-on without its demo data when that fails, and goes on."""
    without = "SELECT name FROM ir_module_module WHERE state = 'installed' AND NOT demo"
    rows = runtime.databases.query(BUILDING, without)
    missing = sorted({row[0] for row in rows} & {addon.name for addon in suite})
    if missing:
        raise Failure(
            f"The demo data of {', '.join(missing)} can not be loaded.\nLog: {log}"
        )


def _update(runtime, suite, made_of):
    content = _content(runtime, suite)
    old, new = made_of["addons"], content["addons"]
    gone = sorted(set(old) - set(new))
    if gone:
        raise Failure(
            f"The demo database has {', '.join(gone)}, which this checkout has not: "
            "make it again with `make reset serve`."
        )
    changed = [name for name in new if name in old and new[name] != old[name]]
    added = [name for name in new if name not in old]
    arguments = []
    for option, modules in (("-u", changed), ("-i", added)):
        if modules:
            arguments += [option, ",".join(modules)]
    if not arguments:
        return
    say(f"Updating {', '.join(changed + added)} in the demo database")
    runtime.run("Updating the demo database", NAME, *arguments, "--with-demo")
    runtime.databases.record(NAME, content)
