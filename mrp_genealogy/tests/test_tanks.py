from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GenealogyCommon


@tagged("at_install", "-post_install")
class TestTanks(GenealogyCommon):
    """A tank goes by one lot for weeks; cleaning it ends what it held before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tank = cls._make_location("Tank")
        cls.pooled = cls._make_product("Pooled milk")
        cls.content = cls._make_lot("TANK", product=cls.pooled)
        cls.now = fields.Datetime.now()
        cls.hour = 0

    def _tick(self):
        """An hour passes."""
        type(self).hour += 1
        now = fields.Datetime.add(self.now, hours=self.hour)
        patcher = patch.object(fields.Datetime, "now", lambda: now)
        patcher.start()
        self.addCleanup(patcher.stop)

    def _fill_and_use(self, milk, cheese):
        lots = [self._make_lot(milk, 100), self._make_lot(cheese, product=self.cheese)]
        self._tick()
        fill = self._run(self.pooled, 100, [(self.milk, lots[0], 100)], self.content)
        self._take_to_tank(fill)
        self._tick()
        order = self._run(self.cheese, 10, [], lots[1])
        move = self.env["stock.move"].create(
            {
                **self._prepare_raw_move(self.pooled, 100),
                "location_id": self.tank.id,
                "raw_material_production_id": order.id,
            }
        )
        move._action_confirm(merge=False)
        move._do_unreserve()
        self._make_line(move, self.content, 100, self.tank)
        move.picked = True
        move._action_done()
        self._tick()
        return lots

    def _take_to_tank(self, _order):
        self._take(self.content, self.tank, 100)

    def _trace(self, lot):
        tree = lot.get_genealogy()
        return {other["name"] for other in tree["lots"].values()}

    def _recall(self, lot):
        recall = self.env["mrp.recall"].create({"title": "T", "lot_ids": lot.ids})
        recall.action_compute()
        return set(recall.line_ids.lot_id.mapped("name"))

    def test_without_cleaning_everything_hangs_together(self):
        first, _cheese = self._fill_and_use("M1", "C1")
        self._fill_and_use("M2", "C2")
        self.assertEqual(self._trace(first), {"M1", "TANK", "C1", "C2"})
        self.assertEqual(self._recall(first), {"M1", "TANK", "C1", "C2"})

    def test_cleaning_cuts_the_chain(self):
        first, cheese_1 = self._fill_and_use("M1", "C1")
        self.tank.with_user(self.worker).action_empty_clean()
        cut = self.tank.genealogy_cut_ids
        self.assertEqual((cut.lot_id, cut.user_id), (self.content, self.worker))
        self._tick()
        second, cheese_2 = self._fill_and_use("M2", "C2")
        self.assertEqual(self._trace(first), {"M1", "TANK", "C1"})
        self.assertEqual(self._trace(second), {"M2", "TANK", "C2"})
        self.assertEqual(self._trace(cheese_2), {"M2", "TANK", "C2"})
        self.assertEqual(self._recall(first), {"M1", "TANK", "C1"})
        # the tank itself was all of it
        self.assertEqual(self._trace(self.content), {"M1", "M2", "TANK", "C1", "C2"})
        self.assertEqual(self._recall(self.content), {"TANK", "C1", "C2"})
        # and stays cut when what was posted before is written again
        orders = self.env["mrp.production"].search(
            [("company_id", "=", self.company.id)]
        )
        self.env["mrp.genealogy.edge"]._write_edges(orders)
        self.assertEqual(self._trace(cheese_1), {"M1", "TANK", "C1"})

    def test_a_tank_that_is_not_empty(self):
        self._stock_up(self.pooled, 5, self.content, self.tank)
        with self.assertRaisesRegex(UserError, "TANK"):
            self.tank.action_empty_clean()

    def test_a_lot_that_is_elsewhere_too_is_not_cut(self):
        self._fill_and_use("M1", "C1")
        self._stock_up(self.pooled, 5, self.content, self.shelf)
        with self.assertRaises(UserError):
            self.tank.action_empty_clean()

    def test_nothing_to_clean(self):
        with self.assertRaisesRegex(UserError, "Nothing was in"):
            self.tank.action_empty_clean()
        with self.assertRaises(UserError):
            self.customers.action_empty_clean()

    def test_nobody_writes_it(self):
        self._fill_and_use("M1", "C1")
        self.tank.action_empty_clean()
        cut = self.tank.genealogy_cut_ids
        with self.assertRaises(UserError):
            cut.sudo().write({"date": self.now})
        with self.assertRaises(UserError):
            cut.sudo().unlink()
        mine = cut.with_user(self.releaser).with_context(mrp_genealogy_recording=True)
        with self.assertRaises(UserError):
            mine.create({"lot_id": self.content.id})
        nobody = self._make_user("test_tank_nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self.tank.with_user(nobody).action_empty_clean()
