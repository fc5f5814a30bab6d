from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError

from .common import ReasonCommon


class TestReport(ReasonCommon):
    def test_scrap_rework_and_stops_side_by_side(self):
        self.company.mrp_delay_tracking = True
        self.scrap_reason.treatment = "abnormal"
        order = self._make_order(self.bom, 10)
        self._scrap(order, self.milk, 3, mrp_reason_id=self.scrap_reason.id)
        self._declare(order, "scrap", 2, 0, reason_id=self.scrap_reason.id)
        taken_back = self._declare(order, "scrap", 4, 0)
        taken_back.action_reverse()
        start = datetime(2025, 3, 3, 9)
        with freeze_time(start):
            order.workorder_ids[0].button_start()
        with freeze_time(start + timedelta(minutes=1)):
            order.workorder_ids[0].button_pending()
        with freeze_time(start + timedelta(minutes=31)):
            order.workorder_ids[0].button_start()
        order.delay_ids.quick_reason_id = self.stop_reason
        self._complete(order)
        self.env.flush_all()
        rows = self.env["mrp.reason.report"].search([("production_id", "=", order.id)])
        found = {
            (row.res_model, row.kind, row.reason_id, row.quantity, row.minutes)
            for row in rows
            if row.kind not in ("late_run", "late_operation")
        }
        self.assertEqual(
            found,
            {
                ("stock.scrap", "scrap", self.scrap_reason, 3, 0),
                ("mrp.operation.quantity", "scrap", self.scrap_reason, 2, 0),
                ("mrp.delay", "pause", self.stop_reason, 0, 30),
            },
        )
        costs = {row.res_model: row.cost for row in rows}
        self.assertEqual(costs["stock.scrap"], 3)
        self.assertEqual(costs["mrp.delay"], 30)
        self.assertEqual(costs["mrp.operation.quantity"], order.abnormal_loss)
        action = rows[0].action_open_record()
        self.assertTrue(self.env[action["res_model"]].browse(action["res_id"]).exists())

    def test_several_reasons_share_one_stop(self):
        self.company.mrp_delay_tracking = True
        order = self._make_order(self.bom, 10)
        order.workorder_ids[0].button_start()
        order.workorder_ids[0].button_pending()
        stop = order.delay_ids
        stop.write(
            {
                "line_ids": [
                    Command.create({"reason_id": reason.id})
                    for reason in (self.stop_reason, self.delay_reason)
                ]
            }
        )
        self.env.flush_all()
        rows = self.env["mrp.reason.report"].search([("production_id", "=", order.id)])
        self.assertEqual(rows.reason_id, self.stop_reason | self.delay_reason)

    def test_cost_is_for_viewers(self):
        report = self.env["mrp.reason.report"].with_user(self.user)
        report.search([])
        with self.assertRaises(AccessError):
            report._read_group([], [], ["cost:sum"])
