from odoo.tests import tagged

from .common import RunCostCommon


@tagged("at_install", "-post_install")
class TestPlan(RunCostCommon):
    """The plan is that of the confirmation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.milk = cls._make_product("Milk")
        cls.cheese = cls._make_product("Cheese")
        cls._receive(cls.milk, 1000, 0.40)

    def _split(self, order, quantity):
        """Complete a part of an order.

        :return: the backorder
        """
        order.qty_producing = quantity
        order._set_qty_producing()
        known = order.production_group_id.production_ids
        order.with_context(
            skip_consumption=True,
            skip_backorder=True,
            skip_redirection=True,
            mo_ids_to_backorder=order.ids,
        ).button_mark_done()
        return order.production_group_id.production_ids - known

    def _read_plan(self, orders):
        """:return: planned amount per element and kind of source"""
        return orders.env["mrp.run.cost.line"]._read_group(
            [("production_id", "in", orders.ids)],
            ["element_id", "product_id", "overhead_id"],
            ["planned_amount:sum"],
        )

    def test_backorder_keeps_plan_and_cost_apart(self):
        bom = self._make_bom(self.cheese, [(self.milk, 10)], minutes=6)
        order = self._make_order(bom, 10)
        backorder = self._split(order, 4)
        material = self.env["mrp.cost.element"]._get("material")
        for run, planned in ((order, 16), (backorder, 24)):
            lines = run.run_cost_line_ids.filtered(
                lambda line: line.element_id == material
            )
            self.assertEqual(lines.planned_amount, planned)
        self._complete(backorder)
        self.assertEqual(
            order.run_cost_actual + backorder.run_cost_actual,
            sum((order | backorder).move_finished_ids.mapped("value")),
        )
        self.assertBalanced(order | backorder)

    def test_backorders_share_the_plan_of_the_confirmation(self):
        """What prices and rates have become since changes no plan."""
        overhead = self.env["mrp.workcenter.overhead"].create(
            {"workcenter_id": self.workcenter.id, "name": "Energy", "rate": 3.34}
        )
        salt = self._make_product("Salt", price=0.33)
        bom = self._make_bom(self.cheese, [(self.milk, 10), (salt, 1)], minutes=7)
        order = self._make_order(bom, 10, extra_cost=0.01)
        plan = self._read_plan(order)
        self.assertTrue(all(amount for *_source, amount in plan))
        self.workcenter.costs_hour = 90
        overhead.rate = 5
        (self.milk | salt).write({"standard_price": 7})
        backorder = self._split(order, 3)
        second = self._split(backorder, 4)
        orders = order | backorder | second
        self.assertEqual(orders.mapped("product_qty"), [3, 4, 3])
        self.env.flush_all()
        self.assertEqual(self._read_plan(orders), plan)
        for run in orders:
            lines = run.run_cost_line_ids
            self.assertEqual(len(lines), 5)
            self.assertEqual(
                lines.move_id.raw_material_production_id
                | lines.workorder_id.production_id,
                run,
            )
        self._complete(second)
        self.assertEqual(len(second.run_cost_line_ids), 5)
        self.assertBalanced(orders)

    def test_split_order_shares_its_plan(self):
        order = self._make_order(self._make_bom(self.cheese, [(self.milk, 10)]), 10)
        self.milk.standard_price = 7
        parts = order._split_productions({order: [3, 3, 4]})
        self.assertEqual(parts.mapped("run_cost_planned"), [12, 12, 16])

    def test_plan_follows_the_quantity(self):
        order = self._make_order(self._make_bom(self.cheese, [(self.milk, 10)]), 5)
        self.env["change.production.qty"].create(
            {"mo_id": order.id, "product_qty": 8}
        ).change_prod_qty()
        self.assertEqual(order.run_cost_line_ids.mapped("planned_amount"), [32])
        order.action_confirm()
        self.assertEqual(order.run_cost_planned, 32)

    def test_plan_forgets_removed_components(self):
        salt, rennet = self._make_product("Salt"), self._make_product("Rennet")
        for product in (salt, rennet):
            self._receive(product, 100, 1)
        bom = self._make_bom(self.cheese, [(self.milk, 10), (salt, 1), (rennet, 1)])
        order = self._make_order(bom, 5)
        self.assertEqual(order.run_cost_planned, 30)
        removed = order.move_raw_ids.filtered(lambda m: m.product_id != self.milk)
        removed._action_cancel()
        removed.unlink()
        self.env["change.production.qty"].create(
            {"mo_id": order.id, "product_qty": 10}
        ).change_prod_qty()
        self.assertEqual(order.run_cost_planned, 40)

    def test_merged_orders_are_planned(self):
        bom = self._make_bom(self.cheese, [(self.milk, 10)])
        orders = self._make_order(bom, 2) | self._make_order(bom, 3)
        action = orders.action_merge()
        merged = self.env["mrp.production"].browse(action["res_id"])
        self.assertEqual(merged.run_cost_planned, 20)
