"""Databases with the modules of Odoo the suite stands on, made once and then copied."""

import os
from concurrent.futures import ThreadPoolExecutor
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
        databases.drop(building)
        option = "--with-demo" if demo else "--skip-auto-install"
        runtime.run(
            "Making a template database", building, "-i", ",".join(modules), option
        )
        if demo:
            _make_assets(runtime, building)
        databases.record(building, {"ground": ground})
        databases.rename(building, name)
        return name


def prepare(runtime, wanted):
    """Make several templates at once: each keeps only one processor busy."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = [pool.submit(ensure, runtime, *each) for each in wanted]
        for each in made:
            each.result()


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
