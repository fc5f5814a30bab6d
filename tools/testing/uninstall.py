"""Taking the whole suite off again must leave a healthy Odoo."""

import json
import subprocess

from tools.base.console import Failure
from tools.base.paths import INSIDE, LOCAL, LOGS
from tools.odoo.addons import names
from tools.testing import odoolog
from tools.testing.outcome import Outcome


def run(stages):
    """Uninstall, look for leftovers, use Odoo, start it again, install again."""
    runtime = stages.runtime
    database = stages.without_demo("uninstall")
    log = LOGS / "uninstall.log"
    outcome = Outcome("uninstall", log=log)
    modules = [addon.name for addon in stages.suite]
    with log.open("w") as output:
        done = subprocess.run(
            [
                *[runtime.python, INSIDE / "uninstall_check.py"],
                *[LOCAL / "odoo.conf", database, json.dumps(modules)],
            ],
            env=runtime.environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    text = log.read_text(errors="replace")
    if done.returncode:
        outcome.problems.append(text[-3000:])
    outcome.problems += _complaints(text)
    for what, arguments in (
        ("restart", ()),
        ("reinstall", ("-i", names(stages.suite))),
    ):
        outcome.problems += _run_odoo(runtime, database, what, arguments)
    stages.databases.drop(database)
    outcome.failed = 1 if outcome.problems else 0
    outcome.passed = 1 - outcome.failed
    return outcome


def _run_odoo(runtime, database, what, arguments):
    log = LOGS / f"uninstall-{what}.log"
    try:
        runtime.run(f"Odoo's {what} after uninstalling", database, *arguments, log=log)
    except Failure as failure:
        return [str(failure)]
    return _complaints(log.read_text(errors="replace"))


def _complaints(text):
    report = odoolog.read(text.splitlines())
    return [*report.strays, *report.warnings]
