"""What the measurements say: medians, differences and ratios."""

from dataclasses import dataclass, field
from statistics import median

from bench.inside.steps import NAMES


@dataclass
class Series:
    """All rounds of one costing method in one mode; figures are per order."""

    method: str
    mode: object
    rounds: list = field(default_factory=list)

    def queries(self, side, steps=NAMES):
        """Return the median number of statements."""
        return self._median(_queries, side, steps)

    def cpu(self, side, steps=NAMES):
        """Return the median CPU time in milliseconds, process and database."""
        return self._median(_cpu, side, steps)

    def database(self, side, steps=NAMES):
        """Return the median CPU time of the database in milliseconds."""
        return self._median(_database, side, steps)

    def extra_queries(self):
        """Return how many statements the suite adds."""
        return self.queries("suite") - self.queries("core")

    def ratios(self):
        """Return the ratio of CPU times, suite to core, of each round."""
        return [median(map(_ratio, repeats)) for repeats in self.rounds]

    def ratio(self):
        """Return the median ratio of all repeats: their two sides were neighbours in
        time, so what else the machine did hit both.
        """
        return median(map(_ratio, self._repeats()))

    def _repeats(self):
        return [repeat for repeats in self.rounds for repeat in repeats]

    def _median(self, figure, side, steps):
        totals = (_total(figure, repeat[side], steps) for repeat in self._repeats())
        return median(totals) / self.mode.orders


def _ratio(repeat):
    """Return suite to core of one repeat."""
    core, suite = (_total(_cpu, repeat[side], NAMES) for side in ("core", "suite"))
    return suite / core


def _total(figure, steps_taken, steps):
    return sum(figure(steps_taken[step]) for step in steps)


def _queries(taken):
    return taken["queries"]


def _cpu(taken):
    return (taken["process"] + taken["database"]) * 1000


def _database(taken):
    return taken["database"] * 1000
