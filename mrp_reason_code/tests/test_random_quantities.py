import random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ReasonCommon


class Oracle:
    """What became of every single unit, one by one."""

    def __init__(self):
        # per operation: the fate of each unit it started
        self.units = {}
        self.charged = {}

    def start(self, row, operation, kind, quantity):
        fates = self.units.setdefault(operation, [])
        fates += [[kind, row] for _unit in range(quantity)]
        self.charged[row] = operation

    def resolve(self, row, origin, kind, quantity):
        """:return: whether so many units were still in that rework"""
        operation = self.charged[origin]
        waiting = [unit for unit in self.units[operation] if unit == ["rework", origin]]
        if len(waiting) < quantity:
            return False
        for unit in waiting[:quantity]:
            unit[:] = [kind, row]
        self.charged[row] = operation
        return True

    def count(self, operation, kind=None):
        return sum(kind in (None, fate) for fate, _row in self.units.get(operation, []))


def batches(count):
    """Hypothesis draws seeds, the same every time, and names one that fails."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )


class RandomQuantities(ReasonCommon):
    """Per operation, good + scrap + rework in process is all that was started."""

    def _check_order(self, seed):
        draw = random.Random(seed)
        with self.cr.savepoint() as savepoint:
            order = self._make_order(self.bom, 1000)
            oracle, reworks = Oracle(), []
            for _step in range(12):
                operation = draw.randrange(3)
                kind = draw.choice(("good", "scrap", "rework"))
                quantity = draw.randint(1, 6)
                origin = (
                    draw.choice(reworks) if reworks and draw.random() < 0.6 else None
                )
                values = {}
                if kind == "rework":
                    back = order.workorder_ids[draw.randint(0, operation)]
                    values["return_workorder_id"] = back.id
                if not origin:
                    row = self._declare(order, kind, quantity, operation, **values)
                    oracle.start(row.id, operation, kind, quantity)
                else:
                    values["rework_of_id"] = origin.id
                    waiting = origin.open_quantity
                    if waiting < quantity:
                        with self.assertRaises(ValidationError), self.cr.savepoint():
                            self._declare(order, kind, quantity, operation, **values)
                        continue
                    row = self._declare(order, kind, quantity, operation, **values)
                    self.assertTrue(oracle.resolve(row.id, origin.id, kind, quantity))
                if kind == "rework":
                    reworks.append(row)
                for place, workorder in enumerate(order.workorder_ids):
                    counted = {
                        "good": workorder.qty_good,
                        "scrap": workorder.qty_scrapped,
                        "rework": workorder.qty_in_rework,
                        None: workorder.qty_started,
                    }
                    self.assertEqual(
                        counted,
                        {fate: oracle.count(place, fate) for fate in counted},
                        f"seed {seed}",
                    )
                    self.assertEqual(
                        workorder.qty_good
                        + workorder.qty_scrapped
                        + workorder.qty_in_rework,
                        workorder.qty_started,
                    )
            savepoint.rollback()


class TestRandomQuantities(RandomQuantities):
    @batches(8)
    @given(st.integers(0, 2**32))
    def test_some(self, seed):
        self._check_order(seed)


@tagged("heavy", "post_install", "-at_install")
class TestManyRandomQuantities(RandomQuantities):
    @batches(30)
    @given(st.integers(0, 2**32))
    def test_many(self, seed):
        self._check_order(seed)
