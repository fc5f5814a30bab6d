"""How far somebody fulfils a requirement on a day."""

from dataclasses import dataclass
from datetime import date

OK = "ok"
EXPIRING = "expiring"
TRAINEE = "trainee"
MISSING = "missing"
# the worst first
RANKS = (MISSING, TRAINEE, EXPIRING, OK)


@dataclass(frozen=True)
class Holding:
    """A qualification of somebody."""

    progress: int
    start: date | None
    end: date | None
    validated: bool

    def is_valid(self, day):
        """Tell whether it was valid on that day."""
        return (not self.start or self.start <= day) and (
            not self.end or day <= self.end
        )


@dataclass(frozen=True)
class Level:
    """What a requirement asks of one person; ``trainee`` is None if none may work."""

    minimum: int = 0
    certificate: bool = False
    trainee: int | None = None
    trainer: int = 0


@dataclass(frozen=True)
class Rating:
    """``why`` somebody does not fulfil it; ``when``: since or until which day."""

    status: str
    why: str = ""
    when: date | None = None
    trainer: bool = False

    @property
    def is_fit(self):
        """Tell whether the requirement is fulfilled."""
        return self.status in (OK, EXPIRING)


def rate(holdings, level, day, soon):
    """Rate what somebody holds of the skill.

    :param list holdings: ``Holding``
    :param Level level: what is asked
    :param date day: when the work is done
    :param date soon: what ends until then is expiring
    :return: ``Rating``
    """
    valid = [each for each in holdings if each.validated and each.is_valid(day)]
    full = [each for each in valid if _suffices(each, level)]
    if full:
        ends = [each.end for each in full]
        until = None if None in ends else max(ends)
        trainer = any(each.progress >= level.trainer for each in full)
        status = EXPIRING if until and until <= soon else OK
        return Rating(status, when=until, trainer=trainer)
    if level.trainee is not None and any(
        each.progress >= level.trainee for each in valid
    ):
        return Rating(TRAINEE, "level")
    return Rating(MISSING, *_explain(holdings, valid, level, day))


def combine(ratings):
    """Return the worst of several ratings, of those that are alike what ends first."""
    return min(
        ratings, key=lambda each: (RANKS.index(each.status), each.when or date.max)
    )


def _suffices(holding, level):
    return holding.progress >= level.minimum and (
        not level.certificate or holding.end is not None
    )


def _explain(holdings, valid, level, day):
    """Return the nearest miss: what to do about it is the least."""
    enough = [each for each in holdings if each.progress >= level.minimum]
    if any(not each.validated and each.is_valid(day) for each in enough):
        return "unvalidated", None
    if any(each.progress >= level.minimum for each in valid):
        return "endless", None
    coming = [each.start for each in enough if each.start and each.start > day]
    ended = [each.end for each in enough if each.end and each.end < day]
    if coming:
        return "future", min(coming)
    if ended:
        return "expired", max(ended)
    return ("level" if valid else "none"), None
