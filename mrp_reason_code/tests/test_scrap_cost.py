from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..tools import get_reached_costs
from .common import ReasonCommon


class TestReachedCosts(BaseCase):
    @settings(deadline=None, derandomize=True, database=None)
    @given(
        st.lists(
            st.tuples(st.integers(0, 10**7), st.integers(0, 50)), min_size=1, max_size=6
        ),
        st.integers(1, 1000),
    )
    def test_nothing_is_lost(self, stages, good):
        costs = [cost for cost, _rejected in stages]
        rejected = [units for _cost, units in stages]
        reached = get_reached_costs(costs, rejected, good)
        borne = sum(
            (units * cost for units, cost in zip(rejected, reached, strict=True)),
            Fraction(0),
        )
        self.assertEqual(borne + good * reached[-1], sum(costs))
        self.assertEqual(reached, sorted(reached))

    def test_a_stage_that_nothing_reached(self):
        self.assertEqual(get_reached_costs([100, 0], [10, 0], 0), [10, 10])


class TestScrapCost(ReasonCommon):
    def _make_plain_bom(self):
        return self._make_bom(self.cheese, [(self.milk, 10)])

    def test_vector_normal_scrap(self):
        """5 % of the inspected units is normal: 30 of 80 scrapped are expensed."""
        self.scrap_reason.write(
            {"treatment": "allowance", "allowance": 5, "allowance_base": "inspected"}
        )
        loss = self._make_account("Abnormal loss", "730950")
        self.company.abnormal_loss_account_id = loss
        order = self._make_order(self._make_plain_bom(), 1000)
        self._declare(order, "scrap", 80, reason_id=self.scrap_reason.id)
        self._complete(order)
        self.assertEqual(order.qty_produced, 920)
        self.assertEqual(sum(order.run_cost_line_ids.mapped("amount")), 10000)
        self.assertEqual(order.abnormal_loss, 300)
        self.assertEqual(order.move_finished_ids.value, 9700)
        self.assertEqual(self._get_balance(loss), 300)
        self.assertBalanced(order)
        row = order.operation_quantity_ids
        self.assertEqual((row.cost, row.abnormal_cost), (800, 300))

    def test_allowance_of_good_units(self):
        self.scrap_reason.write(
            {"treatment": "allowance", "allowance": 5, "allowance_base": "good"}
        )
        order = self._make_order(self._make_plain_bom(), 1000)
        self._declare(order, "scrap", 80, reason_id=self.scrap_reason.id)
        self._complete(order)
        # 46 of 80 are normal
        self.assertEqual(order.abnormal_loss, 340)

    def test_normal_and_abnormal(self):
        for treatment, loss in (("normal", 0), ("abnormal", 800)):
            self.scrap_reason.treatment = treatment
            order = self._make_order(self._make_plain_bom(), 1000)
            self._declare(order, "scrap", 80, reason_id=self.scrap_reason.id)
            self._complete(order)
            self.assertEqual(order.abnormal_loss, loss)
            self.assertEqual(order.move_finished_ids.value, 10000 - loss)

    def test_at_the_cost_reached(self):
        """A unit rejected by the first operation never cost what the last one adds."""
        self.scrap_reason.treatment = "abnormal"
        order = self._make_order(self.bom, 100)
        for workorder, minutes in zip(order.workorder_ids, (100, 90, 45), strict=True):
            self._log_time(workorder, minutes)
        self._declare(order, "scrap", 10, 0, reason_id=self.scrap_reason.id)
        self._complete(order)
        # 100 milk and 100 minutes for 100 units: 2 each
        self.assertAlmostEqual(order.abnormal_loss, 20)
        self.assertAlmostEqual(order.move_finished_ids.value, 315)
        self.assertBalanced(order)

    def test_standard_cost_product(self):
        self.scrap_reason.treatment = "abnormal"
        product = self._make_product("Hard cheese", "standard", price=12)
        order = self._make_order(self._make_bom(product, [(self.milk, 10)]), 100)
        self._declare(order, "scrap", 10, reason_id=self.scrap_reason.id)
        self._complete(order)
        self.assertEqual(order.abnormal_loss, 100)
        self.assertEqual(order.move_finished_ids.value, 90 * 12)
        self.assertBalanced(order)

    def test_components(self):
        """Normal scrap of a component is cost of the run, abnormal is not."""
        loss = self._make_account("Scrapped goods", "730951")
        location = (
            self.env["stock.scrap"]
            .create({"product_id": self.milk.id, "company_id": self.company.id})
            .scrap_location_id
        )
        location.valuation_account_id = loss
        for treatment, cost in (("normal", 105), ("abnormal", 100), (None, 100)):
            before = self._get_balance(loss)
            if treatment:
                self.scrap_reason.treatment = treatment
            order = self._make_order(self._make_plain_bom(), 10)
            self._scrap(
                order,
                self.milk,
                5,
                mrp_reason_id=self.scrap_reason.id if treatment else False,
            )
            self._complete(order)
            self.assertEqual(order.move_finished_ids.value, cost)
            self.assertEqual(self._get_balance(loss) - before, 105 - cost)
            self.assertBalanced(order)

    def test_components_without_an_account_for_scrap(self):
        order = self._make_order(self._make_plain_bom(), 10)
        self._scrap(order, self.milk, 5, mrp_reason_id=self.scrap_reason.id)
        self._complete(order)
        self.assertEqual(order.move_finished_ids.value, 105)
        self.assertBalanced(order)

    def test_a_reason_edited_later_changes_nothing(self):
        order = self._make_order(self._make_plain_bom(), 100)
        self._declare(order, "scrap", 10, reason_id=self.scrap_reason.id)
        self._scrap(order, self.milk, 5, mrp_reason_id=self.scrap_reason.id)
        self.scrap_reason.treatment = "abnormal"
        self._complete(order)
        self.assertEqual(order.abnormal_loss, 0)
        self.assertEqual(order.move_finished_ids.value, 1005)

    def test_expensed_parts_add_up(self):
        self.scrap_reason.treatment = "abnormal"
        order = self._make_order(self._make_bom(self.cheese, [(self.milk, 1)]), 100)
        order.extra_cost = 1
        for _row in range(7):
            self._declare(order, "scrap", 1 / 3, reason_id=self.scrap_reason.id)
        self._complete(order)
        rows = order.operation_quantity_ids
        self.assertAlmostEqual(sum(rows.mapped("abnormal_cost")), order.abnormal_loss)
        self.assertBalanced(order)

    def test_downgraded_then_scrapped(self):
        second = self._make_product("Second choice")
        order = self._make_order(self._make_plain_bom(), 100)
        self._declare(
            order,
            "downgrade",
            20,
            reason_id=self.scrap_reason.id,
            downgrade_product_id=second.id,
        )
        self._declare(order, "scrap", 40, reason_id=self.scrap_reason.id)
        self._complete(order)
        values = {
            move.product_id: move.value
            for move in order.move_finished_ids
            if move.state == "done"
        }
        # a share has two decimals
        self.assertAlmostEqual(values[self.cheese], 666.67, delta=0.05)
        self.assertAlmostEqual(values[second], 333.33, delta=0.05)
        self.assertAlmostEqual(sum(values.values()), 1000)

    def test_downgraded_units_stay_with_their_order(self):
        second = self._make_product("Second choice")
        order = self._make_order(self._make_plain_bom(), 100)
        self._declare(
            order,
            "downgrade",
            20,
            reason_id=self.scrap_reason.id,
            downgrade_product_id=second.id,
        )
        order.qty_producing = 40
        order._set_qty_producing()
        order.with_context(
            mo_ids_to_backorder=order.ids,
            skip_backorder=True,
            skip_consumption=True,
            skip_redirection=True,
        ).button_mark_done()
        backorder = order.production_group_id.production_ids - order
        self.assertEqual(backorder.product_qty, 40)
        self._complete(backorder)
        self.assertEqual(self._get_stock(second), 20)
        self.assertEqual(self._get_stock(self.cheese), 80)

    def test_downgraded_units_bear_their_part(self):
        second = self._make_product("Second choice")
        order = self._make_order(self._make_plain_bom(), 100)
        self._declare(
            order,
            "downgrade",
            20,
            reason_id=self.scrap_reason.id,
            downgrade_product_id=second.id,
        )
        self._complete(order)
        self.assertEqual(order.qty_produced, 80)
        values = {
            move.product_id: move.value
            for move in order.move_finished_ids
            if move.state == "done"
        }
        self.assertEqual(values, {self.cheese: 800, second: 200})
        self.assertEqual(self._get_stock(second), 20)
        self.assertBalanced(order)
