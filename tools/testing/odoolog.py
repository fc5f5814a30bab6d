"""Reading the log of an Odoo test run."""

import re
from dataclasses import dataclass, field

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+): "
    r"(?P<text>.*)$"
)
SUMMARY = re.compile(r"^(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading")
SKIPPED = re.compile(r"^skipped (.+?) : (.*)$")
STARTED = re.compile(r"^Starting (\S+) \.\.\.\s*$")
# Odoo says once more, as errors, that tests failed
ECHO = re.compile(
    r"^(At least one test failed|Module \S+: \d+ failures, \d+ errors of)"
)
OUTCOME = re.compile(r"^(FAIL|ERROR): ")
TRACEBACK = "Traceback (most recent call last)"
# Odoo's own reasons for passing over a browser test
BROWSERLESS = re.compile(r"chrome|chromium|websocket-client|devtools", re.I)


@dataclass
class Report:
    """What a log says: how many tests ran, what failed, what was passed over."""

    tests: int = 0
    failed: int = 0
    failures: list = field(default_factory=list)
    strays: list = field(default_factory=list)
    skipped: list = field(default_factory=list)
    warnings: list = field(default_factory=list)

    def browser_skips(self, classes):
        """Return the skipped tests that needed a browser: never to be passed over."""
        return [
            f"{test}: {reason}"
            for test, reason in self.skipped
            if BROWSERLESS.search(reason) or set(re.split(r"\W+", test)) & set(classes)
        ]


class Reader:
    """Takes a log line by line; a record may have several lines."""

    def __init__(self):
        self.report = Report()
        self._record = None

    def feed(self, line):
        """Take one line; return the name of a test that starts with it, if one does."""
        line = line.rstrip("\n")
        found = RECORD.match(line)
        if not found:
            if self._record:
                self._record[2].append(line)
            return None
        self._close()
        self._record = (found["level"], found["logger"], [found["text"]])
        started = STARTED.match(found["text"])
        return started[1] if started else None

    def finish(self):
        """Return the report after the last line."""
        self._close()
        return self.report

    def _close(self):
        if not self._record:
            return
        level, logger, lines = self._record
        self._record = None
        first, text = lines[0], "\n".join(lines)
        report = self.report
        if summary := SUMMARY.match(first):
            failures, errors, tests = map(int, summary.groups())
            report.failed += failures + errors
            report.tests += tests
        elif skipped := SKIPPED.match(first):
            report.skipped.append(skipped.groups())
        elif ECHO.match(first):
            return
        elif level in ("ERROR", "CRITICAL") or TRACEBACK in text:
            kind = report.failures if OUTCOME.match(first) else report.strays
            kind.append(f"{level} {logger}: {text}")
        elif level == "WARNING":
            report.warnings.append(f"{level} {logger}: {text}")


def read(lines):
    """Return the report of a whole log."""
    reader = Reader()
    for line in lines:
        reader.feed(line)
    return reader.finish()
