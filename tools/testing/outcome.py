"""Adding up what the stages found, and saying it."""

from dataclasses import dataclass, field

from tools.base.console import elapsed, say, show

SHOWN = 4000


@dataclass
class Outcome:
    """The result of one stage."""

    stage: str
    passed: int = 0
    failed: int = 0
    problems: list = field(default_factory=list)
    skipped: list = field(default_factory=list)
    log: object = None


class Tally:
    """The outcomes of a run."""

    def __init__(self):
        self.outcomes = []

    def add(self, outcome, began):
        """Take an outcome and say what it was."""
        self.outcomes.append(outcome)
        took = elapsed() - began
        failed = f", {outcome.failed} FAILED" if outcome.failed else ""
        say(f"{outcome.stage}: {outcome.passed} passed{failed} ({took:.0f} s)")
        for test, reason in outcome.skipped:
            show(f"          skipped {test}: {reason}")
        for problem in outcome.problems:
            show("\n" + (problem if len(problem) < SHOWN else "…" + problem[-SHOWN:]))
        if outcome.failed and outcome.log:
            show(f"\n          Log: {outcome.log}\n")

    @property
    def passed(self):
        """Return how many tests passed."""
        return sum(outcome.passed for outcome in self.outcomes)

    @property
    def failed(self):
        """Return how many tests failed."""
        return sum(outcome.failed for outcome in self.outcomes)

    def conclude(self):
        """Print the closing line and return the exit status."""
        bad = [outcome.stage for outcome in self.outcomes if outcome.failed]
        if bad:
            show(f"\nFailed: {', '.join(bad)}")
        if not self.passed and not self.failed:
            show("\nNo test was run: that is a failure.")
        show(f"tests: {self.passed} passed, {self.failed} failed")
        return 1 if self.failed or not self.passed else 0
