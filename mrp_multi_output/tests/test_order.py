from threading import current_thread
from unittest.mock import patch

from odoo import Command
from odoo.tests import Form, tagged

from .common import MultiOutputCommon


@tagged("at_install", "-post_install")
class TestOrder(MultiOutputCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cheese = cls._make_product("Cheese")
        cls.cream = cls._make_product("Cream")
        cls.whey = cls._make_product("Whey")
        cls.fines = cls._make_product("Fines")
        cls.outputs = [
            {"product_id": cls.cream.id, "cost_share": 20, "product_qty": 4},
            {"product_id": cls.fines.id, "output_type": "waste", "product_qty": 0.5},
        ]

    def test_waste_has_a_place_and_no_value(self):
        bom = self._make_recipe(self.cheese, self.outputs)
        order = self._complete(self._make_order(bom, 2))
        waste = order.move_finished_ids.filtered(lambda m: m.product_id == self.fines)
        self.assertTrue(waste.location_dest_id.waste_location)
        self.assertEqual(waste.location_dest_id.company_id, self.company)
        self.assertFalse(waste.is_in)
        self.assertEqual(waste.value, 0)
        quant = self.env["stock.quant"].search(
            [
                ("product_id", "=", self.fines.id),
                ("location_id", "=", waste.location_dest_id.id),
            ]
        )
        self.assertEqual(quant.quantity, 1)
        self.assertEqual(self.fines.total_value, 0)
        self.assertEqual(self.fines.qty_available, 0)
        self.assertBalanced(order)

    def test_every_company_has_a_waste_location(self):
        company = self.env["res.company"].create({"name": "New Creamery"})
        self.assertTrue(company._get_waste_location().waste_location)
        self.assertEqual(company._get_waste_location().company_id, company)

    def test_disposal_cost_is_accrued(self):
        account = self._make_account("Disposal accrued", "210901", "liability_current")
        self.env["mrp.cost.element"]._get("disposal").credit_account_id = account
        bom = self._make_recipe(
            self.cheese, [dict(self.outputs[1], disposal_cost=4.0, product_qty=5)]
        )
        order = self._make_order(bom)
        planned = order.run_cost_line_ids.filtered(
            lambda line: line.element_id.code == "disposal"
        )
        self.assertEqual(planned.planned_amount, 20)
        self._complete(order)
        self.assertEqual(planned.amount, 20)
        self.assertEqual(self._get_balance(account), -20)
        self.assertEqual(self._get_values(order)[self.cheese], 120)
        self.assertBalanced(order)

    def test_order_keeps_the_recipe_it_was_made_from(self):
        """The recipe changes, loses its line: the running order does not care."""
        bom = self._make_recipe(self.cheese, self.outputs)
        order = self._make_order(bom)
        bom.joint_cost_method = "equivalence"
        bom.byproduct_ids.unlink()
        self._complete(order)
        self.assertEqual(order.joint_cost_method, "fixed")
        self.assertEqual(
            self._get_values(order),
            {self.cheese: 80, self.cream: 20, self.fines: 0},
        )
        self.assertFalse(order.run_cost_provisional)

    def test_actual_quantities_and_several_lots(self):
        self.cream.tracking = "lot"
        self.cream.product_tmpl_id.flush_recordset()
        bom = self._make_recipe(
            self.cheese, self.outputs, joint_cost_method="equivalence"
        )
        order = self._make_order(bom)
        lots = self.env["stock.lot"].create(
            [{"product_id": self.cream.id, "name": name} for name in ("C1", "C2")]
        )
        move = order.move_byproduct_ids.filtered(lambda m: m.product_id == self.cream)
        move.move_line_ids.unlink()
        move.move_line_ids = [
            Command.create(
                {
                    **move._prepare_move_line_vals(),
                    "lot_id": lot.id,
                    "quantity": quantity,
                }
            )
            for lot, quantity in zip(lots, (2, 1), strict=True)
        ]
        self._complete(order)
        self.assertEqual(move.quantity, 3)
        self.assertEqual(move.lot_ids, lots)
        self.assertEqual(move.output_yield, 75)
        # one cheese and three creams, all with number 1
        self.assertEqual(self._get_values(order)[self.cream], 75)
        self.assertBalanced(order)

    def test_lot_tracked_output_gets_a_lot(self):
        self.cheese.tracking = self.cream.tracking = "lot"
        bom = self._make_recipe(self.cheese, self.outputs)
        order = self._complete(self._make_order(bom))
        lot = order.move_byproduct_ids.lot_ids
        self.assertEqual(lot.product_id, self.cream)
        self.assertEqual(lot.name, order.lot_producing_ids.name)
        second = self._make_order(bom)
        self.env["stock.lot"].create({"product_id": self.cream.id, "name": "0000099"})
        second.lot_producing_ids = self.env["stock.lot"].create(
            {"product_id": self.cheese.id, "name": "0000099"}
        )
        self._complete(second)
        self.assertNotEqual(second.move_byproduct_ids.lot_ids.name, "0000099")
        self.assertTrue(second.move_byproduct_ids.lot_ids)

    def test_output_that_did_not_come_out(self):
        bom = self._make_recipe(self.cheese, self.outputs)
        order = self._make_order(bom)
        order.qty_producing = 1
        order._set_qty_producing()
        cream = order.move_byproduct_ids.filtered(lambda m: m.product_id == self.cream)
        cream.quantity = 0
        cream.picked = True
        self._complete(order)
        self.assertEqual(self._get_values(order)[self.cheese], 100)
        self.env.flush_all()
        report = self.env["mrp.output.report"].search(
            [("production_id", "=", order.id), ("product_id", "=", self.cream.id)]
        )
        self.assertEqual((report.planned_quantity, report.quantity), (4, 0))
        self.assertEqual(report.output_yield, 0)
        self.assertBalanced(order)

    def test_output_added_on_the_order(self):
        bom = self._make_recipe(self.cheese, self.outputs)
        order = self._make_order(bom)
        with Form(order) as form:
            with form.move_byproduct_ids.new() as line:
                line.product_id = self.whey
                line.quantity = 2
                line.cost_share = 10
        move = order.move_byproduct_ids.filtered(lambda m: m.product_id == self.whey)
        self.assertEqual(move.output_type, "co_product")
        self._complete(order)
        self.assertEqual(
            self._get_values(order),
            {self.cheese: 70, self.cream: 20, self.whey: 10, self.fines: 0},
        )
        self.assertBalanced(order)

    def _count_price_queries(self, number):
        """:return: how often orders of so many recipes ask for prices when confirmed"""
        recipes = self.env["mrp.bom"]
        for key in range(number):
            main, cream = (
                self._make_product(f"{name} {number}-{key}")
                for name in ("Cheese", "Cream")
            )
            for product in (main, cream):
                self._set_price(product, 3, "2020-01-01")
                self._set_price(product, 4, "2020-02-01")
            recipes |= self._make_recipe(
                main, [{"product_id": cream.id}], joint_cost_method="sales_value"
            )
        orders = self.env["mrp.production"].create(
            [self._prepare_order(bom, 1) for bom in recipes]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        queries = []
        hooks = [lambda _cr, query, *_timing: queries.append(query)]
        with patch.object(current_thread(), "query_hooks", hooks, create=True):
            orders.action_confirm()
            self.env.flush_all()
        return sum("FROM product_valuation_price" in query for query in queries)

    def test_prices_are_asked_for_once(self):
        few, many = self._count_price_queries(2), self._count_price_queries(6)
        self.assertTrue(few)
        self.assertEqual(many, few)

    def test_backorders_and_unbuild(self):
        bom = self._make_recipe(self.cheese, self.outputs, pool=10)
        order = self._make_order(bom, 10)
        form = Form(order)
        form.qty_producing = 3
        order = form.save()
        order.with_context(
            skip_backorder=True,
            skip_consumption=True,
            skip_redirection=True,
            mo_ids_to_backorder=order.ids,
        ).button_mark_done()
        backorder = order.production_group_id.production_ids - order
        self.assertEqual(
            set(backorder.move_finished_ids.mapped("output_type")),
            {"main", "co_product", "waste"},
        )
        self._complete(backorder)
        self.assertEqual(self._get_values(order)[self.cheese], 24)
        self.assertEqual(self._get_values(backorder)[self.cheese], 56)
        self.assertEqual(self.cheese.total_value, 80)
        self.assertEqual(self.cream.total_value, 20)
        unbuild = Form.from_action(self.env, order.button_unbuild())
        unbuild.product_qty = 3
        unbuild = unbuild.save()
        unbuild.action_validate()
        self.assertNotIn(self.fines, unbuild.produce_line_ids.product_id)
        self.assertEqual(self.cheese.total_value, 56)
        self.assertEqual(self.cream.total_value, 14)
        self.assertEqual(self._get_balance(self.company.unbuild_loss_account_id), 0)
        self.assertBalanced(order | backorder)

    def test_lot_valued_outputs(self):
        for product in (self.cheese, self.cream):
            product.tracking = "lot"
            product.lot_valuated = True
        bom = self._make_recipe(self.cheese, self.outputs)
        first = self._complete(self._make_order(bom))
        bom.bom_line_ids.product_qty = 200
        second = self._complete(self._make_order(bom))
        for order, cost in ((first, 5), (second, 10)):
            lot = order.move_byproduct_ids.filtered(
                lambda m: m.product_id == self.cream
            ).lot_ids
            self.assertEqual(lot.standard_price, cost)
        self.assertEqual(self.cream.total_value, 60)
        self.assertBalanced(first | second)

    def test_zero_value_output_lowers_the_average(self):
        """What cost nothing must not leave stock at the price of long ago."""
        self.whey.standard_price = 3
        bom = self._make_recipe(
            self.cheese, [{"product_id": self.whey.id, "output_type": "by_product"}]
        )
        order = self._complete(self._make_order(bom))
        self.assertEqual(self._get_values(order)[self.whey], 0)
        self.assertEqual(self.whey.total_value, 0)
        self.assertEqual(self.whey.standard_price, 0)

    def test_mass_balance(self):
        kilogram = self.env.ref("uom.product_uom_kgm")
        for product in (self.cheese, self.cream, self.fines):
            product.uom_id = kilogram
        self.milk.weight = 1.03
        bom = self._make_recipe(
            self.cheese, self.outputs, product_uom_id=kilogram.id, pool=10
        )
        order = self._complete(self._make_order(bom))
        self.assertEqual(order.input_mass, 10.3)
        self.assertEqual(order.output_mass, 5.5)
        self.assertAlmostEqual(order.mass_loss, 100 * 4.8 / 10.3, places=2)
        self.assertFalse(order.mass_incomplete)
        self.milk.weight = 0
        self.assertEqual(order.mass_incomplete, "Milk")

    def test_recipe_made_from_an_order(self):
        order = self._make_order(self._make_recipe(self.cheese, self.outputs))
        action = order.action_generate_bom()
        lines = action["context"]["default_byproduct_ids"]
        types = [command[2]["output_type"] for command in lines]
        self.assertEqual(types, ["co_product", "waste"])

    def test_update_from_the_recipe(self):
        bom = self._make_recipe(self.cheese, self.outputs)
        order = self._make_order(bom)
        bom.joint_cost_method = "equivalence"
        bom.byproduct_ids[0].equivalence_number = 3
        order._link_bom(bom)
        cream = order.move_byproduct_ids.filtered(lambda m: m.product_id == self.cream)
        self.assertEqual(order.joint_cost_method, "equivalence")
        self.assertEqual(cream.equivalence_number, 3)
