from odoo import Command
from odoo.exceptions import UserError

from odoo.addons.mrp_operator_skill.exceptions import QualificationError

from .common import SkillCommon


class TestGate(SkillCommon):
    """Who is not qualified does not come to work."""

    def _refuses(self, call, text="not qualified"):
        before = self.cut.time_ids
        with self.assertRaisesRegex(UserError, text), self.cr.savepoint():
            call()
        self.env.invalidate_all()
        self.assertEqual(self.cut.time_ids, before)
        self.assertNotEqual(self.cut.state, "progress")

    def test_start(self):
        self._refuses(lambda: self.cut._start_operators(self.bert))
        self.cut._start_operators(self.anna)
        self.assertEqual(self.cut.state, "progress")

    def test_says_what_to_do(self):
        with self.assertRaises(QualificationError) as refusal:
            self.cut._start_operators(self.bert)
        message = str(refusal.exception)
        for text in ("Bert", "Cut", self.order.name, "Saw (Able)", "Anna", "override"):
            self.assertIn(text, message)
        self.assertEqual(
            refusal.exception.context["override"],
            {
                "workorder_id": self.cut.id,
                "operator_id": self.bert.id,
                "requirement_id": self.requirement.id,
            },
        )

    def test_plan(self):
        self._refuses(
            lambda: self.cut.write({"operator_ids": [Command.link(self.bert.id)]})
        )
        self.cut.operator_ids = self.anna
        self.assertEqual(self.cut.qualification_state, "ok")

    def test_plan_for_the_day_of_the_work(self):
        self._qualify(self.bert, start=5)
        self._refuses(lambda: self.cut.write({"operator_ids": self.bert.ids}))
        self.cut.date_start = self._day(6)
        self.cut.operator_ids = self.bert

    def test_a_crew_is_planned_bit_by_bit(self):
        self.requirement.write({"scope": "count", "crew_count": 2})
        self.cut.operator_ids = self.anna
        self.assertEqual(self.cut.qualification_state, "block")
        self._qualify(self.bert)
        self.cut.operator_ids |= self.bert
        self.assertEqual(self.cut.qualification_state, "ok")

    def test_handover(self):
        self.cut._start_operators(self.anna)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.cut._hand_over(self.anna, self.bert)
        self.assertEqual(self.cut.working_operator_ids, self.anna)

    def test_flag(self):
        self.requirement.mode = "flag"
        self.cut.operator_ids = self.bert
        self.assertEqual(self.cut.qualification_state, "flag")
        self.assertFalse(self._exceptions())
        self.cut._start_operators(self.bert)
        exception = self._exceptions()
        self.assertEqual(
            (exception.operator_id, exception.kind, exception.mode, exception.door),
            (self.bert, "lacking", "flag", "start"),
        )
        self.cut._stop_operators()
        self.cut._start_operators(self.bert)
        self.assertEqual(self._exceptions(), exception)

    def test_another_work_center_while_running(self):
        self.form._start_operators(self.bert)
        with self.assertRaisesRegex(UserError, "not qualified"), self.cr.savepoint():
            self.form.workcenter_id = self.saw
        self.form._stop_operators()

    def test_the_operation_is_not_taken_away(self):
        self._make_requirement(operation_id=self.form.operation_id.id)
        with self.assertRaisesRegex(UserError, "administrator"), self.cr.savepoint():
            self.form.with_user(self.user).operation_id = False

    def test_requirement_changed_while_running(self):
        """Who works goes on; the next start is judged anew."""
        self.cut._start_operators(self.anna)
        self.requirement.skill_level_id = self.master
        self.assertEqual(self.cut.working_operator_ids, self.anna)
        self.cut._stop_operators()
        self.assertEqual(self._exceptions().door, "stop")
        with self.assertRaises(UserError), self.cr.savepoint():
            self.cut._start_operators(self.anna)

    def test_stopping_is_always_allowed(self):
        for stop in ("button_pending", "button_finish", "action_mark_as_done"):
            workorder = self._make_order(self.bom, 1).workorder_ids[:1]
            workorder._start_operators(self.anna)
            self.holding.with_user(self.supervisor).action_invalidate()
            getattr(workorder, stop)()
            if stop == "button_pending":
                workorder._stop_operators()
            self.assertEqual(self._exceptions(workorder).operator_id, self.anna, stop)
            self.holding.with_user(self.supervisor).action_validate()

    def test_completing_in_one_go(self):
        """What nobody was named for is recorded, not refused."""
        self.order.button_mark_done()
        self.assertEqual(self.order.state, "done")
        exceptions = self._exceptions()
        self.assertTrue(exceptions)
        self.assertEqual(set(exceptions.mapped("door")), {"close"})

    def test_completing_many(self):
        orders = self.order | self._make_order(self.bom, 2)
        orders.button_mark_done()
        self.assertEqual(set(orders.mapped("state")), {"done"})
        for order in orders:
            self.assertTrue(self._exceptions(order.workorder_ids[:1]))

    def test_completing_with_qualified_people(self):
        self.cut._start_operators(self.anna)
        self.order.button_mark_done()
        self.assertEqual(self.order.state, "done")
        self.assertFalse(self._exceptions())

    def test_backorders_are_judged_anew(self):
        override = self._ask_override(self.bert)
        override.with_user(self.supervisor).action_approve()
        self.cut._start_operators(self.bert)
        self.order.qty_producing = 4
        self.order.with_context(
            skip_backorder=True, mo_ids_to_backorder=self.order.ids
        ).button_mark_done()
        backorder = self.order.production_group_id.production_ids - self.order
        cut = backorder.workorder_ids[:1]
        self.assertFalse(cut.working_operator_ids)
        with self.assertRaises(UserError), self.cr.savepoint():
            cut._start_operators(self.bert)

    def test_exceptions_are_kept(self):
        self.requirement.mode = "flag"
        self.cut._start_operators(self.bert)
        exception = self._exceptions()
        for context in ({}, {"mrp_reason_server_write": True}):
            record = exception.with_context(**context)
            with self.assertRaisesRegex(UserError, "are what was recorded"):
                record.message = "Nothing"
            with self.assertRaisesRegex(UserError, "are what was recorded"):
                record.unlink()
            with self.assertRaisesRegex(UserError, "are what was recorded"):
                record.copy()

    def test_another_company_is_not_asked(self):
        other = self._make_company("Elsewhere")
        self.assertFalse(
            self.env["mrp.skill.requirement"]
            .with_user(self.user)
            .with_context(allowed_company_ids=self.company.ids)
            .search([("company_id", "=", other.id)])
        )
        stranger = self._make_operator("Stranger", company_id=other.id)
        self._refuses(lambda: self.cut._start_operators(stranger), "works for")
        self.cora.active = False
        self._refuses(lambda: self.cut._start_operators(self.cora), "archived")
