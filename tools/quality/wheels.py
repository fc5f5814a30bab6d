"""`make wheels`: one wheel per add-on, made offline from the last commit."""

import shutil

from tools.base.console import Failure, run, say, show, warn
from tools.base.paths import LOCAL, ROOT, ensure_local
from tools.base.stamps import fresh_folder, locked
from tools.odoo import addons
from tools.setup import host, python_env

DIST = ROOT / "dist"


def build():
    """Build the wheels into `dist/`."""
    ensure_local()
    if not shutil.which("git"):
        raise Failure("Wheels are made from git's last commit: install git.")
    with locked("setup"):
        python = python_env.ensure_quality()
    if run(["git", "status", "--porcelain"], "Reading git's state", cwd=ROOT).strip():
        warn("the wheels are made from the last commit, without your later changes.")
    source = LOCAL / "wheel-source"
    with fresh_folder(source) as part:
        run(["git", "clone", "-q", ROOT, part], "Copying the last commit")
    with fresh_folder(DIST) as part:
        for addon in addons.discover(source):
            say(f"Building {addon.name}")
            options = ["--wheel", "--no-isolation", "--outdir", part]
            run(
                [python, "-m", "build", *options, addon.path],
                f"Building the wheel of {addon.name}",
                env=host.clean_environment(),
            )
    shutil.rmtree(source)
    for wheel in sorted(DIST.glob("*.whl")):
        show(f"  dist/{wheel.name}")
