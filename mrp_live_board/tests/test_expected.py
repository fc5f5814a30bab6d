from datetime import datetime, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.mrp_calendar_axis import HORIZON_DAYS
from .common import MONDAY, BoardCommon


def at(hour, minute=0, day=0):
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestExpected(BoardCommon):
    """Monday, eight o'clock; shifts from eight to four."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-02 08:00:00"):
            cls._lay_out()

    def test_alone(self):
        order = self._plan([60, 30, 15])
        self.assertEqual(self._get_expected(order), at(9, 45))

    def test_over_night(self):
        order = self._plan([7 * 60, 2 * 60])
        self.assertEqual(self._get_expected(order), at(9, day=1))

    def test_end_of_shift_is_that_evening(self):
        order = self._plan([8 * 60])
        self.assertEqual(self._get_expected(order), at(16))

    def test_over_weekend(self):
        order = self._plan([5 * 8 * 60 + 30])
        self.assertEqual(self._get_expected(order), at(8, 30, day=7))

    @freeze_time("2026-03-02 20:00:00")
    def test_after_hours(self):
        order = self._plan([60])
        self.assertEqual(self._get_expected(order), at(9, day=1))

    def test_queue(self):
        first, second = self._plan([60, 10]), self._plan([60, 10])
        self.assertEqual(self._get_expected(first), at(9, 10))
        self.assertEqual(self._get_expected(second), at(10, 10))

    def test_queue_order(self):
        """Who was begun, then who is urgent and due to start, then by planned start."""
        late = self._plan([60], start=at(7))
        urgent = self._plan([60], start=at(7, 30), priority="1")
        begun = self._start(self._plan([60], start=at(8)), 60)
        begun.workorder_ids.button_pending()
        self.assertEqual(self._get_expected(begun), at(9))
        self.assertEqual(self._get_expected(urgent), at(10))
        self.assertEqual(self._get_expected(late), at(11))

    def test_urgent_order_whose_time_has_not_come_blocks_nobody(self):
        urgent = self._plan([60], start=at(8, day=2), priority="1")
        order = self._plan([60])
        self.assertEqual(self._get_expected(order), at(9))
        self.assertEqual(self._get_expected(urgent), at(9, day=2))

    def test_not_before_planned_start(self):
        first = self._plan([60], start=at(10, day=2))
        second = self._plan([60], start=at(10, day=2))
        self.assertEqual(self._get_expected(first), at(11, day=2))
        self.assertEqual(self._get_expected(second), at(12, day=2))

    def test_bottleneck_second(self):
        """The first operation of the second run waits for nobody, its second does."""
        self._plan([10, 120])
        second = self._plan([10, 120])
        self.assertEqual(self._get_expected(second), at(12))

    def test_places(self):
        self.saw.parallel_operations = 2
        orders = [self._plan([60]) for _number in range(3)]
        self.assertEqual(self._get_expected(orders[0]), at(9))
        self.assertEqual(self._get_expected(orders[1]), at(9, 30))
        self.assertEqual(self._get_expected(orders[2]), at(10))

    def test_places_are_at_least_what_runs(self):
        orders = [self._plan([60]) for _number in range(3)]
        for order in orders[:2]:
            self._start(order, 60)
        self.assertEqual(self._get_expected(orders[0]), at(9))
        self.assertEqual(self._get_expected(orders[1]), at(9))
        self.assertEqual(self._get_expected(orders[2]), at(10))

    def test_no_place(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.saw.parallel_operations = 0
            self.env.flush_all()

    def test_running(self):
        order = self._start(self._plan([60]), 60)
        with freeze_time("2026-03-02 08:20:00"):
            self.assertEqual(self._get_expected(order), at(9))
        with freeze_time("2026-03-02 11:00:00"):
            # longer than expected: a tenth is still to come
            self.assertEqual(self._get_expected(order), at(11, 6))

    def test_quantities_tell_more_than_time(self):
        """Ten units of a minute each, of which four are made."""
        order = self._start(self._plan([10]), 10)
        self._declare(order, "good", 4, 0)
        with freeze_time("2026-03-02 08:20:00"):
            self.assertEqual(self._get_expected(order), at(8, 26))

    def test_pace(self):
        order = self._plan([60])
        self.env["mrp.operation.pace"].create(
            {"workcenter_id": self.saw.id, "factor": 1.5, "spread": 0.5}
        )
        row = self._get_row(order)
        self.assertEqual(row.expected_date, at(9, 30))
        self.assertEqual(row.expected_early, at(8, 45))
        self.assertEqual(row.expected_late, at(10, 15))
        workorder = order.workorder_ids
        self.env["mrp.operation.pace"].create(
            {
                "workcenter_id": self.saw.id,
                "operation_id": workorder.operation_id.id,
                "product_id": order.product_id.id,
                "factor": 2,
                "spread": 0,
            }
        )
        row = self._get_row(order)
        self.assertEqual(row.expected_date, at(10))
        self.assertEqual(row.expected_early, row.expected_late)

    def test_zero_durations(self):
        order = self._plan([0, 0])
        row = self._get_row(order)
        self.assertEqual(row.expected_date, at(8))
        self.assertEqual(row.progress, 0)

    def test_without_operations(self):
        """The order's own dates: as long as planned, from its start or from now."""
        bom = self._make_bom(self._make_product("Plain"), [(self.milk, 1)])
        order = self._make_order(bom, 1, date_start=at(8, day=-3))
        order.date_finished = at(10, day=-3)
        self.assertEqual(self._get_expected(order), at(10))
        later = self._make_order(bom, 1, date_start=at(8, day=3))
        later.date_finished = at(9, day=4)
        self.assertEqual(self._get_expected(later), at(9, day=4))

    def test_all_operations_done(self):
        order = self._plan([60])
        order.workorder_ids.button_finish()
        self.assertEqual(order.state, "to_close")
        row = self._get_row(order)
        self.assertEqual(row.expected_date, at(8))
        self.assertEqual(row.progress, 100)
        self.assertFalse(row.workorder_id)

    def test_cancelled_operation(self):
        order = self._plan([60, 30])
        order.workorder_ids[0].action_cancel()
        self.assertEqual(self._get_expected(order), at(8, 30))

    def test_without_calendar(self):
        """A work center without working hours works around the clock."""
        self.saw.resource_calendar_id = False
        self._lay_out()
        order = self._plan([20 * 60])
        self.assertEqual(self._get_expected(order), at(4, day=1))
        self._plan([200 * 24 * 60], start=at(8))
        last = self._plan([60])
        self.assertEqual(
            self._get_expected(last), at(8) + timedelta(days=200, hours=21)
        )

    def test_never_works(self):
        """Working hours without any: nobody can say when, and the board says why."""
        self.press.resource_calendar_id = self._make_calendar("Closed", [])
        self._lay_out()
        order = self._plan([60, 60])
        row = self._get_row(order)
        self.assertFalse(row.expected_date)
        self.assertFalse(row.is_late)
        self.assertEqual(row.blocker, "calendar")
        # others are not concerned
        self.assertEqual(self._get_expected(self._plan([60])), at(10))

    def test_beyond_horizon(self):
        """The average of the axis goes on: a third of each weekday."""
        order = self._plan([8 * 60 * 5 * 40])
        days = (self._get_expected(order) - MONDAY).days
        self.assertGreater(days, HORIZON_DAYS)
        self.assertAlmostEqual(days, 40 * 7, delta=4)

    def test_time_off(self):
        """Of everybody, and of one work center."""
        self.env["resource.calendar.leaves"].create(
            [
                {
                    "name": "Holiday",
                    "calendar_id": self.calendar.id,
                    "date_from": at(0),
                    "date_to": at(23),
                },
                {
                    "name": "Overhaul",
                    "resource_id": self.press.resource_id.id,
                    "calendar_id": self.calendar.id,
                    "date_from": at(0, day=1),
                    "date_to": at(23, day=1),
                },
            ]
        )
        self.env["mrp.calendar.axis"]._refresh_stale()
        self.assertEqual(self._get_expected(self._plan([60])), at(9, day=1))
        self.assertEqual(self._get_expected(self._plan([0, 60])), at(9, day=2))

    def test_planned_operations_are_no_time_off(self):
        order = self._plan([60])
        self.env.cr.precommit.data.pop("mrp_calendar_axis", None)
        order.button_plan()
        self.assertNotIn("mrp_calendar_axis", self.env.cr.precommit.data)
        self._lay_out()
        self.assertEqual(self._get_expected(order), at(9))

    def test_other_time_zone(self):
        """Eight in Auckland is seven in the evening before, in UTC."""
        calendar = self._make_calendar("Auckland", [(8, 16)], tz="Pacific/Auckland")
        self.saw.resource_calendar_id = calendar
        self._lay_out()
        order = self._plan([60])
        self.assertEqual(self._get_expected(order), at(20))

    def test_clock_change(self):
        """On March 29 clocks in Vienna go forward: eight is six in UTC from then on."""
        self.saw.resource_calendar_id = self._make_calendar(
            "Vienna", [(8, 9)], tz="Europe/Vienna"
        )
        self._lay_out()
        before = self._plan([60], start=datetime(2026, 3, 27))
        after = self._plan([60], start=datetime(2026, 3, 30))
        self.assertEqual(self._get_expected(before), datetime(2026, 3, 27, 8))
        self.assertEqual(self._get_expected(after), datetime(2026, 3, 30, 7))

    def test_different_calendars_in_a_run(self):
        """Night shift hands over to the day shift, and back."""
        self.press.resource_calendar_id = self._make_calendar(
            "Night", [(20, 24)], days=range(7)
        )
        self._lay_out()
        order = self._plan([60, 60, 60])
        # sawn at 9, pressed from 20 to 21, painted on Tuesday at 8
        self.assertEqual(self._get_expected(order), at(9, day=1))

    def test_calendar_changes(self):
        order = self._plan([60])
        self.calendar.attendance_ids = [Command.clear()] + [
            Command.create(
                {
                    "name": str(day),
                    "dayofweek": str(day),
                    "hour_from": 10,
                    "hour_to": 12,
                    "day_period": "morning",
                }
            )
            for day in range(5)
        ]
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertEqual(self._get_expected(order), at(11))

    def test_new_workcenter(self):
        self.env.cr.precommit.run()
        workcenter = self.env["mrp.workcenter"].create(
            {"name": "New", "resource_calendar_id": self.calendar.id}
        )
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertTrue(workcenter.axis_id.interval_ids)

    def test_material(self):
        """A run can not begin before its material comes."""
        rare = self._make_product("Rennet")
        self.bom.bom_line_ids = [
            Command.create({"product_id": rare.id, "product_qty": 1})
        ]
        order = self._plan([60])
        row = self._get_row(order)
        self.assertEqual(row.blocker, "material")
        self.assertFalse(row.short_until)
        self.assertEqual(row.expected_date, at(9))
        self._order_material(rare, at(12, day=1))
        row = self._get_row(order)
        self.assertEqual(row.short_until, at(12, day=1))
        self.assertEqual(row.expected_date, at(13, day=1))

    def _order_material(self, product, date):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": 100,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": warehouse.lot_stock_id.id,
                "company_id": self.company.id,
                "date": date,
            }
        )._action_confirm()

    def test_a_few_rows(self):
        """Read alone, rows say the same as among all others."""
        orders = [self._plan([30, 60, 10]) for _number in range(4)]
        self._plan([0, 0, 200])
        self.env.flush_all()
        for order in orders:
            board = self.board.with_context(live_board_ids=order.ids)
            rows = board.search([("company_id", "=", self.company.id)])
            self.assertEqual(rows.ids, order.ids)
            self.assertEqual(rows.expected_date, self._get_expected(order))
        board = self.board.with_context(live_board_ids=["1) OR TRUE --", None])
        self.assertGreater(board.search_count([]), 4)

    def test_other_company(self):
        """Queues are of work centers, which belong to one company."""
        order = self._plan([60])
        other = self._make_company("Second")
        alien = self.env["mrp.workcenter"].create(
            {
                "name": "Elsewhere",
                "company_id": other.id,
                "resource_calendar_id": other.resource_calendar_id.id,
            }
        )
        self._lay_out()
        self.assertNotEqual(alien.axis_id, self.saw.axis_id)
        self.assertEqual(self._get_expected(order), at(9))
