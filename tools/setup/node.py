"""Prettier, ESLint and axe-core, installed privately from the lock file."""

import os
import shutil

from tools.base.console import run, say
from tools.base.paths import LOCAL, ROOT
from tools.base.stamps import digest, is_stamped, stamp, unstamp
from tools.setup import host

FOLDER = LOCAL / "node"
AXE = FOLDER / "node_modules/axe-core/axe.min.js"
FILES = ("package.json", "package-lock.json", ".npmrc")


def ensure():
    """Return the folder of the installed packages."""
    if not (shutil.which("node") and shutil.which("npm")):
        host.install(
            "nodejs", "npm", why="Checking JavaScript, XML and screens needs Node.js"
        )
    key = digest(*((ROOT / name).read_bytes() for name in FILES))
    modules = FOLDER / "node_modules"
    if not is_stamped(FOLDER, key) or not modules.exists():
        say("Installing prettier, eslint and axe-core")
        unstamp(FOLDER)
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        for name in FILES:
            shutil.copy(ROOT / name, FOLDER)
        environment = host.trusting_the_system(dict(os.environ))
        environment["npm_config_cache"] = str(LOCAL / "npm-cache")
        run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            "Installing prettier, eslint and axe-core (is the npm registry reachable?)",
            cwd=FOLDER,
            env=environment,
        )
        stamp(FOLDER, key)
    return modules
