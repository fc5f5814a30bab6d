from unittest.mock import patch

from odoo.tests import tagged

from ..models import mrp_genealogy_backfill as backfill_module
from .common import GenealogyCommon


@tagged("at_install", "-post_install")
class TestBackfill(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.m1 = cls._make_lot("M1", 1000)
        cls.orders = cls.env["mrp.production"]
        for number in range(4):
            lot = cls._make_lot(f"C{number}", product=cls.cheese)
            cls.orders |= cls._run(cls.cheese, 1, [(cls.milk, cls.m1, 10)], lot)
            cls._deliver(lot, 1)
        cls.env.flush_all()
        cls.before = cls._get_edges(production_id=cls.orders)
        cls._forget()

    @classmethod
    def _forget(cls):
        """As if all of it had happened before the add-on came."""
        cls.env.cr.execute(
            "DELETE FROM mrp_genealogy_edge; DELETE FROM stock_lot_distribution;"
            "DELETE FROM mrp_genealogy_backfill"
        )
        cls.env.invalidate_all()

    def _count_events(self):
        return self.env["stock.lot.distribution"].search_count(
            [("product_id", "=", self.cheese.id)]
        )

    def test_everything_is_written_at_installation(self):
        backfill = self.env["mrp.genealogy.backfill"]._start()
        self.assertEqual(self._get_edges(production_id=self.orders), self.before)
        self.assertEqual(len(self.before), 4)
        self.assertEqual(self._count_events(), 4)
        self.assertEqual((backfill.state, backfill.progress), ("done", 100))

    def test_it_goes_on_where_it_stopped(self):
        with (
            patch.object(backfill_module, "RUNS_AT_INSTALL", -1),
            patch.object(backfill_module, "RUNS_AT_ONCE", 1),
        ):
            backfill = self.env["mrp.genealogy.backfill"]._start()
            self.assertEqual(self._get_edges(production_id=self.orders), {})
            self.assertEqual(backfill.state, "running")
            backfill.production_id_done = self.orders[1].id
            backfill._do_step()
            self.assertEqual(
                list(self._get_edges(production_id=self.orders)), [("M1", "C2")]
            )
            progress = backfill.progress
            self.assertTrue(0 < progress < 100)
            while backfill._do_step():
                self.assertGreaterEqual(backfill.progress, progress)
                progress = backfill.progress
        self.assertEqual(backfill.state, "done")
        self.assertTrue(backfill.end_date)

    def test_twice_is_the_same_as_once(self):
        for _turn in range(2):
            self.env["mrp.genealogy.backfill"]._start()
        self.assertEqual(self._get_edges(production_id=self.orders), self.before)
        self.assertEqual(self._count_events(), 4)

    def test_the_scheduled_action_finishes(self):
        with patch.object(backfill_module, "RUNS_AT_INSTALL", -1):
            backfill = self.env["mrp.genealogy.backfill"]._start()
        with self.enter_registry_test_mode():
            self.env.ref("mrp_genealogy.ir_cron_backfill").method_direct_trigger()
        self.assertEqual(backfill.state, "done")
        self.assertEqual(self._get_edges(production_id=self.orders), self.before)
