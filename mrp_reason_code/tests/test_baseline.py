from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form

from .common import ReasonCommon


class TestBaseline(ReasonCommon):
    def test_the_plan_is_frozen_when_core_overwrites_its_own(self):
        """An order due three days ago gets an end in the future when it starts."""
        start = datetime(2025, 3, 3, 8)
        order = self._make_order(self.bom, 10, date_start=start)
        planned = order.date_finished
        self.assertEqual((order.baseline_start, order.baseline_end), (start, planned))
        order.workorder_ids[0].button_start()
        self.assertGreater(order.date_finished, planned + timedelta(days=30))
        self.assertEqual(order.baseline_end, planned)
        self.assertGreater(order.baseline_lateness, 24)
        self._complete(order)
        self.assertEqual(order.baseline_end, planned)
        self.assertGreater(order.baseline_lateness, 24)

    def test_the_first_planning_freezes_the_operations(self):
        order = self._make_order(self.bom, 10)
        promised = order.baseline_end
        self.assertFalse(any(order.workorder_ids.mapped("baseline_end")))
        order.date_start += timedelta(days=30)
        order.button_plan()
        self.assertEqual(order.baseline_end, promised)
        first = order.workorder_ids[0]
        self.assertEqual(first.baseline_start, first.date_start)
        frozen = first.baseline_end
        order.button_unplan()
        order.date_start += timedelta(days=9)
        order.button_plan()
        self.assertEqual(first.baseline_end, frozen)

    def test_replanning_needs_a_reason_and_keeps_the_history(self):
        order = self._make_order(self.bom, 10)
        order.button_plan()
        changes = order.baseline_change_ids
        end, operation_end = order.baseline_end, order.workorder_ids[0].baseline_end
        wizard = Form(
            self.env["mrp.replan"]
            .with_user(self.user)
            .with_context(**order.action_replan_baseline()["context"])
        )
        wizard.new_end = end + timedelta(days=1)
        with self.assertRaises(AssertionError):
            wizard.save()
        wizard.reason_id = self.delay_reason
        wizard.save().action_replan()
        self.assertEqual(order.baseline_end, end + timedelta(days=1))
        self.assertEqual(
            order.workorder_ids[0].baseline_end, operation_end + timedelta(days=1)
        )
        change = order.baseline_change_ids - changes
        self.assertEqual((change.old_end, change.new_end), (end, order.baseline_end))
        self.assertEqual(change.shift_hours, 24)
        self.assertEqual(
            (change.user_id, change.reason_id), (self.user, self.delay_reason)
        )

    def test_nobody_writes_the_plan(self):
        order = self._make_order(self.bom, 10)
        for record in (order, order.workorder_ids[0]):
            for user in (self.env.user, self.user):
                with self.assertRaisesRegex(UserError, "Re-plan"):
                    record.with_user(user).write({"baseline_end": datetime.now()})
        fake = self.env["mrp.production"].create(
            self._prepare_order(self.bom, 1, baseline_end=datetime(2099, 1, 1))
        )
        self.assertFalse(fake.baseline_end)
        crafted = self.env["mrp.production"].with_context(
            default_baseline_end="2099-01-01 00:00:00"
        )
        fake = crafted.create(self._prepare_order(self.bom, 1))
        fake.action_confirm()
        self.assertFalse(any(fake.workorder_ids.mapped("baseline_end")))

    def test_dates_that_make_no_sense(self):
        order = self._make_order(self.bom, 10)
        with self.assertRaises(UserError):
            order._replan_baseline(order.baseline_end, order.baseline_start, {})
        self._complete(order)
        with self.assertRaises(UserError):
            order._replan_baseline(order.baseline_start, order.baseline_end, {})

    def test_backorder_and_merge_stay_late(self):
        start = datetime(2025, 3, 3, 8)
        order = self._make_order(self.bom, 10, date_start=start)
        order.button_plan()
        order.qty_producing = 4
        order._set_qty_producing()
        order.with_context(
            mo_ids_to_backorder=order.ids,
            skip_backorder=True,
            skip_consumption=True,
            skip_redirection=True,
        ).button_mark_done()
        backorder = order.production_group_id.production_ids - order
        self.assertEqual(backorder.baseline_end, order.baseline_end)
        self.assertEqual(
            backorder.workorder_ids[0].baseline_end,
            order.workorder_ids[0].baseline_end,
        )
        backorder.button_unplan()
        later = self._make_order(self.bom, 6, date_start=start + timedelta(days=2))
        action = (backorder | later).action_merge()
        merged = self.env["mrp.production"].browse(action["res_id"])
        self.assertEqual(merged.baseline_end, order.baseline_end)

    def test_late_orders_are_found(self):
        late = self._make_order(self.bom, 1, date_start=datetime(2025, 3, 3, 8))
        soon = self._make_order(
            self.bom, 1, date_start=datetime.now() + timedelta(days=2)
        )
        found = self.env["mrp.production"].search([("baseline_lateness", ">", 0)])
        self.assertIn(late, found)
        self.assertNotIn(soon, found)
        self._complete(late | soon)
        found = self.env["mrp.production"].search([("baseline_lateness", ">", 0)])
        self.assertIn(late, found)
        self.assertNotIn(soon, found)


class TestLateFinish(ReasonCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mrp_delay_tracking = True

    def _make_late_order(self):
        with freeze_time("2025-03-03 08:00:00"):
            order = self._make_order(self.bom, 10, date_start=datetime(2025, 3, 3, 9))
            order.button_plan()
        return order

    def test_a_late_order_waits_for_a_reason_and_is_never_refused(self):
        order = self._make_late_order()
        self.user.group_ids -= self.env.ref("mrp.group_mrp_user")
        # as a subcontractor's receipt does: no rights, no answer wanted
        order.with_user(self.user).sudo().with_context(
            skip_backorder=True, skip_consumption=True
        ).button_mark_done()
        self.assertEqual(order.state, "done")
        run = order.delay_ids.filtered(lambda d: d.kind == "late_run")
        self.assertEqual(run.state, "pending")
        self.assertEqual(run.date_start, order.baseline_end)
        self.assertEqual(
            run.seconds, (order.date_finished - order.baseline_end).total_seconds()
        )
        operations = order.delay_ids - run
        self.assertEqual(operations.workorder_id, order.workorder_ids)
        self.assertEqual(order.pending_reason_count, 4)
        self.assertEqual(order._get_pending_reasons(), order.delay_ids)

    def test_on_screen_the_reason_is_asked(self):
        order = self._make_late_order()
        action = order.with_context(
            skip_backorder=True, skip_consumption=True, ask_reason=True
        ).button_mark_done()
        self.assertEqual(order.state, "done")
        self.assertEqual(action["res_model"], "mrp.delay")

    def test_within_tolerance(self):
        self.company.mrp_delay_tolerance = 60
        order = self._make_late_order()
        with freeze_time(order.baseline_end + timedelta(minutes=59)):
            self._complete(order)
        self.assertFalse(order.delay_ids.filtered(lambda d: d.kind == "late_run"))

    def test_nothing_is_recorded_until_configured(self):
        self.company.mrp_delay_tracking = False
        order = self._make_late_order()
        self._complete(order)
        self.assertFalse(order.delay_ids)
