from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import RunCostCommon


@tagged("at_install", "-post_install")
class TestLateCost(RunCostCommon):
    def _correct(self, receipt, value):
        """A bill, a landed cost or an accountant changes what a receipt cost."""
        self.env["product.value"].create(
            {
                "move_id": receipt.id,
                "value": value,
                "company_id": receipt.company_id.id,
            }
        )

    def _run(self, method, quantity=5, main_method=None, price=0):
        milk = self._make_product("Milk", method)
        receipt = self._receive(milk, 10, 4)
        cheese = self._make_product("Cheese", main_method or method, price=price)
        order = self._make_order(self._make_bom(cheese, [(milk, quantity)]))
        self._complete(order)
        return milk, receipt, cheese, order

    def test_detected_and_passed_on(self):
        """An AVCO or FIFO receipt corrected 40 → 100 after half of it was consumed."""
        for method in ("average", "fifo"):
            with self.subTest(method=method):
                milk, receipt, cheese, order = self._run(method)
                self.assertEqual(order.move_finished_ids.value, 20)
                self._correct(receipt, 100)
                self.assertEqual(order.late_cost, 30)
                self.assertEqual(order.move_finished_ids.value, 20)
                order.action_reallocate_run_cost()
                self.assertEqual(order.late_cost, 0)
                self.assertEqual(order.move_finished_ids.value, 50)
                self.assertEqual(order.run_cost_actual, 50)
                self.assertEqual(milk.total_value + cheese.total_value, 100)
                self.assertBalanced(order)

    def test_sold_part_goes_to_cost_of_sales(self):
        milk, receipt, cheese, order = self._run("average", quantity=10)
        self._ship(cheese, 0.4)
        self._correct(receipt, 100)
        order.action_reallocate_run_cost()
        entry = order.run_entry_ids.sorted("id")[-1]
        expense = cheese._get_product_accounts()["expense"]
        sold = entry.line_ids.filtered(lambda line: line.account_id == expense)
        self.assertAlmostEqual(sum(sold.mapped("balance")), 24)
        self.assertAlmostEqual(cheese.total_value, 60)
        self.assertBalanced(order)

    def test_passed_on_through_the_levels(self):
        milk, receipt, cheese, order = self._run("average", quantity=10)
        pizza = self._make_product("Pizza")
        top = self._complete(self._make_order(self._make_bom(pizza, [(cheese, 0.5)])))
        self.assertEqual(top.move_finished_ids.value, 20)
        self._correct(receipt, 100)
        order.action_reallocate_run_cost()
        self.assertEqual(top.late_cost, 30)
        top.action_reallocate_run_cost()
        self.assertEqual(pizza.total_value, 50)
        self.assertEqual(cheese.total_value, 50)
        self.assertBalanced(order | top)

    def test_corrected_before_completion(self):
        """The receipt of an issue is corrected while the order is still open."""
        milk = self._make_product("Milk")
        receipt = self._receive(milk, 10, 4)
        cheese = self._make_product("Cheese")
        order = self._make_order(self._make_bom(cheese, [(milk, 5)]))
        order.qty_producing = 1
        order._set_qty_producing()
        order.move_raw_ids._action_done()
        self._correct(receipt, 100)
        self._complete(order)
        self.assertEqual(order.move_finished_ids.value, 20)
        self.assertEqual(order.late_cost, 30)
        order.action_reallocate_run_cost()
        self.assertEqual(order.move_finished_ids.value, 50)
        self.assertBalanced(order)

    def test_standard_output_takes_it_as_variance(self):
        milk, receipt, cheese, order = self._run(
            "average", main_method="standard", price=20
        )
        self._correct(receipt, 100)
        order.action_reallocate_run_cost()
        self.assertEqual(order.move_finished_ids.value, 20)
        self.assertEqual(
            self._get_balance(self.company.production_variance_account_id), 30
        )
        self.assertBalanced(order)

    def test_corrected_consumption(self):
        """More consumed than recorded, found after completion."""
        milk, receipt, cheese, order = self._run("average")
        order.move_raw_ids.move_line_ids.quantity = 6
        self.assertEqual(order.late_cost, 4)
        order.action_reallocate_run_cost()
        self.assertEqual(order.move_finished_ids.value, 24)
        self.assertEqual(order.late_cost, 0)
        self.assertBalanced(order)

    def test_allocating_again_without_news_changes_nothing(self):
        milk, receipt, cheese, order = self._run("average")
        entries = order.run_entry_ids
        order.action_reallocate_run_cost()
        self.assertEqual(order.run_entry_ids, entries)
        self.assertEqual(order.move_finished_ids.value, 20)

    def test_accountant_without_stock_rights_corrects_a_receipt(self):
        milk, receipt, cheese, order = self._run("average")
        accountant = new_test_user(
            self.env,
            "test_cost_biller",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        deltas = milk.with_user(accountant)._replay_issue_deltas({receipt: 60})
        self.assertEqual(deltas, {order.move_raw_ids: 30})

    def test_order_completed_before_the_add_on(self):
        """It keeps its values: there is no pool to share again."""
        milk, receipt, cheese, order = self._run("average")
        order.run_cost_line_ids.sudo().unlink()
        order.move_finished_ids.write({"run_quantity": 0, "run_value": 0})
        self._correct(receipt, 100)
        self.assertEqual(order.late_cost, 0)
        with self.assertRaisesRegex(UserError, order.name):
            order.action_reallocate_run_cost()
        self.assertEqual(order.move_finished_ids.value, 20)

    def test_standard_of_the_completion_is_kept(self):
        milk, receipt, cheese, order = self._run(
            "average", main_method="standard", price=20
        )
        cheese.standard_price = 80
        self._correct(receipt, 100)
        order.action_reallocate_run_cost()
        self.assertEqual(order.move_finished_ids.run_value, 20)
        self.assertEqual(
            self._get_balance(self.company.production_variance_account_id), 30
        )
        self.assertBalanced(order)

    def test_history_is_left_alone_when_no_run_used_the_product(self):
        salt = self._make_product("Salt")
        receipt = self._receive(salt, 10, 4)
        self._ship(salt, 5)
        with patch.object(
            self.env.registry["product.product"],
            "_get_valuation_events",
            autospec=True,
            side_effect=AssertionError,
        ) as history:
            self._correct(receipt, 100)
        history.assert_not_called()
        self.assertEqual(salt.total_value, 50)

    def test_open_order_is_refused(self):
        milk = self._make_product("Milk")
        cheese = self._make_product("Cheese")
        order = self._make_order(self._make_bom(cheese, [(milk, 5)]))
        with self.assertRaisesRegex(UserError, order.name):
            order.action_reallocate_run_cost()
