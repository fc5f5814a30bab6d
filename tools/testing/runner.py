"""One test run of Odoo on a throw-away copy of a template."""

import shlex
import socket
import subprocess
import threading

from tools.base.console import say
from tools.base.paths import LOGS
from tools.odoo.runtime import wait_for
from tools.testing.odoolog import Reader
from tools.testing.outcome import Outcome

QUIET = 45


def run_tests(
    runtime, stage, database, tags, *arguments, browser_classes=(), script="launcher.py"
):
    """Run Odoo's tests in a database and return their outcome."""
    log = LOGS / f"{stage.replace(' ', '-')}.log"
    command = runtime.command(
        "-d",
        database,
        f"--test-tags={tags}",
        f"--http-port={_free_port()}",
        f"--screenshots={LOGS / 'screenshots'}",
        "--max-cron-threads=0",
        "--stop-after-init",
        *arguments,
        script=script,
    )
    code, report = _follow(stage, command, runtime.environment(), log)
    return judge(stage, log, code, report, browser_classes)


def judge(stage, log, code, report, browser_classes=()):
    """Turn what a log says into an outcome."""
    outcome = Outcome(stage, log=log)
    lost = report.browser_skips(browser_classes)
    outcome.failed = report.failed + len(lost)
    outcome.passed = max(report.tests - len(report.skipped) - report.failed, 0)
    outcome.problems += report.failures
    outcome.problems += [f"A browser test was passed over: {test}" for test in lost]
    if report.strays:
        outcome.failed += 1
        outcome.problems += ["Logged though no test expected it:", *report.strays]
    if code and not outcome.failed:
        outcome.failed += 1
        outcome.problems.append(f"Odoo ended with exit status {code}.")
    outcome.skipped = report.skipped
    return outcome


def _follow(stage, command, environment, log):
    """Run Odoo, keep its log and tell now and then where it is."""
    reader = Reader()
    with log.open("w") as output, _Heartbeat(stage) as heartbeat:
        output.write(shlex.join(command) + "\n")
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        try:
            for line in process.stdout:
                output.write(line)
                heartbeat.note(reader.feed(line))
        except BaseException:
            process.kill()
            raise
        code = wait_for(process)
    return code, reader.finish()


class _Heartbeat:
    """Tells now and then where a run is, a single long test included."""

    def __init__(self, stage):
        self.stage = stage
        self.started = 0
        self.test = "installing"
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.ended.set()
        self.thread.join()

    def note(self, test):
        """Take the name of a test that starts, if one does."""
        if test:
            self.started += 1
            self.test = test

    def _beat(self):
        while not self.ended.wait(QUIET):
            say(f"  … {self.stage}: {self.started} tests so far, now: {self.test}")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
