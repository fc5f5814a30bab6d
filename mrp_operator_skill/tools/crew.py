"""Whether a crew fulfils a requirement."""

from dataclasses import dataclass

from .rating import TRAINEE

# what is wrong
LACKING = "lacking"
UNTRAINED = "untrained"
CREW = "crew"
ALONE = "alone"
NOBODY = "nobody"
# who has to be qualified
EACH = "each"
ONE = "one"
COUNT = "count"


@dataclass(frozen=True)
class Demand:
    """What a requirement asks of a crew."""

    scope: str = EACH
    count: int = 1
    two_person: bool = False

    @property
    def wanted(self):
        """Return how many of the crew have to be qualified, at least."""
        return {EACH: 0, ONE: 1}.get(self.scope, self.count)


def judge_crew(demand, crew, coming, ratings, overridden=()):
    """Return what is wrong with people who come to work.

    An override lets one of the crew count as qualified, and through the rules about
    the whole crew.

    :param Demand demand: what is asked
    :param crew: all who will be at work, those who come included
    :param coming: whose coming is judged
    :param dict ratings: ``Rating`` of each of the crew
    :param overridden: those of the crew with an override
    :return: list of ``(who, what)``; who is None when nobody is at work
    """
    if not crew:
        return [(None, NOBODY)]
    fit = {who for who in crew if ratings[who].is_fit or who in overridden}
    trainers = {who for who in crew if ratings[who].trainer}
    problems = []
    for who in coming:
        if who in overridden:
            continue
        what = _judge_one(demand, who, fit, trainers, ratings)
        if not what and len(fit) < demand.wanted:
            what = CREW
        if not what and demand.two_person and len(crew) < 2:
            what = ALONE
        if what:
            problems.append((who, what))
    return problems


def _judge_one(demand, who, fit, trainers, ratings):
    if demand.scope != EACH or who in fit:
        return None
    if ratings[who].status != TRAINEE:
        return LACKING
    return None if trainers - {who} else UNTRAINED
