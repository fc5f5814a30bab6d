from odoo import Command

from .common import SkillCommon


class TestRemoval(SkillCommon):
    """An operation asks for something: what if a planner takes it away?"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Odoo lets nobody else delete work orders
        cls.user.group_ids += cls.env.ref("analytic.group_analytic_accounting")
        cls.requirement.unlink()
        cls.asked = cls._make_requirement(operation_id=cls.cut.operation_id.id)

    def _replace(self, order):
        """Put a work order that asks for nothing in the place of one that does."""
        order.with_user(self.user).workorder_ids = [
            Command.delete(order.workorder_ids[0].id),
            Command.create({"name": "Cut by hand", "workcenter_id": self.press.id}),
        ]

    def _get_exceptions(self, order):
        return self.env["mrp.skill.exception"].search(
            [("production_id", "=", order.id)]
        )

    def test_recorded(self):
        self._replace(self.order)
        self.assertFalse(self.cut.exists())
        exception = self._get_exceptions(self.order)
        self.assertEqual((exception.door, exception.kind), ("remove", "removed"))
        self.assertEqual(exception.user_id, self.user)
        self.assertEqual(exception.workorder_name, "Cut")
        self.assertEqual(exception.requirement_id, self.asked)
        self.assertIn("Saw (Able)", exception.message)
        self.assertEqual(self.order.skill_exception_count, 1)

    def test_not_released(self):
        draft = self.env["mrp.production"].create(self._prepare_order(self.bom, 1))
        self._replace(draft)
        self.assertFalse(self._get_exceptions(draft))

    def test_asked_by_work_center(self):
        """Whatever is done there asks for it: nothing is lost."""
        self.asked.unlink()
        self._make_requirement()
        self._replace(self.order)
        self.assertFalse(self._get_exceptions(self.order))

    def test_nothing_asked_for(self):
        self.order.with_user(self.user).workorder_ids = [Command.delete(self.form.id)]
        self.assertFalse(self._get_exceptions(self.order))

    def test_deleted_order(self):
        self.order.action_cancel()
        self.order.unlink()
        self.assertFalse(
            self.env["mrp.skill.exception"].search([("kind", "=", "removed")])
        )
