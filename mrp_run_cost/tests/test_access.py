from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import RunCostCommon


@tagged("at_install", "-post_install")
class TestAccess(RunCostCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        milk = cls._make_product("Milk")
        cls._receive(milk, 1000, 0.40)
        cls.order = cls._make_order(
            cls._make_bom(cls._make_product("Cheese"), [(milk, 10)], minutes=60)
        )
        cls.planner = cls._make_user("test_cost_planner", "mrp.group_mrp_user")
        cls.viewer = cls._make_user(
            "test_cost_viewer", "base.group_user,mrp_run_cost.mrp_run_cost_group_viewer"
        )

    @classmethod
    def _make_user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def test_planner_completes_without_seeing_cost(self):
        order = self.order.with_user(self.planner)
        self._complete(order)
        self.assertEqual(order.state, "done")
        for field in ("run_cost_line_ids", "run_cost_actual", "wip_value", "late_cost"):
            with self.assertRaises(AccessError, msg=field):
                order.read([field])
        with self.assertRaises(AccessError):
            order.move_finished_ids.read(["run_value"])
        with self.assertRaises(AccessError):
            self.env["mrp.run.cost.line"].with_user(self.planner).search([])
        with self.assertRaises(AccessError):
            self.env["mrp.run.cost.report"].with_user(self.planner).search([])
        self.assertEqual(self.order.run_cost_actual, self.order.move_finished_ids.value)

    def test_planner_opens_the_form(self):
        with Form(self.order.with_user(self.planner)) as form:
            form.qty_producing = 1

    def test_viewer_reads_and_changes_nothing(self):
        self._complete(self.order)
        order = self.order.with_user(self.viewer)
        self.assertTrue(order.run_cost_actual)
        self.assertTrue(order.run_cost_line_ids)
        with self.assertRaises(AccessError):
            order.run_cost_line_ids.write({"amount": 1})
        with self.assertRaises(AccessError):
            order.write({"name": "X"})
        with self.assertRaises(AccessError):
            order.move_finished_ids.write({"run_value": 1})
        with self.assertRaises(UserError):
            order.action_reallocate_run_cost()

    def test_even_the_responsible_does_not_write_lines(self):
        self._complete(self.order)
        responsible = self._make_user(
            "test_cost_accountant",
            "base.group_user,mrp_run_cost.mrp_run_cost_group_responsible",
        )
        lines = self.order.run_cost_line_ids.with_user(responsible)
        with self.assertRaises(AccessError):
            lines.write({"amount": 1})
        self.order.with_user(responsible).action_reallocate_run_cost()

    def test_other_company_sees_nothing(self):
        company = self._make_company("Third Creamery")
        stranger = new_test_user(
            self.env,
            "test_cost_stranger",
            "base.group_user,mrp_run_cost.mrp_run_cost_group_viewer",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self._complete(self.order)
        env = self.env(user=stranger, context={"allowed_company_ids": company.ids})
        self.env.flush_all()
        self.assertFalse(env["mrp.run.cost.line"].search([]))
        self.assertFalse(env["mrp.run.cost.report"].search([]))
        with self.assertRaises(AccessError):
            self.order.run_cost_line_ids.with_env(env).read(["amount"])
