from odoo.exceptions import AccessError, UserError

from ..hooks import uninstall_hook
from .common import SUPERVISOR, OperatorCommon, at


class TestCorrection(OperatorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.log = cls._log(cls.cut, cls.anna, at(8), at(12))
        cls.supervisor = cls._make_user("supervisor-corr", SUPERVISOR)

    def _correct(self, **values):
        wizard = (
            self.env["mrp.time.correct"]
            .with_user(self.supervisor)
            .create(
                {
                    "log_id": self.log.id,
                    "reason_id": self.override_reason.id,
                    **values,
                }
            )
        )
        return wizard.action_correct()

    def test_correct(self):
        self._correct(date_end=at(9), note="went home")
        self.assertEqual(self.log.seconds, 3600)
        correction = self.log.correction_ids
        self.assertEqual(correction.kind, "correction")
        self.assertEqual(correction.user_id, self.supervisor)
        self.assertEqual(correction.reason_id, self.override_reason)
        self.assertEqual(correction.note, "went home")
        self.assertEqual(correction.old_date_end, at(12))
        self.assertEqual(correction.old_seconds, 14400)
        self.assertEqual(correction.new_date_end, at(9))
        self.assertEqual(correction.new_seconds, 3600)

    def test_history_is_complete(self):
        self._correct(date_end=at(9))
        self._correct(operator_id=self.bert.id)
        self._correct(take_back=True)
        self.assertEqual(len(self.log.correction_ids), 3)
        self.assertFalse(self.log.active)
        self.assertFalse(self.cut.time_ids)
        self.assertEqual(self.cut.duration, 0)
        self.assertEqual(self.log.operator_id, self.bert)

    def test_supervisors_only(self):
        for user in (
            self.user,
            self._make_user("manager-corr", "mrp.group_mrp_manager"),
        ):
            log = self.log.with_user(user)
            with self.assertRaisesRegex(AccessError, "by supervisors"):
                log._correct({"date_end": at(9)}, self.override_reason)
            with self.assertRaises(AccessError):
                self.env["mrp.time.correct"].with_user(user).create(
                    {"log_id": log.id, "reason_id": self.override_reason.id}
                )
        self.assertEqual(self.log.seconds, 14400)

    def test_needs_a_reason_that_fits(self):
        with self.assertRaisesRegex(UserError, "does not fit"):
            self._correct(reason_id=self.scrap_reason.id)
        self.override_reason.note_required = True
        with self.assertRaisesRegex(UserError, "needs a note"):
            self._correct(date_end=at(9))
        self.assertFalse(self.log.correction_ids)

    def test_not_in_the_future(self):
        with self.assertRaisesRegex(UserError, "still to come"):
            self._correct(date_end="2999-01-01 00:00:00")

    def test_other_operator_is_checked(self):
        self.bert.operator_date_end = "2025-01-01"
        with self.assertRaisesRegex(UserError, "Bert works here until"):
            self._correct(operator_id=self.bert.id)

    def test_append_only(self):
        self._correct(date_end=at(9))
        correction = self.log.correction_ids
        for user in (self.supervisor, self.env.user):
            with self.assertRaises(UserError):
                correction.with_user(user).write({"note": "x"})
            with self.assertRaises(UserError):
                correction.with_user(user).unlink()
        with self.assertRaisesRegex(UserError, "Correct Time"):
            correction.copy()
        with self.assertRaisesRegex(UserError, "kept"):
            correction.unlink()

    def test_deleting_is_archiving(self):
        self.log.with_user(self.user).unlink()
        self.assertTrue(self.log.exists())
        self.assertFalse(self.log.active)
        self.assertEqual(self.log.correction_ids.kind, "archive")
        self.assertEqual(self.log.correction_ids.user_id, self.user)
        self.assertEqual(self.cut.duration, 0)

    def test_deleting_a_running_clock(self):
        self.form._start_operators(self.bert)
        log = self.form.time_ids
        self.form.with_user(self.user).write({"time_ids": [(2, log.id)]})
        self.assertFalse(log.active)
        self.assertTrue(log.date_end)
        self.assertFalse(self.form.working_operator_ids)

    def test_deleting_what_nobody_tracks(self):
        """As Odoo does it."""
        self.company.mrp_operator_tracking = False
        log = self._log(self.form, None, at(8), at(9))
        log.with_user(self.user).unlink()
        self.assertFalse(log.exists())

    def test_deleting_a_block(self):
        log = self.env["mrp.workcenter.productivity"].create(
            {
                "workcenter_id": self.saw.id,
                "loss_id": self.env.ref("mrp.block_reason0").id,
            }
        )
        log.unlink()
        self.assertFalse(log.exists())

    def test_reason_that_was_used(self):
        self._correct(date_end=at(9))
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.override_reason.unlink()

    def test_uninstall(self):
        """What was taken back does not come back when the add-on goes."""
        self._correct(take_back=True)
        kept = self._log(self.form, self.anna, at(14), at(15))
        self.env.flush_all()
        uninstall_hook(self.env)
        self.env.invalidate_all()
        self.assertFalse(self.log.exists())
        self.assertTrue(kept.exists())

    def test_deleted_order_keeps_corrections(self):
        order = self._make_order(self.bom, 1)
        log = self._log(order.workorder_ids[0], self.anna, at(14), at(15))
        log._correct({"active": False}, self.override_reason)
        order.action_cancel()
        order.unlink()
        self.assertTrue(log.exists())
        self.assertEqual(log.correction_ids.old_seconds, 3600)
