"""What units had cost when they were scrapped (process costing, by stage)."""

from fractions import Fraction

NORMAL = "normal"
ALLOWANCE = "allowance"
ABNORMAL = "abnormal"


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


def get_abnormal_part(terms, scrapped, good, inspected):
    """Part of the scrap for one reason that is abnormal.

    :param dict terms: ``treatment``, ``allowance`` in percent and its ``base``
        (``inspected`` or ``good``), as they were when it was scrapped
    :param scrapped: units scrapped for the reason
    :param good: good units of the run
    :param inspected: good and scrapped units of the run
    :return: ``Fraction`` between 0 and 1
    """
    treatment = terms.get("treatment", NORMAL)
    if treatment != ALLOWANCE:
        return Fraction(treatment == ABNORMAL)
    base = Fraction(inspected if terms["base"] == "inspected" else good)
    excess = Fraction(scrapped) - base * Fraction(str(terms["allowance"])) / 100
    return max(excess, Fraction(0)) / Fraction(scrapped) if scrapped else Fraction(0)
