from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import MultiOutputCommon


@tagged("at_install", "-post_install")
class TestAllocation(MultiOutputCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cheese = cls._make_product("Cheese")
        cls.cream = cls._make_product("Cream")
        cls.co_product = {"product_id": cls.cream.id, "output_type": "co_product"}

    def _make_priced(self):
        self._set_price(self.cheese, 30)
        self._set_price(self.cream, 10)
        return self._make_recipe(
            self.cheese, [self.co_product], joint_cost_method="sales_value"
        )

    def test_audit_holds_copies(self):
        order = self._complete(self._make_order(self._make_priced()))
        cream = order.joint_cost_ids.filtered(lambda c: c.product_id == self.cream)
        self.env["product.valuation.price"].search([]).unlink()
        self.assertRecordValues(
            cream,
            [
                {
                    "method": "sales_value",
                    "price": 10,
                    "price_company": 10,
                    "basis": 10,
                    "percent": 25,
                    "amount": 25,
                    "booked_amount": 25,
                }
            ],
        )
        self.assertEqual(cream.line_ids.mapped("amount"), [25])

    def test_price_of_the_day(self):
        bom = self._make_priced()
        self._set_price(self.cream, 30, date="2021-01-01")
        self._set_price(self.cream, 1000, date="2999-01-01")
        order = self._complete(self._make_order(bom))
        self.assertEqual(self._get_values(order)[self.cream], 50)

    def test_price_in_another_currency(self):
        currency = self.env["res.currency"].create({"name": "FRN", "symbol": "F"})
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "company_id": self.company.id,
                "name": "2020-01-01",
                "rate": 3.0,
            }
        )
        self._set_price(self.cheese, 30)
        self._set_price(self.cream, 90, currency_id=currency.id)
        bom = self._make_recipe(
            self.cheese, [self.co_product], joint_cost_method="sales_value"
        )
        order = self._complete(self._make_order(bom))
        self.assertEqual(self._get_values(order)[self.cream], 50)
        cream = order.joint_cost_ids.filtered(lambda c: c.product_id == self.cream)
        self.assertEqual((cream.price, cream.price_currency_id), (90, currency))
        self.assertAlmostEqual(cream.price_company, 30)

    def test_provisional_then_allocated_again(self):
        """A price is missing at completion: the floor goes on, an accountant is
        asked, and one click puts it right."""
        self.company.run_cost_user_id = new_test_user(
            self.env,
            "test_output_accountant",
            "mrp_run_cost.mrp_run_cost_group_responsible,base.group_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.cheese.weight = self.cream.weight = 1
        bom = self._make_priced()
        self.env["product.valuation.price"].search([]).unlink()
        order = self._make_order(bom)
        self.assertIn("Cream has no valuation price", order.joint_cost_warning)
        self._complete(order)
        self.assertTrue(order.run_cost_provisional)
        self.assertIn("Cream has no valuation price", order.run_cost_note)
        self.assertEqual(order.activity_ids.user_id, self.company.run_cost_user_id)
        self.assertEqual(self._get_values(order)[self.cream], 50)
        self.assertEqual(set(order.joint_cost_ids.mapped("method")), {"quantity"})
        self._set_price(self.cheese, 30)
        self._set_price(self.cream, 10)
        order.with_user(self.company.run_cost_user_id).action_reallocate_run_cost()
        self.assertFalse(order.run_cost_provisional)
        self.assertFalse(order.activity_ids)
        self.assertEqual(self._get_values(order), {self.cheese: 75, self.cream: 25})
        self.assertEqual(self.cheese.total_value, 75)
        self.assertEqual(self.cream.total_value, 25)
        self.assertEqual(len(order.joint_cost_ids), 2)
        replaced = order.with_context(active_test=False).joint_cost_ids
        self.assertEqual(len(replaced), 4)
        self.assertBalanced(order)

    def test_standard_main_with_average_by_product(self):
        """Core gives the by-product nothing as soon as one side is at standard."""
        main = self._make_product("Table", "standard", price=77)
        bom = self._make_recipe(
            main,
            [{"product_id": self.cream.id, "cost_share": 20, "product_qty": 2}],
            pool=70,
        )
        order = self._complete(self._make_order(bom))
        self.assertEqual(self._get_values(order), {main: 77, self.cream: 14})
        self.assertEqual(self.cream.standard_price, 7)
        self.assertEqual(
            self._get_balance(self.company.production_variance_account_id), 56 - 77
        )
        self.assertBalanced(order)

    def test_standard_by_product_is_credited_at_standard(self):
        whey = self._make_product("Whey", "standard", price=3)
        bom = self._make_recipe(
            self.cheese,
            [{"product_id": whey.id, "output_type": "by_product", "product_qty": 2}],
            pool=70,
        )
        order = self._complete(self._make_order(bom))
        self.assertEqual(self._get_values(order), {self.cheese: 64, whey: 6})
        self.assertEqual(self.cheese.total_value + whey.total_value, 70)
        self.assertBalanced(order)

    def test_valuation_asked_again_four_times(self):
        bom = self._make_recipe(
            self.cheese,
            [dict(self.co_product, cost_share=33.33, product_qty=7)],
            pool=100,
            product_qty=3,
        )
        order = self._complete(self._make_order(bom, 3))
        moves = order.move_finished_ids
        before = moves.mapped("value")
        for _time in range(4):
            moves._set_value()
        self.assertEqual(moves.mapped("value"), before)
        self.assertAlmostEqual(sum(before), 100)

    def test_run_that_cost_nothing(self):
        gift = self._make_product("Gift milk")
        bom = self._make_bom(self.cheese, [(gift, 1)], byproducts=[self.co_product])
        order = self._complete(self._make_order(bom))
        self.assertEqual(self._get_values(order), {self.cheese: 0, self.cream: 0})
        self.assertEqual(len(order.joint_cost_ids), 2)

    def test_many_orders_in_one_go(self):
        bom = self._make_priced()
        orders = self.env["mrp.production"].union(
            *(self._make_order(bom) for _number in range(5))
        )
        self._complete(orders)
        for order in orders:
            self.assertEqual(len(order.joint_cost_ids), 2)
            self.assertEqual(self._get_values(order)[self.cream], 25)
        self.assertBalanced(orders)

    def test_two_companies_have_their_own_prices(self):
        company = self._make_company("Second Creamery")
        self._set_up_company(company)
        bom = self._make_priced()
        bom.company_id = False
        self._set_price(self.cheese, 10, company_id=company.id)
        self._set_price(self.cream, 30, company_id=company.id)
        both = self.env(
            context=dict(
                self.env.context, allowed_company_ids=(self.company | company).ids
            )
        )
        own_env = type(self).env
        type(self).env = self.env(
            context=dict(self.env.context, allowed_company_ids=company.ids)
        )
        self.addCleanup(setattr, type(self), "env", own_env)
        self._receive(self.milk.with_env(self.env), 1000, 2.0)
        other = self._make_order(bom.with_env(type(self).env), company_id=company.id)
        type(self).env = own_env
        order = self._make_order(bom, company_id=self.company.id)
        self._complete((order | other).with_env(both))
        self.assertEqual(self._get_values(order)[self.cream], 25)
        self.assertEqual(self._get_values(other)[self.cream], 150)
        self.assertEqual(other.joint_cost_ids.company_id, company)
        self.assertBalanced(order)

    def test_audit_can_not_be_written(self):
        order = self._complete(self._make_order(self._make_priced()))
        responsible = new_test_user(
            self.env,
            "test_output_resp",
            "mrp_run_cost.mrp_run_cost_group_responsible,mrp.group_mrp_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        audit = order.joint_cost_ids.with_user(responsible)
        with self.assertRaises(AccessError):
            audit.write({"amount": 1})
        with self.assertRaises(AccessError):
            audit.line_ids.write({"amount": 1})
        with self.assertRaises(AccessError):
            audit.unlink()

    def test_planner_sees_no_prices(self):
        self._make_priced()
        planner = new_test_user(
            self.env,
            "test_output_planner",
            "mrp.group_mrp_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        bom = self.env["mrp.bom"].search(
            [("product_tmpl_id", "=", self.cheese.product_tmpl_id.id)]
        )
        with self.assertRaises(AccessError):
            bom.with_user(planner).read(["joint_cost_preview"])
        with self.assertRaises(AccessError):
            self.env["product.valuation.price"].with_user(planner).search([])
        order = self._make_order(bom).with_user(planner)
        self.assertEqual(order.joint_cost_warning, "")
        self._complete(order)
        self.assertEqual(self._get_values(order)[self.cream], 25)
        report = self.env["mrp.output.report"].with_user(planner)
        with self.assertRaises(AccessError):
            report.search([]).read(["value"])
