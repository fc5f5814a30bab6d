import logging
import time

from odoo.tests import tagged

from .common import GenealogyCommon

_logger = logging.getLogger(__name__)

DEPTH, FAN_OUT = 5, 5
TREE = sum(FAN_OUT**level for level in range(DEPTH + 1))
HISTORY = 100_000
# machines differ: this only tells a slow day from another order of magnitude
PATIENCE = 2
PATIENCE_FOR_ALL = 60


@tagged("at_install", "-post_install", "heavy")
class TestScale(GenealogyCommon):
    """A history made by SQL: what is asked of it costs the same few statements."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.receipt = cls._make_move(cls.stock, 1, source=cls.suppliers)
        cls.delivery = cls._make_move(cls.customers, 1)
        cls.env.flush_all()

    @classmethod
    def _make_lots(cls, count, prefix):
        """Lots of which each is made of another: FAN_OUT of each."""
        cls.env.cr.execute(
            """
            INSERT INTO stock_lot (name, product_id, hold_state)
            SELECT %s || n, %s, 'released' FROM generate_series(1, %s) n
            RETURNING id
            """,
            [prefix, cls.milk.id, count],
        )
        first = min(row[0] for row in cls.env.cr.fetchall())
        cls.env.cr.execute(
            """
            INSERT INTO mrp_genealogy_edge (
                parent_lot_id, child_lot_id, parent_product_id, child_product_id,
                quantity, child_quantity, company_id, date, parent_filling,
                child_filling
            )
            SELECT %(first)s + (n - 1) / %(fan)s, %(first)s + n, %(product)s,
                   %(product)s, 1, 1, %(company)s, now(), 0, 0
              FROM generate_series(1, %(last)s) n
            """,
            {
                "first": first,
                "fan": FAN_OUT,
                "product": cls.milk.id,
                "company": cls.company.id,
                "last": count - 1,
            },
        )
        return cls.env["stock.lot"].browse(range(first, first + count))

    @classmethod
    def _make_traffic(cls, lots):
        """Each lot was received, and half of it delivered."""
        for move, quantity in ((cls.receipt, 10), (cls.delivery, 5)):
            cls.env.cr.execute(
                """
                INSERT INTO stock_move_line (
                    move_id, product_id, product_uom_id, lot_id, quantity,
                    quantity_product_uom, location_id, location_dest_id, company_id,
                    state, date
                )
                SELECT %s, %s, %s, id, %s, %s, %s, %s, %s, 'done', now()
                  FROM stock_lot WHERE id BETWEEN %s AND %s
                """,
                [
                    move.id,
                    cls.milk.id,
                    cls.milk.uom_id.id,
                    quantity,
                    quantity,
                    move.location_id.id,
                    move.location_dest_id.id,
                    cls.company.id,
                    lots[0].id,
                    lots[-1].id,
                ],
            )
        cls.env.cr.execute(
            """
            INSERT INTO stock_quant (
                product_id, lot_id, location_id, company_id, quantity,
                reserved_quantity, in_date
            )
            SELECT %s, id, %s, %s, 5, 0, now()
              FROM stock_lot WHERE id BETWEEN %s AND %s
            """,
            [cls.milk.id, cls.stock.id, cls.company.id, lots[0].id, lots[-1].id],
        )
        for table in (
            "stock_lot",
            "stock_move_line",
            "stock_quant",
            "mrp_genealogy_edge",
        ):
            cls.env.cr.execute(f"ANALYZE {table}")

    def _measure(self, what, call, patience=PATIENCE):
        self.env.flush_all()
        self.env.invalidate_all()
        queries, began = self.cr.sql_log_count, time.perf_counter()
        result = call()
        self.env.flush_all()
        seconds = time.perf_counter() - began
        queries = self.cr.sql_log_count - queries
        _logger.info("%s: %s queries, %.3f s", what, queries, seconds)
        self.assertLess(seconds, patience)
        return result, queries

    def test_a_tree_of_four_thousand_lots(self):
        lots = self._make_lots(TREE, "T")
        self._make_traffic(lots)
        root, leaf = lots[0], lots[-1]
        root.check_access("read")
        tree, queries = self._measure("Tree forward", root.get_genealogy)
        self.assertEqual(len(tree["lots"]), TREE)
        self.assertEqual(len(tree["forward"]), TREE - 1)
        self.assertLessEqual(queries, 3)
        tree, queries = self._measure("Tree backward", leaf.get_genealogy)
        self.assertEqual(len(tree["backward"]), DEPTH)
        self.assertLessEqual(queries, 3)

    def test_a_recall_among_a_hundred_thousand_lots(self):
        lots = self._make_lots(HISTORY, "H")
        self._make_traffic(lots)
        # everything that was made of it is a small part of the whole
        few = lots[HISTORY // FAN_OUT // FAN_OUT // FAN_OUT]
        counts = []
        for name, lot, patience in (
            ("a part", few, PATIENCE),
            ("all", lots[0], PATIENCE_FOR_ALL),
        ):
            recall = self.env["mrp.recall"].create({"title": name, "lot_ids": lot.ids})
            _none, queries = self._measure(
                f"Recall of {name} of {HISTORY:,} lots", recall.action_compute, patience
            )
            counts.append(queries)
        self.assertEqual(recall.lot_count, HISTORY)
        self.assertEqual(recall.found_percent, 100)
        # as many statements for all as for a part
        self.assertLessEqual(counts[1], counts[0] + 2)
