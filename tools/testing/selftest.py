"""The tests of the tools, as a stage."""

import re
import subprocess
import sys

from tools.base.paths import LOGS, ROOT
from tools.testing.outcome import Outcome


def run():
    """Run `tools/tests` and return their outcome."""
    log = LOGS / "tools.log"
    done = subprocess.run(
        [sys.executable, "-m", "unittest", "discover", "-s", "tools/tests", "-t", "."],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    log.write_text(done.stdout)
    ran = re.search(r"^Ran (\d+) test", done.stdout, re.M)
    bad = sum(map(int, re.findall(r"(?:failures|errors)=(\d+)", done.stdout)))
    total = int(ran[1]) if ran else 0
    outcome = Outcome("tools", passed=max(total - bad, 0), failed=bad, log=log)
    if done.returncode:
        outcome.failed = max(bad, 1)
        outcome.problems.append(done.stdout)
    return outcome
