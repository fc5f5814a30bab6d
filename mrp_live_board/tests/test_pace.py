from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from .common import BoardCommon

NIGHT = datetime(2026, 3, 2, 1)


@tagged("post_install", "-at_install")
@freeze_time(NIGHT)
class TestPace(BoardCommon):
    """How long operations really took."""

    def _run(self, minutes, planned=60, days=1, bom=None, column=None):
        """An order whose first operation took so many minutes.

        :param str column: of its logs, to be turned over
        """
        order = self._plan([planned], bom=bom)
        workorder = order.workorder_ids
        start = NIGHT - timedelta(days=days)
        spans = minutes if isinstance(minutes, list) else [(0, minutes)]
        for begin, end in spans:
            self._log(
                workorder,
                start + timedelta(minutes=begin),
                start + timedelta(minutes=end),
            )
        workorder.button_finish()
        workorder.duration_expected = planned
        end = start + timedelta(minutes=spans[-1][1])
        workorder.write({"date_start": start, "date_finished": end})
        if column:
            # only the server says so
            self.env.flush_all()
            self.env.cr.execute(
                SQL(
                    "UPDATE mrp_workcenter_productivity SET %(column)s = "
                    "%(column)s IS NOT TRUE WHERE workorder_id = %(workorder)s",
                    column=SQL.identifier(column),
                    workorder=workorder.id,
                )
            )
        return order

    def _learn(self):
        pace = self.env["mrp.operation.pace"]
        pace._refresh()
        return pace.search([("workcenter_id", "=", self.saw.id)])

    def test_nothing_to_learn(self):
        self.assertFalse(self._learn())

    def test_factor(self):
        for minutes in (60, 90, 120):
            order = self._run(minutes)
        own, center = self._learn().sorted(lambda row: not row.operation_id)
        self.assertEqual(own.operation_id, order.workorder_ids.operation_id)
        self.assertEqual(own.product_id, order.product_id)
        self.assertEqual((own.run_count, center.run_count), (3, 3))
        self.assertAlmostEqual(own.factor, 1.5)
        self.assertAlmostEqual(center.factor, 1.5)
        self.assertAlmostEqual(own.spread, 0.5 / 1.5)

    def test_few_runs_say_little(self):
        """One slow run of an operation among many others of the work center."""
        bom = self._make_bom(
            self._make_product("Other"),
            [(self.milk, 1)],
            operation_ids=self._copy_operations(),
        )
        for _number in range(9):
            self._run(60)
        slow = self._run(180, bom=bom)
        rows = {row.operation_id: row for row in self._learn()}
        center = rows[self.env["mrp.routing.workcenter"]]
        own = rows[slow.workorder_ids.operation_id]
        self.assertAlmostEqual(center.factor, 1.2)
        self.assertAlmostEqual(own.factor, (3 + 3 * 1.2) / 4)

    def _copy_operations(self):
        return [
            (0, 0, {"name": op.name, "workcenter_id": op.workcenter_id.id})
            for op in self.bom.operation_ids
        ]

    def test_people_at_once_count_once(self):
        self._run([(0, 60), (30, 90)])
        self.assertAlmostEqual(self._learn()[0].factor, 1.5)

    def test_what_tells_nothing(self):
        """Too old, not measured, taken back, or out of all proportion."""
        self._run(120, days=200)
        for column in ("is_estimated", "is_capped", "active"):
            self._run(120, column=column)
        self._run(60 * 24)
        self.assertFalse(self._learn())

    def test_again(self):
        self._run(90)
        self._learn()
        self.assertEqual(len(self._learn()), 2)

    def test_statements(self):
        self._run(90)
        self.env.flush_all()
        with self.assertQueryCount(2):
            self.env["mrp.operation.pace"]._refresh()
