"""`make lint`, `make format` and `make readme`."""

from tools.base.console import Failure, elapsed, say, show
from tools.base.paths import ensure_local
from tools.base.stamps import locked
from tools.odoo import addons
from tools.quality.checks import Checks
from tools.setup import node, python_env


def lint():
    """Run every check, say what each complains about, return the exit status."""
    failed = []
    for name, check in _checks().all():
        began = elapsed()
        complaint = check()
        say(f"{name}: {'FAILED' if complaint else 'fine'} ({elapsed() - began:.1f} s)")
        if complaint:
            failed.append(name)
            show(complaint + "\n")
    if failed:
        raise Failure(f"Lint: {', '.join(failed)}. `make format readme` mends some.")
    return 0


def format_sources():
    """Apply the formats."""
    complaint = _checks().format()
    if complaint:
        raise Failure(f"Formatting stopped:\n{complaint}")


def readme():
    """Write README.rst and index.html of every add-on from its fragments."""
    ensure_local()
    with locked("setup"):
        python = python_env.ensure_quality()
    complaint = Checks(python, None, addons.discover()).readmes()
    if complaint:
        raise Failure(complaint)
    say("The readmes are written")


def _checks():
    ensure_local()
    with locked("setup"):
        python = python_env.ensure_quality()
        modules = node.ensure()
    return Checks(python, modules, addons.discover())
