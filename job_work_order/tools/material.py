"""When is there enough material for whom: supply shared in order of urgency."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

COMMITTED = "committed"
AVAILABLE = "available"
EXPECTED = "expected"
SHORT = "short"
SEVERITY = (COMMITTED, AVAILABLE, EXPECTED, SHORT)


@dataclass
class Demand:
    """What somebody still needs, beyond what is reserved for him."""

    key: Any
    quantity: float
    urgency: tuple


@dataclass
class Supply:
    """Goods that come in at a time."""

    quantity: float
    date: datetime


def match_supply(on_hand, supplies, demands, rounding):
    """Share goods of one product at one place among those who need them.

    The most urgent takes what is free first, then what comes first.

    :param float on_hand: quantity nobody has reserved
    :param list supplies: of ``Supply``
    :param list demands: of ``Demand``; the smallest urgency comes first
    :param float rounding: quantities below half of it are nothing
    :return: dict from key to ``(status, date, missing quantity)``
    """
    nothing = rounding / 2
    arriving = sorted(supplies, key=lambda supply: supply.date)
    left = [max(on_hand, 0)] + [supply.quantity for supply in arriving]
    dates = [None] + [supply.date for supply in arriving]
    place = 0
    answers = {}
    for demand in sorted(demands, key=lambda demand: demand.urgency):
        missing, last = demand.quantity, None
        while missing > nothing and place < len(left):
            taken = min(missing, left[place])
            missing -= taken
            left[place] -= taken
            if taken > 0:
                last = dates[place]
            if left[place] <= nothing:
                place += 1
        if missing > nothing:
            answers[demand.key] = (SHORT, None, missing)
        elif last:
            answers[demand.key] = (EXPECTED, last, 0.0)
        else:
            answers[demand.key] = (AVAILABLE, None, 0.0)
    return answers
