from datetime import datetime, timedelta

from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from .common import ReasonCommon


class TestDelay(ReasonCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mrp_delay_tracking = True
        always = cls.env["resource.calendar"].create(
            {
                "name": "Day and night",
                "tz": "UTC",
                "company_id": cls.company.id,
                "attendance_ids": [
                    Command.create(
                        {
                            "name": day,
                            "dayofweek": day,
                            "hour_from": 0,
                            "hour_to": 24,
                        }
                    )
                    for day in "0123456"
                ],
            }
        )
        # from 8 to 12 and from 13 to 17, Monday to Friday
        cls.shifts = cls.env["resource.calendar"].create(
            {"name": "Shifts", "tz": "UTC", "company_id": cls.company.id}
        )
        (cls.saw | cls.press | cls.paint).resource_calendar_id = always
        cls.order = cls._make_order(cls.bom, 10)
        cls.operation = cls.order.workorder_ids[0]

    def _pause(self, seconds, start=None):
        """:return: the stop"""
        start = start or datetime.now().replace(microsecond=0)
        with freeze_time(start):
            self.operation.button_start()
        with freeze_time(start + timedelta(minutes=1)):
            self.operation.button_pending()
        with freeze_time(start + timedelta(minutes=1, seconds=seconds)):
            self.operation.button_start()
        return self.order.delay_ids.sorted("id")[-1]

    def _get_activities(self, delay):
        return self.env["mail.activity"].search(
            [("res_model", "=", "mrp.delay"), ("res_id", "in", delay.ids)]
        )

    def test_a_micro_stop_is_counted_not_asked(self):
        stop = self._pause(179)
        self.assertEqual((stop.kind, stop.seconds, stop.state), ("pause", 179, "micro"))
        self.assertFalse(self.order.pending_reason_count)

    def test_a_stop_waits_for_its_reason(self):
        stop = self._pause(180)
        self.assertEqual(stop.state, "pending")
        self.env["mrp.delay"]._ask_reasons()
        self.env["mrp.delay"]._ask_reasons()
        activity = self._get_activities(stop)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.order.user_id)
        stop.with_user(self.user).quick_reason_id = self.stop_reason
        self.assertEqual(stop.state, "classified")
        self.assertEqual(stop.line_ids.seconds, 180)
        self.assertFalse(self._get_activities(stop).filtered("active"))

    def test_the_supervisor_is_asked(self):
        self.company.mrp_reason_user_id = self.user
        stop = self._pause(600)
        self.env["mrp.delay"]._ask_reasons()
        self.assertEqual(self._get_activities(stop).user_id, self.user)

    def test_two_people_pause_when_the_last_one_stops(self):
        self.operation.button_start()
        self.operation.with_user(self.user).button_start()
        self.operation.button_pending()
        self.assertFalse(self.order.delay_ids)
        self.operation.with_user(self.user).button_pending()
        self.assertEqual(len(self.order.delay_ids), 1)

    def test_finishing_ends_a_pause(self):
        self.operation.button_start()
        self.operation.button_pending()
        self.operation.button_finish()
        self.assertTrue(self.order.delay_ids.date_end)

    def test_pausing_on_screen_asks(self):
        self.operation.button_start()
        action = self.operation.with_context(ask_reason=True).button_pending()
        self.assertEqual(action["res_id"], self.order.delay_ids.id)
        self.assertFalse(self.operation.is_user_working)
        form = Form(self.order.delay_ids.with_user(self.user), action["views"][0][0])
        form.quick_reason_id = self.stop_reason
        form.quick_note = "Belt"
        form.save()
        self.assertEqual(self.order.delay_ids.line_ids.note, "Belt")

    def test_a_blocked_work_center(self):
        loss = self.env.ref("mrp.block_reason0")
        self.stop_reason.loss_id = loss
        log = self.env["mrp.workcenter.productivity"].create(
            {
                "workcenter_id": self.saw.id,
                "loss_id": loss.id,
                "company_id": self.company.id,
            }
        )
        log.button_block()
        self.assertEqual(log.mrp_reason_id, self.stop_reason)
        stop = log.delay_ids
        self.assertEqual((stop.kind, stop.state), ("block", "classified"))
        self.saw.unblock()
        self.assertEqual(stop.date_end, log.date_end)

    def test_blocking_is_never_refused_for_a_reason(self):
        self.stop_reason.note_required = True
        self.stop_reason.loss_id = self.env.ref("mrp.block_reason0")
        for reason in (False, self.scrap_reason, self.stop_reason):
            log = self.env["mrp.workcenter.productivity"].create(
                {
                    "workcenter_id": self.saw.id,
                    "loss_id": self.env.ref("mrp.block_reason0").id,
                    "company_id": self.company.id,
                    "mrp_reason_id": reason and reason.id,
                }
            )
            self.assertEqual(log.delay_ids.state, "pending")
            log.date_end = log.date_start

    def test_blocking_without_a_known_reason_is_pending(self):
        log = self.env["mrp.workcenter.productivity"].create(
            {
                "workcenter_id": self.saw.id,
                "loss_id": self.env.ref("mrp.block_reason1").id,
                "company_id": self.company.id,
            }
        )
        self.assertEqual(log.delay_ids.state, "pending")
        ended = log.date_start + timedelta(minutes=40)
        log.date_end = ended
        log.date_end = log.date_start
        self.assertEqual(log.delay_ids.date_end, ended)
        with self.assertRaises(UserError), self.cr.savepoint():
            log.mrp_reason_id = self.scrap_reason

    def test_a_stop_lasts_in_working_hours(self):
        """From Friday evening to Monday morning nobody would have worked."""
        self.saw.resource_calendar_id = self.shifts
        stop = self._pause(63 * 3600, datetime(2025, 3, 7, 16, 29))
        self.assertEqual(stop.seconds, 30 * 60)

    def test_pausing_twice_is_one_stop(self):
        self.operation.button_start()
        self.operation.button_pending()
        self.operation.button_pending()
        self.assertEqual(len(self.order.delay_ids), 1)

    def test_switched_off_while_paused(self):
        self.operation.button_start()
        self.operation.button_pending()
        self.company.mrp_delay_tracking = False
        self.assertTrue(self.order.delay_ids.date_end)

    def test_the_supervisor_classifies_after_the_shift(self):
        self.company.mrp_reason_user_id = self.user
        stop = self._pause(600, datetime(2025, 3, 3, 9))
        stop.with_user(self.user).quick_reason_id = self.stop_reason
        self.assertEqual(stop.state, "classified")

    def test_reasons_that_are_replaced_are_kept(self):
        stop = self._pause(600)
        stop.with_user(self.user).quick_reason_id = self.stop_reason
        line = stop.line_ids.with_user(self.user)
        for vals in ({"seconds": 1}, {"user_id": self.env.uid}):
            with self.assertRaises(UserError):
                line.write(vals)
        line.reason_id = self.delay_reason
        self.assertIn("T-DT", str(stop.message_ids.mapped("body")))

    def test_after_the_shift_administrators_classify(self):
        self.saw.resource_calendar_id = self.shifts
        stop = self._pause(600, datetime(2025, 3, 3, 9))
        self.assertEqual(stop.deadline, datetime(2025, 3, 3, 17))
        with self.assertRaisesRegex(UserError, "administrator"), self.cr.savepoint():
            stop.with_user(self.user).quick_reason_id = self.stop_reason
        with self.assertRaises(UserError), self.cr.savepoint():
            self.env["mrp.delay.line"].with_user(self.user).create(
                {"delay_id": stop.id, "reason_id": self.stop_reason.id}
            )
        stop.quick_reason_id = self.stop_reason
        self.assertEqual(stop.state, "classified")

    def test_nobody_writes_what_happened(self):
        stop = self._pause(600)
        with self.assertRaises(UserError):
            stop.with_user(self.user).write({"date_end": datetime.now()})
        with self.assertRaises(UserError):
            stop.with_user(self.user).write({"state": "micro"})
        with self.assertRaises(AccessError):
            stop.with_user(self.user).unlink()
        with self.assertRaises(AccessError):
            self.env["mrp.delay"].with_user(self.user).create(
                {
                    "kind": "pause",
                    "company_id": self.company.id,
                    "date_start": datetime.now(),
                }
            )

    def test_reasons_that_do_not_fit(self):
        stop = self._pause(600)
        with self.assertRaisesRegex(UserError, "T-SC"), self.cr.savepoint():
            stop.quick_reason_id = self.scrap_reason
        self.stop_reason.workcenter_ids = self.paint
        with self.assertRaisesRegex(UserError, "Paint"), self.cr.savepoint():
            stop.quick_reason_id = self.stop_reason
        self.stop_reason.workcenter_ids = False
        line = {"delay_id": stop.id, "reason_id": self.stop_reason.id}
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.env["mrp.delay.line"].create([line, line])

    @settings(max_examples=20, deadline=None, derandomize=True, database=None)
    @given(
        st.integers(180, 10**5),
        st.lists(st.floats(0.01, 100), min_size=1, max_size=5),
    )
    def test_reasons_share_all_of_the_time(self, seconds, weights):
        with self.cr.savepoint() as savepoint:
            stop = self._pause(seconds)
            reasons = self.env["mrp.reason"].create(
                [
                    {"name": f"R{i}", "code": f"R{i}", "category": "downtime"}
                    for i, _weight in enumerate(weights)
                ]
            )
            self.env["mrp.delay.line"].create(
                [
                    {"delay_id": stop.id, "reason_id": reason.id, "weight": weight}
                    for reason, weight in zip(reasons, weights, strict=True)
                ]
            )
            self.assertEqual(sum(stop.line_ids.mapped("seconds")), seconds)
            stop.line_ids[0].weight = 50
            self.assertEqual(sum(stop.line_ids.mapped("seconds")), seconds)
            savepoint.rollback()
