"""Questions about a long history of lots, asked like requests."""

import time

from odoo.addons.mrp_genealogy.tests.history import FAN_OUT, History

DEPTH = 5
TREE = sum(FAN_OUT**level for level in range(DEPTH + 1))
LOTS = 100_000
REPEATS = 5


class Questions:
    """A tree of some thousand lots, and a recall among a hundred thousand."""

    def __init__(self, env):
        self.env = env
        history = self._make_history(env(su=True))
        self.tree = history.make(TREE, "tree ")
        self.lots = history.make(LOTS, "lot ")
        env.cr.commit()

    def _make_history(self, env):
        product = env["product.product"].create(
            {"name": "Milk", "is_storable": True, "tracking": "lot"}
        )
        stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
        places = (
            (env.ref("stock.stock_location_suppliers"), stock),
            (stock, env.ref("stock.stock_location_customers")),
        )
        moves = env["stock.move"].create(
            [
                {
                    "product_id": product.id,
                    "product_uom_qty": 1,
                    "location_id": source.id,
                    "location_dest_id": destination.id,
                }
                for source, destination in places
            ]
        )
        env.flush_all()
        return History(env, product, *moves)

    def answer(self):
        """Return per question its statements and seconds, medians of the repeats."""
        part = self.lots[LOTS // FAN_OUT**3]
        questions = {
            "tree": lambda: self._tree(self.tree[0]),
            "recall": lambda: self._recall(part),
        }
        return {name: self._ask(question) for name, question in questions.items()}

    def _tree(self, root):
        return len(root.with_env(self.env).get_genealogy()["lots"])

    def _recall(self, lot):
        recalls = self.env["mrp.recall"]
        recall = recalls.create({"title": lot.name, "lot_ids": lot.ids})
        self.env.flush_all()
        self._begin()
        recall.action_compute()
        return recall.lot_count

    def _begin(self):
        self.env.invalidate_all()
        self._queries, self._began = self.env.cr.sql_log_count, time.perf_counter()

    def _ask(self, question):
        figures = []
        for _repeat in range(REPEATS):
            self._begin()
            found = question()
            self.env.flush_all()
            seconds = time.perf_counter() - self._began
            figures.append((seconds, self.env.cr.sql_log_count - self._queries, found))
            self.env.cr.rollback()
        seconds, queries, found = sorted(figures)[len(figures) // 2]
        return {"seconds": seconds, "queries": queries, "lots": found}
