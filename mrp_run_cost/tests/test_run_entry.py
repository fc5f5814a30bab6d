from odoo.tests import Form, tagged

from .common import RunCostCommon


@tagged("at_install", "-post_install")
class TestRunEntry(RunCostCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.milk = cls._make_product("Milk")
        cls._receive(cls.milk, 1000, 0.40)

    def test_one_named_entry_per_order(self):
        cheese = self._make_product("Cheese")
        bom = self._make_bom(cheese, [(self.milk, 10)], minutes=60)
        orders = self._make_order(bom, 1) | self._make_order(bom, 2)
        self._complete(orders)
        for order in orders:
            self.assertEqual(len(order.run_entry_ids), 1)
            self.assertIn(order.name, order.run_entry_ids.ref)
            moves = order.move_raw_ids | order.move_finished_ids
            self.assertEqual(moves.account_move_id, order.run_entry_ids)
        self.assertBalanced(orders)

    def test_labour_of_several_orders(self):
        """Each order's labour is in its own entry, on its own account."""
        other = self.workcenter.copy(
            {
                "name": "Press",
                "costs_hour": 30,
                "expense_account_id": self._make_account("Press hours", "730002").id,
            }
        )
        cheese = self._make_product("Cheese")
        bom = self._make_bom(cheese, [(self.milk, 10)], minutes=60)
        bom2 = bom.copy()
        bom2.operation_ids.workcenter_id = other
        first, second = self._make_order(bom), self._make_order(bom2)
        for order in first | second:
            self._log_time(order.workorder_ids, 60)
        self._complete(first | second)
        self.assertEqual(self._get_balance(self.workcenter.expense_account_id), -60)
        self.assertEqual(self._get_balance(other.expense_account_id), -30)
        for order in first | second:
            lines = order.workorder_ids.time_ids.account_move_line_id
            self.assertEqual(lines.move_id, order.run_entry_ids)
            self.assertEqual(
                lines.account_id, order.workorder_ids.workcenter_id.expense_account_id
            )
        self.assertBalanced(first | second)

    def test_standard_cost_variance_by_element(self):
        labour = self.env["mrp.cost.element"]._get("labour")
        labour.variance_account_id = self._make_account("Labour variance", "730903")
        cheese = self._make_product("Cheese", "standard", price=60)
        bom = self._make_bom(cheese, [(self.milk, 100)], minutes=20)
        order = self._make_order(bom)
        planned = order.workorder_ids.duration_expected  # 1 per minute
        self._log_time(order.workorder_ids, 50)
        self._complete(order)
        self.assertEqual(order.move_finished_ids.value, 60)
        # plan 40 + planned; standard 60 in these proportions; actual 40 + 50
        standard_labour = round(60 * planned / (40 + planned), 2)
        self.assertAlmostEqual(
            self._get_balance(labour.variance_account_id), 50 - standard_labour
        )
        self.assertAlmostEqual(
            self._get_balance(self.company.production_variance_account_id),
            40 - (60 - standard_labour),
        )
        self.assertBalanced(order)

    def test_consumable_component(self):
        """What is not kept in stock was expensed when bought: the run takes it back."""
        rennet = self._make_product("Rennet", price=2, is_storable=False)
        cheese = self._make_product("Cheese")
        order = self._complete(
            self._make_order(self._make_bom(cheese, [(self.milk, 10), (rennet, 3)]))
        )
        self.assertEqual(order.move_finished_ids.value, 10)
        expense = rennet._get_product_accounts()["expense"]
        lines = order.run_entry_ids.line_ids.filtered(
            lambda line: line.account_id == expense
        )
        self.assertEqual(sum(lines.mapped("balance")), -6)
        self.assertBalanced(order)

    def test_periodic_order_balances_after_closing(self):
        self.categories["average"].property_valuation = "periodic"
        milk = self._make_product("Cream")
        self._receive(milk, 10, 3)
        cheese = self._make_product("Butter", "standard", price=25)
        self.categories["standard"].property_valuation = "periodic"
        order = self._make_order(self._make_bom(cheese, [(milk, 10)], minutes=60))
        self._log_time(order.workorder_ids, 60)
        self._complete(order)
        self.company.action_close_stock_valuation(auto_post=True)
        self.assertAlmostEqual(self._get_balance(self.wip_account), 0)

    def test_no_entry_without_valued_location(self):
        self._get_production_location(self.company).valuation_account_id = False
        cheese = self._make_product("Cheese")
        order = self._complete(
            self._make_order(self._make_bom(cheese, [(self.milk, 10)], minutes=60))
        )
        self.assertFalse(order.run_entry_ids)
        self.assertEqual(order.move_finished_ids.value, order.run_cost_actual)

    def test_order_of_another_company(self):
        """Closed while A is current, an order of B is valued and booked in B."""
        company = self._make_company("Second Creamery")
        self._set_up_company(company)
        cheese = self._make_product("Cheese")
        self.milk.with_company(company).standard_price = 99
        env_b = self.env(
            context=dict(self.env.context, allowed_company_ids=company.ids)
        )
        own_env, type(self).env = self.env, env_b
        self.addCleanup(setattr, type(self), "env", own_env)
        self._receive(self.milk.with_env(env_b), 100, 1.50)
        bom = self._make_bom(cheese.with_env(env_b), [(self.milk, 10)])
        order = self._make_order(bom)
        type(self).env = own_env
        order_a = self._make_order(self._make_bom(cheese, [(self.milk, 10)]))
        both = (order | order_a).with_env(
            self.env(
                context=dict(
                    self.env.context,
                    allowed_company_ids=(self.company | company).ids,
                )
            )
        )
        self._complete(both)
        self.assertEqual(order.move_finished_ids.value, 15)
        self.assertEqual(order_a.move_finished_ids.value, 4)
        self.assertEqual(cheese.with_company(company).standard_price, 15)
        self.assertEqual(cheese.with_company(self.company).standard_price, 4)
        self.assertEqual(order.run_entry_ids.company_id, company)
        self.assertEqual(order_a.run_entry_ids.company_id, self.company)
        wip = self._get_production_location(company).valuation_account_id
        self.assertEqual(self._get_balance(wip), 0)
        self.assertBalanced(order_a)

    def test_unbuild_books_what_is_lost(self):
        cheese = self._make_product("Cheese")
        bom = self._make_bom(cheese, [(self.milk, 10)], minutes=60)
        order = self._make_order(bom, 2)
        self._log_time(order.workorder_ids, 60)
        self._complete(order)
        self.assertEqual(order.move_finished_ids.value, 68)
        unbuild = Form.from_action(self.env, order.button_unbuild())
        unbuild.product_qty = 1
        unbuild = unbuild.save()
        unbuild.action_validate()
        self.assertEqual(set(unbuild.produce_line_ids.mapped("value")), {4, 34})
        self.assertEqual(self._get_balance(self.company.unbuild_loss_account_id), 30)
        self.assertEqual(len(unbuild.run_entry_id.line_ids), 6)
        self.assertIn(unbuild.name, unbuild.run_entry_id.ref)
        self.assertBalanced(order)

    def test_posting_can_not_be_suppressed_from_outside(self):
        cheese = self._make_product("Cheese")
        order = self._make_order(self._make_bom(cheese, [(self.milk, 10)]))
        self._complete(
            order.with_context(mrp_run_posting={"moves": []}, mrp_first_valuation=True)
        )
        self.assertEqual(len(order.run_entry_ids), 1)
        self.assertBalanced(order)
