"""What units had cost when they were scrapped (process costing, by stage)."""

from fractions import Fraction


def get_reached_costs(costs, rejected, good):
    """Cost of a unit once it has passed each stage.

    A stage worked on all units that were still there: the good ones and those
    rejected at it or later. Rejected units at the cost reached and good units at the
    last stage's together cost exactly what the stages cost.

    :param list costs: cost added by each stage, in order
    :param list rejected: units rejected at the end of each stage
    :param good: units that passed all stages
    :return: list of ``Fraction``, cost per unit after each stage; where no unit is
        left, that of the stage before
    """
    reached = []
    cost = Fraction(0)
    for stage, added in enumerate(costs):
        started = Fraction(good) + sum(map(Fraction, rejected[stage:]))
        if started:
            cost += Fraction(added) / started
        reached.append(cost)
    return reached
