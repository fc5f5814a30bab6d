"""Databases with the modules of Odoo the suite stands on, made once and then copied."""

import os
from pathlib import Path

from tools.base.console import run, say
from tools.base.paths import INSIDE, LOCAL, REQUIREMENTS
from tools.base.stamps import digest, locked

PREFIX = "tpl_"
THROWAWAY = "test_"


def ensure(runtime, modules, demo):
    """Return a database with these modules: with demo data and what installs itself
    beside them, or without both.
    """
    databases = runtime.databases
    modules = list(modules) or ["base"]
    ground = _ground(runtime)
    name = PREFIX + digest(ground, modules, demo and "assets")
    with locked(name):
        if databases.exists(name):
            return name
        _drop_outdated(databases, ground)
        kind = "with demo data" if demo else "without demo data"
        say(f"Making a template database {kind}: {', '.join(modules)}")
        building = f"{name}_building"
        missing = _begin(databases, building, ground, modules, demo)
        option = "--with-demo" if demo else "--skip-auto-install"
        runtime.run(
            "Making a template database", building, "-i", ",".join(missing), option
        )
        if demo:
            _make_assets(runtime, building)
        made_of = {"ground": ground, "modules": modules, "demo": demo}
        databases.record(building, made_of)
        databases.rename(building, name)
        return name


def _begin(databases, building, ground, modules, demo):
    """Begin with the template that has most of the modules; return those it lacks."""
    databases.drop(building)
    if demo:
        return modules
    largest, known = None, set()
    for name in databases.names(PREFIX):
        made_of = databases.made_of(name) or {}
        has = set(made_of.get("modules", ()))
        usable = made_of.get("ground") == ground and not made_of.get("demo", True)
        if usable and len(has) > len(known) and has < set(modules):
            largest, known = name, has
    if largest:
        databases.copy(largest, building)
    return [module for module in modules if module not in known]


def throwaway(name):
    """Return a name for a database of this process."""
    return f"{THROWAWAY}{os.getpid()}_{name}"


def drop_abandoned(databases):
    """Drop the databases of test runs that were killed."""
    for name in databases.names(THROWAWAY):
        pid = name.removeprefix(THROWAWAY).split("_")[0]
        if pid == str(os.getpid()) or not Path(f"/proc/{pid}").exists():
            databases.drop(name)


def _make_assets(runtime, database):
    """Browser tests run with demo data; add-ons leave most bundles as they are."""
    script = INSIDE / "make_assets.py"
    command = [runtime.python, script, LOCAL / "odoo.conf", database]
    run(command, "Making assets", env=runtime.environment())


def _ground(runtime):
    locks = [file.read_bytes() for file in sorted(REQUIREMENTS.glob("[od]*.txt"))]
    return digest(runtime.tree.identity, *locks)


def _drop_outdated(databases, ground):
    """Drop the templates that no run can use any more."""
    for name in databases.names(PREFIX):
        made_of = databases.made_of(name) or {}
        if not name.endswith("_building") and made_of.get("ground") != ground:
            databases.drop(name)
