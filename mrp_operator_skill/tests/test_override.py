from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError

from .common import SkillCommon


class TestOverride(SkillCommon):
    """Who lets somebody do what he is not qualified for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls._make_user("bert")
        cls.bert.user_id = cls.operator

    def test_request_and_approve(self):
        override = self._ask_override(self.bert, self.operator)
        self.assertEqual(override.state, "requested")
        self.assertEqual(override.requested_by_id, self.operator)
        self.assertIn(self.supervisor, override.activity_ids.user_id)
        self.assertEqual(self._kinds(self.bert), ["lacking"])
        override.with_user(self.supervisor).action_approve()
        self.assertEqual(override.state, "approved")
        self.assertEqual(override.supervisor_id, self.supervisor)
        self.assertFalse(override.activity_ids)
        self.assertFalse(self._problems(self.bert))
        self.assertEqual(self._kinds(self.cora), ["lacking"])
        self.cut._start_operators(self.bert)
        self.assertEqual(self.cut.working_operator_ids, self.bert)
        self.assertEqual(self.cut.qualification_state, "override")

    def test_for_one_work_order_and_requirement(self):
        self._ask_override(self.bert).with_user(self.supervisor).action_approve()
        other = self._make_order(self.bom, 1).workorder_ids[:1]
        self.assertTrue(other._get_qualification_problems(self.bert)[other])
        second = self._make_requirement(skill_level_id=self.master.id)
        [problem] = self._problems(self.bert)
        self.assertEqual(problem["requirement_id"], second.id)

    def test_refuse(self):
        override = self._ask_override(self.bert)
        override.with_user(self.supervisor).action_refuse()
        self.assertEqual(self._kinds(self.bert), ["lacking"])
        self._ask_override(self.bert)

    def test_operators_do_not_approve(self):
        override = self._ask_override(self.cora, self.operator)
        for user in (self.operator, self.user):
            for action in ("action_approve", "action_refuse"):
                with self.assertRaisesRegex(UserError, "Only supervisors"):
                    getattr(override.with_user(user), action)()
        self.assertEqual(override.state, "requested")

    def test_nobody_approves_his_own(self):
        self.operator.group_ids |= self.env.ref(
            "mrp_operator.mrp_operator_group_supervisor"
        )
        override = self._ask_override(self.bert, self.operator)
        self.assertNotIn(self.operator, override.activity_ids.user_id)
        self.assertFalse(override.with_user(self.operator).can_decide)
        with self.assertRaisesRegex(UserError, "for himself"):
            override.with_user(self.operator).action_approve()

    def test_a_reason_that_fits(self):
        override = self._ask_override(self.bert, reason_id=False)
        with self.assertRaisesRegex(UserError, "needs a reason"):
            override.with_user(self.supervisor).action_approve()
        override.with_user(self.supervisor).reason_id = self.scrap_reason
        with self.assertRaisesRegex(UserError, "does not fit"):
            override.with_user(self.supervisor).action_approve()

    def test_a_supervisor_asks_and_approves(self):
        override = self._ask_override(self.bert, self.supervisor)
        override.action_approve()
        self.assertEqual(override.state, "approved")

    def test_second_supervisor(self):
        override = self._ask_override(self.bert)
        override.with_user(self.supervisor).action_approve()
        answer = override.with_user(self.other_supervisor).action_approve()
        self.assertEqual(answer["tag"], "display_notification")
        answer = override.with_user(self.other_supervisor).action_refuse()
        self.assertEqual(override.state, "approved")
        self.assertEqual(override.supervisor_id, self.supervisor)

    def test_one_at_a_time(self):
        self._ask_override(self.bert)
        with self.assertRaisesRegex(UserError, "already"):
            self._ask_override(self.bert)

    def test_what_is_not_asked_for(self):
        with self.assertRaisesRegex(UserError, "does not ask for"):
            self._ask_override(self.bert, workorder_id=self.form.id)

    def test_people_who_may_not_work(self):
        for values, text in (
            ({"active": False}, "archived"),
            ({"is_operator": False}, "no operator"),
        ):
            self.cora.write(values)
            with self.assertRaisesRegex(UserError, text):
                self._ask_override(self.cora)
            self.cora.write({"active": True, "is_operator": True})

    def test_nothing_is_forged(self):
        forged = {
            "state": "approved",
            "supervisor_id": self.supervisor.id,
            "decision_date": fields.Datetime.now(),
            "requested_by_id": self.supervisor.id,
            "break_glass": True,
            "review_state": "accepted",
        }
        context = {f"default_{name}": value for name, value in forged.items()}
        context["mrp_reason_server_write"] = True
        overrides = self.env["mrp.skill.override"].with_context(**context)
        override = self._ask_override(self.bert, self.operator, **forged)
        self.assertEqual(override.state, "requested")
        self.assertFalse(override.supervisor_id or override.break_glass)
        self.assertEqual(override.requested_by_id, self.operator)
        for name, value in forged.items():
            with self.assertRaisesRegex(UserError, "is a record"):
                overrides.browse(override.id).with_user(self.supervisor).write(
                    {name: value}
                )
        with self.assertRaises(UserError):
            override.with_user(self.supervisor).unlink()
        with self.assertRaises(UserError):
            override.unlink()
        override.with_user(self.supervisor).action_approve()
        with self.assertRaisesRegex(UserError, "is decided"):
            override.with_user(self.supervisor).note = "Other"

    def test_cancel(self):
        override = self._ask_override(self.bert, self.operator)
        with self.assertRaisesRegex(UserError, "only they"):
            override.with_user(self.user).action_cancel()
        override.action_cancel()
        self.assertEqual(override.state, "cancelled")

    def test_the_operation_goes(self):
        override = self._ask_override(self.bert)
        override.with_user(self.supervisor).action_approve()
        self.order.action_cancel()
        self.cut.unlink()
        self.assertFalse(override.workorder_id)
        self.assertEqual(override.workorder_name, "Cut")


class TestBreakGlass(SkillCommon):
    """Without a supervisor: alert, review, and no release until then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls._make_user("bert")
        cls.bert.user_id = cls.operator
        cls.company.mrp_break_glass = True

    def _break(self, user=None):
        override = self._ask_override(self.bert, user or self.operator)
        override.action_break_glass()
        return override

    def test_not_allowed(self):
        self.company.mrp_break_glass = False
        with self.assertRaisesRegex(UserError, "does not allow"):
            self._break()
        self.assertEqual(self._kinds(self.bert), ["lacking"])

    def test_note(self):
        override = self._ask_override(self.bert, self.operator, note=False)
        with self.assertRaisesRegex(UserError, "needs a note"):
            override.action_break_glass()

    def test_break_and_accept(self):
        self.company.mrp_break_glass_hours = 8
        override = self._break()
        self.assertFalse(self._problems(self.bert))
        self.assertEqual(
            override.review_deadline - override.decision_date, timedelta(hours=8)
        )
        self.assertFalse(override.supervisor_id)
        self.assertEqual(
            override.activity_ids.user_id & (self.supervisor | self.other_supervisor),
            self.supervisor | self.other_supervisor,
        )
        self.assertIn(
            self.supervisor.partner_id, override.message_ids.notified_partner_ids
        )
        [reason] = self.order._get_pending_release_reasons()
        self.assertIn("not reviewed", reason)
        override.with_user(self.supervisor).action_accept()
        self.assertEqual(override.review_state, "accepted")
        self.assertFalse(override.activity_ids)
        self.assertFalse(self.order._get_pending_release_reasons())

    def test_overdue_blocks_release_not_the_machine(self):
        override = self._break()
        self.assertFalse(override.is_overdue)
        overdue = self.env["mrp.skill.override"].search([("is_overdue", "=", True)])
        self.assertNotIn(override, overdue)
        with freeze_time(fields.Datetime.now() + timedelta(hours=25)):
            override.invalidate_recordset()
            self.assertTrue(override.is_overdue)
            overdue = self.env["mrp.skill.override"].search([("is_overdue", "=", True)])
            self.assertIn(override, overdue)
            self.assertTrue(self.order._get_pending_release_reasons())
            self.cut._start_operators(self.bert)
            self.cut._stop_operators(self.bert)

    def test_reject(self):
        override = self._break()
        override.with_user(self.supervisor).action_reject()
        self.assertEqual(override.state, "refused")
        self.assertEqual(self._kinds(self.bert), ["lacking"])
        self.assertFalse(self.order._get_pending_release_reasons())

    def test_nobody_reviews_what_he_broke(self):
        override = self._break(self.supervisor)
        with self.assertRaisesRegex(UserError, "broke the glass yourself"):
            override.with_user(self.supervisor).action_accept()
        with self.assertRaisesRegex(UserError, "Only supervisors"):
            override.with_user(self.operator).action_accept()
        override.with_user(self.other_supervisor).action_accept()
