import logging
import time

from odoo.tests import tagged

from .common import GenealogyCommon
from .history import FAN_OUT, History

_logger = logging.getLogger(__name__)

DEPTH = 5
TREE = sum(FAN_OUT**level for level in range(DEPTH + 1))
HISTORY = 100_000
# machines differ: this only tells a slow day from another order of magnitude
PATIENCE = 2
PATIENCE_FOR_ALL = 60


@tagged("post_install", "-at_install", "heavy")
class TestScale(GenealogyCommon):
    """A history made by SQL: what is asked of it costs the same few statements."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.history = History(
            cls.env(su=True),
            cls.milk,
            cls._make_move(cls.stock, 1, source=cls.suppliers),
            cls._make_move(cls.customers, 1),
        )
        cls.env.flush_all()

    def _make_history(self, count, prefix):
        return self.history.make(count, prefix).with_env(self.env)

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
        lots = self._make_history(TREE, "T")
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
        lots = self._make_history(HISTORY, "H")
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
