import random
from datetime import timedelta

from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.mrp_reason_code.tests.test_random_quantities import batches

from .common import MONDAY, BoardCommon
from .kept import find_stale
from .simulator import Calendar, Center, Operation, expect, work

NOW = MONDAY + timedelta(hours=9)
RUNS = 5
SECOND = timedelta(seconds=1)


class RandomShops(BoardCommon):
    """Small shops drawn at random: the board says what plain Python says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.orders = [cls._plan([1, 1, 1], start=NOW) for _number in range(RUNS)]
            shifts = ([(8, 16)], [(6, 10), (14, 22)], [(20, 24)])
            cls.calendars = [
                cls._make_calendar(f"Shift {number}", hours, days=range(7))
                for number, hours in enumerate(shifts)
            ]

    def _draw_centers(self, draw, alike):
        calendars = draw.choices(self.calendars, k=3)
        if alike:
            calendars = [calendars[0]] * 3
        centers = []
        for center, calendar in zip(self.centers, calendars, strict=True):
            center.resource_calendar_id = calendar
            center.parallel_operations = draw.choice((1, 1, 2))
        self._lay_out()
        for center in self.centers:
            intervals = center.axis_id.interval_ids
            centers.append(
                Center(
                    Calendar([(line.date_start, line.date_end) for line in intervals]),
                    center.parallel_operations,
                )
            )
        return centers

    def _draw_operations(self, draw, steps=3):
        operations = []
        for order in self.orders:
            start = NOW + timedelta(minutes=draw.randint(-600, 3000))
            urgent = draw.random() < 0.2
            self._set("mrp_production", order.id, date_start=start)
            self._set("mrp_production", order.id, priority="1" if urgent else "0")
            early = urgent and start <= NOW
            for number, workorder in enumerate(order.workorder_ids.sorted("sequence")):
                minutes = draw.choice((0, 5, 30, 200)) if number < steps else 0
                self._set("mrp_workorder", workorder.id, duration_expected=minutes)
                state = "ready" if number < steps else "cancel"
                self._set("mrp_workorder", workorder.id, state=state)
                if number < steps:
                    operations.append(
                        Operation(
                            run=order.id,
                            center=self.centers.ids.index(workorder.workcenter_id.id),
                            seconds=minutes * 60,
                            place=(not early, start, workorder.id),
                            release=start,
                        )
                    )
        return operations

    def _set(self, table, row_id, **values):
        for column, value in values.items():
            self.env.cr.execute(
                f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, row_id]
            )

    def _read(self):
        self.env.invalidate_all()
        self.assertFalse(find_stale(self.env.cr))
        rows = self.board.browse([order.id for order in self.orders])
        return {row.id: row.expected_date for row in rows}

    def _check(self, seed):
        draw = random.Random(seed)
        centers = self._draw_centers(draw, alike=False)
        expected = expect(NOW, centers, self._draw_operations(draw))
        for run, moment in self._read().items():
            self.assertAlmostEqual(moment, expected[run], delta=SECOND, msg=seed)

    def _check_real(self, seed):
        """One operation each, one place: nobody can overtake, and it is exact."""
        draw = random.Random(seed)
        centers = self._draw_centers(draw, alike=True)
        for center, record in zip(centers, self.centers, strict=True):
            center.places = record.parallel_operations = 1
        operations = self._draw_operations(draw, steps=1)
        for each in operations:
            # who is urgent may be taken before who is waiting already
            self._set("mrp_production", each.run, priority="0")
            each.place = (True, each.release, each.place[2])
        self.env.flush_all()
        real = work(NOW, centers, operations)
        for run, moment in self._read().items():
            self.assertAlmostEqual(moment, real[run], delta=SECOND, msg=seed)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRandomShops(RandomShops):
    @batches(15)
    @given(st.integers(0, 10**6))
    def test_formula(self, seed):
        self._check(seed)

    @batches(10)
    @given(st.integers(0, 10**6))
    def test_reality(self, seed):
        self._check_real(seed)


@tagged("post_install", "-at_install", "heavy")
@freeze_time(NOW)
class TestManyRandomShops(RandomShops):
    @batches(150)
    @given(st.integers(0, 10**9))
    def test_formula(self, seed):
        self._check(seed)

    @batches(100)
    @given(st.integers(0, 10**9))
    def test_reality(self, seed):
        self._check_real(seed)
