from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.stock.models.stock_quant import StockQuant

from ..tools import gathering_once
from .common import LotHoldCommon


@tagged("at_install", "-post_install")
class TestGathering(LotHoldCommon):
    """Goods are looked for once per reservation, and again when there are others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._make_lot("FIRST", 10)
        cls.second = cls._make_lot("SECOND", 10)

    def _gather(self, **values):
        return self.env["stock.quant"]._gather(self.milk, self.stock, **values).lot_id

    def test_many_moves_ask_once(self):
        moves = self._make_move(self.customers, 2)
        for _number in range(5):
            moves |= self._make_move(self.customers, 2)
        calls = []
        gather = StockQuant._gather

        def count(quants, *args, **kwargs):
            calls.append(args)
            return gather(quants, *args, **kwargs)

        with patch.object(StockQuant, "_gather", count):
            moves._action_assign()
        self.assertEqual(
            [line.lot_id.name for line in moves.move_line_ids],
            ["FIRST"] * 5 + ["SECOND"],
        )
        self.assertEqual(self.first.quant_ids.reserved_quantity, 10)
        self.assertEqual(self.second.quant_ids.reserved_quantity, 2)
        # without a lot for all of them, and once for each lot that is taken
        self.assertLessEqual(len(calls), 4)

    def test_nothing_is_kept_outside(self):
        self.assertEqual(self._gather(), self.first | self.second)
        self.first.decide("hold", "Smell")
        self.assertEqual(self._gather(), self.second)

    def test_another_decision_counts_at_once(self):
        with gathering_once(self.env):
            self.assertEqual(self._gather(), self.first | self.second)
            self.first.decide("hold", "Smell")
            self.assertEqual(self._gather(), self.second)

    def test_new_goods_are_seen(self):
        with gathering_once(self.env):
            self._gather()
            third = self._make_lot("THIRD", 10)
            self.assertIn(third, self._gather())
            third.quant_ids.sudo().with_context(inventory_mode=True).unlink()
            self.assertNotIn(third, self._gather())

    def test_another_order_is_seen(self):
        with gathering_once(self.env):
            self.assertEqual(self._gather()[0], self.first)
            self.first.quant_ids.in_date = "2099-01-01"
            self.assertEqual(self._gather()[0], self.second)

    def test_goods_that_moved_are_not_there(self):
        with gathering_once(self.env):
            self._gather()
            self.first.quant_ids.sudo().location_id = self.customers
            self.assertEqual(self._gather(), self.second)

    def test_amounts_change_nothing(self):
        with gathering_once(self.env):
            found = self.env["stock.quant"]._gather(self.milk, self.stock)
            self.env["stock.quant"]._update_available_quantity(
                self.milk, self.stock, -4, lot_id=self.first
            )
            again = self.env["stock.quant"]._gather(self.milk, self.stock)
            self.assertIs(found, again)
            self.assertEqual(sum(again.mapped("quantity")), 16)

    def test_whole_packages_are_chosen_each_time(self):
        self.stock.removal_strategy_id = self.env.ref("stock.removal_least_packages")
        quants = self.env["stock.quant"]
        with gathering_once(self.env):
            found = quants._gather(self.milk, self.stock, qty=5)
            self.assertIsNot(found, quants._gather(self.milk, self.stock, qty=5))
