from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import RunCostCommon


@tagged("post_install", "-at_install")
class TestAnalytic(RunCostCommon):
    """Who may not see analytic items still cancels and splits orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plan = cls.env["account.analytic.plan"].create({"name": "Work centers"})
        cls.analytic = cls.env["account.analytic.account"].create(
            {"name": "Vats", "plan_id": plan.id, "company_id": cls.company.id}
        )
        cls.bom = cls._make_bom(
            cls._make_product("Cheese"), [(cls._make_product("Milk"), 10)], minutes=60
        )
        cls.user = new_test_user(
            cls.env,
            "test_analytic_user",
            "base.group_user,mrp.group_mrp_user",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def _make_own_order(self, worked=False):
        order = self._make_order(self.bom, 4)
        if worked:
            self.workcenter.analytic_distribution = {self.analytic.id: 100}
            order.workorder_ids.duration = 30
            self.assertTrue(order.workorder_ids.wc_analytic_account_line_ids)
        self.env.flush_all()
        self.env.invalidate_all()
        return order.with_user(self.user)

    def test_cancel(self):
        order = self._make_own_order()
        order.action_cancel()
        self.assertEqual(order.state, "cancel")

    def test_cancel_with_items(self):
        order = self._make_own_order(worked=True)
        order.action_cancel()
        self.assertEqual(order.state, "cancel")
        items = self.env["account.analytic.line"]
        self.assertFalse(items.search([("account_id", "=", self.analytic.id)]))

    def test_split(self):
        for worked in (False, True):
            with self.subTest(worked=worked):
                order = self._make_own_order(worked)
                parts = order._split_productions({order: [1, 3]})
                self.assertEqual(parts.mapped("product_qty"), [1, 3])
                items = order.sudo().workorder_ids.wc_analytic_account_line_ids
                self.assertEqual(bool(items), worked)

    def test_copy(self):
        order = self._make_own_order()
        self.assertEqual(order.copy().state, "draft")

    def test_items_stay_hidden(self):
        """Cancelling and splitting open no other way to the items."""
        order = self._make_own_order(worked=True)
        with self.assertRaises(AccessError):
            order.workorder_ids.read(["wc_analytic_account_line_ids"])
        with self.assertRaises(AccessError):
            order.workorder_ids.wc_analytic_account_line_ids.unlink()
