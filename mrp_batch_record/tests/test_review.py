from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BatchCommon


@tagged("post_install", "-at_install")
class TestReview(BatchCommon):
    """Review by exception, release, rejection, and the lots that follow."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.lot_release_policy = "made"
        cls.whey.tracking = "lot"
        cls.order = cls._make()
        cls.record = cls._get_record(cls.order).with_user(cls.quality)
        cls.lots = cls.order.move_finished_ids.move_line_ids.lot_id

    def test_release(self):
        self.assertEqual(len(self.lots), 2)
        self.assertEqual(set(self.lots.mapped("hold_state")), {"quarantine"})
        self.record.action_review()
        self.record._decide("released", "All right")
        self.assertEqual(self.record.state, "released")
        self.assertEqual(set(self.lots.mapped("hold_state")), {"released"})
        self.assertIn(self.record.name, self.lots[0].hold_reason)
        self.assertEqual(self._get_kinds(self.record)[-2:], ["review", "release"])

    def test_rejection(self):
        self.record.action_review()
        self.record._decide("rejected", "Too salty")
        self.assertEqual(set(self.lots.mapped("hold_state")), {"rejected"})
        self.assertEqual(self.record.state, "rejected")

    def test_order_of_steps(self):
        with self.assertRaisesRegex(UserError, "Only records in review"):
            self.record._decide("released", "All right")
        open_record = self._get_record(self._confirm()).with_user(self.quality)
        with self.assertRaisesRegex(UserError, "not waiting for a review"):
            open_record.action_review()
        self.record.action_review()
        self.record._decide("released", "All right")
        with self.assertRaises(UserError):
            self.record._decide("rejected", "No")

    def test_roles(self):
        for user in (self.planner, self.viewer):
            record = self.record.with_user(user)
            for call in (
                record.action_review,
                record.action_release,
                record.action_reject,
                lambda record=record: record._decide("released", "Mine"),
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_a_reason_is_needed(self):
        self.record.action_review()
        with self.assertRaisesRegex(UserError, "Say why"):
            self.record._decide("released", " ")

    def test_deviations_are_in_the_way(self):
        deviation = (
            self.env["mrp.batch.deviation"]
            .with_user(self.planner)
            .create(
                {
                    "record_id": self.record.id,
                    "description": "Too warm",
                    "state": "closed",
                }
            )
        )
        self.assertEqual(deviation.state, "open")
        self.assertEqual(deviation.name, f"{self.record.name}/D1")
        self.record.action_review()
        with self.assertRaisesRegex(UserError, deviation.name):
            self.record._decide("released", "All right")
        mine = deviation.with_user(self.quality)
        with self.assertRaisesRegex(UserError, "needs what was found out"):
            mine.action_close()
        mine.write({"investigation": "Sensor broken", "disposition": "use"})
        with self.assertRaises(AccessError):
            deviation.action_close()
        mine.action_close()
        self.assertEqual(deviation.closed_user_id, self.quality)
        with self.assertRaisesRegex(UserError, "stays as it was reported"):
            mine.write({"investigation": "Something else"})
        with self.assertRaisesRegex(UserError, "stays as it was reported"):
            mine.write({"description": "Fine"})
        with self.assertRaisesRegex(UserError, "is kept"):
            deviation.sudo().unlink()
        self.record._decide("released", "Sensor only")
        with self.assertRaisesRegex(UserError, "is released"):
            self.env["mrp.batch.deviation"].create(
                {"record_id": self.record.id, "description": "Late"}
            )

    def test_pending_reasons_are_in_the_way(self):
        delay = (
            self.env["mrp.delay"]
            .sudo()
            .create(
                {
                    "kind": "pause",
                    "production_id": self.order.id,
                    "company_id": self.company.id,
                    "date_start": "2026-01-01 08:00:00",
                    "date_end": "2026-01-01 09:00:00",
                }
            )
        )
        self.assertEqual(delay.state, "pending")
        self.record.action_review()
        with self.assertRaisesRegex(UserError, "Reasons of stops"):
            self.record._decide("released", "All right")
        reason = self.env["mrp.reason"].create(
            {"name": "Waited", "code": "W", "category": "downtime"}
        )
        delay._classify([{"reason_id": reason}])
        payload = self._get_payload(self.record, "delay_reason")
        self.assertIn("Waited", payload["reasons"][0]["reason"])
        self.record._decide("released", "All right")

    def test_a_broken_glass_is_in_the_way(self):
        hook = "_get_pending_release_reasons"
        self.patch(
            type(self.env["mrp.production"]), hook, lambda order: ["Glass broken"]
        )
        self.record.action_review()
        with self.assertRaisesRegex(UserError, "Glass broken"):
            self.record._decide("released", "All right")
        # rejecting is always possible
        self.record._decide("rejected", "No")

    def test_a_lot_of_two_runs(self):
        lot = self.order.lot_producing_ids
        second = self._confirm()
        second.lot_producing_ids = lot
        self._complete(second)
        other = self._get_record(second).with_user(self.quality)
        self.assertEqual(lot.batch_record_count, 2)
        self.record.action_review()
        self.record._decide("released", "All right")
        self.assertEqual(lot.hold_state, "quarantine")
        other.action_review()
        other._decide("released", "All right")
        self.assertEqual(lot.hold_state, "released")

    def test_a_lot_on_hold_for_another_reason(self):
        lot = self.order.lot_producing_ids
        lot.with_user(self.quality).decide("hold", "Recall")
        self.record.action_review()
        self.record._decide("released", "All right")
        self.assertEqual(lot.hold_state, "hold")

    def test_a_lot_is_not_released_beside_its_record(self):
        lot = self.order.lot_producing_ids.with_user(self.quality)
        with self.assertRaisesRegex(UserError, self.record.name):
            lot.decide("released", "I think so")
        lot.decide("hold", "Wait")
        lot.decide("released", "Waited long enough")

    def test_exceptions(self):
        self.assertNotIn("Deviations", self.record.exceptions)
        order = self._confirm(10)
        order.qty_producing = 8
        order.set_qty_producing()
        self._complete(order)
        record = self._get_record(order)
        self.assertIn("80 % of theoretical", record.exceptions)
        self.env["mrp.batch.result"].create(
            {
                "record_id": record.id,
                "name": "pH",
                "value": "6",
                "verdict": "fail",
            }
        ).action_add()
        self.assertIn("In-process control: pH 6", record.exceptions)

    def test_dossier(self):
        values = self.order.lot_producing_ids._prepare_dossier()
        self.assertEqual(values["records"], self.order.batch_record_id)
        (_made_of, block), *rest = values["sections"]
        self.assertEqual([row[:2] for row in block["rows"]], [["Milk", "M-1"]])
        self.assertEqual(len(rest), 4)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html(
                "mrp_batch_record.stock_lot_dossier", self.order.lot_producing_ids.ids
            )[0]
            .decode()
        )
        self.assertIn(self.record.name, html)
        self.assertIn("M-1", html)

    def test_who_decided_is_told_of_later_changes(self):
        self.record.action_review()
        self.record._decide("released", "All right")
        self.assertEqual(self.record.decided_user_id, self.quality)
        self.assertFalse(self.record.late_change_count)
        line = self.order.with_user(self.planner).move_raw_ids.move_line_ids[0]
        line.quantity = 39
        line.quantity = 38
        self.assertEqual(self.record.late_change_count, 2)
        activity = self.record.activity_ids
        self.assertEqual(len(activity), 1, "once until it is done")
        self.assertEqual(activity.user_id, self.quality)
        self.assertIn(self.record.name, activity.summary)
        self.assertIn(self.planner.name, activity.note)
        found = self.env["mrp.batch.record"].search([("late_change_count", ">", 0)])
        self.assertEqual(found, self.record)
        activity.with_user(self.quality).action_feedback(feedback="Seen")
        self.quality.group_ids -= self.env.ref(
            "stock_lot_hold.stock_lot_hold_group_release"
        )
        other = self._make_user(
            "test_batch_quality2", "stock_lot_hold.stock_lot_hold_group_release"
        )
        line.quantity = 37
        activity = self.record.sudo().activity_ids
        self.assertTrue(self.company._may_release(activity.user_id))
        self.assertFalse(self.company._may_release(self.quality))
        self.assertTrue(self.company._may_release(other))

    def test_changes_before_the_decision_alarm_nobody(self):
        self.order.move_raw_ids.move_line_ids[0].quantity = 39
        self.assertEqual(self.record.change_count, 1)
        self.assertFalse(self.record.late_change_count)
        self.assertFalse(self.record.activity_ids)
