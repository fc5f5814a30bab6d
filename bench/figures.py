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
        return self._median(_queries, self._repeats(), side, steps)

    def cpu(self, side, steps=NAMES):
        """Return the median CPU time in milliseconds, process and database."""
        return self._median(_cpu, self._repeats(), side, steps)

    def database(self, side, steps=NAMES):
        """Return the median CPU time of the database in milliseconds."""
        return self._median(_database, self._repeats(), side, steps)

    def extra_queries(self):
        """Return how many statements the suite adds."""
        return self.queries("suite") - self.queries("core")

    def ratios(self):
        """Return the ratio of CPU times, suite to core, of each round."""
        return [
            self._median(_cpu, repeats, "suite", NAMES)
            / self._median(_cpu, repeats, "core", NAMES)
            for repeats in self.rounds
        ]

    def ratio(self):
        """Return the median of the rounds' ratios."""
        return median(self.ratios())

    def _repeats(self):
        return [repeat for repeats in self.rounds for repeat in repeats]

    def _median(self, figure, repeats, side, steps):
        totals = (sum(figure(repeat[side][s]) for s in steps) for repeat in repeats)
        return median(totals) / self.mode.orders


def _queries(taken):
    return taken["queries"]


def _cpu(taken):
    return (taken["process"] + taken["database"]) * 1000


def _database(taken):
    return taken["database"] * 1000
