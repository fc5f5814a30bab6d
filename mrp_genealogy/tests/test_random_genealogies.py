from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ..tools import trace
from .common import GenealogyCommon

LOTS = 12
numbers = st.integers(0, LOTS - 1)
# (input, output, whether it happened in another company); cycles and repetitions too
graphs = st.lists(st.tuples(numbers, numbers, st.booleans()), max_size=30)


def examples(count):
    """Hypothesis draws, the same every time."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
    )


def reach(edges, start, direction):
    """The same in plain Python: everything that can be reached, one step at a time."""
    reached, front = set(start), list(start)
    while front:
        here = front.pop()
        for source, target, foreign in edges:
            near, far = (source, target) if direction == "forward" else (target, source)
            if near == here and not foreign and far not in reached:
                reached.add(far)
                front.append(far)
    return reached


@tagged("at_install", "-post_install")
class TestRandomGenealogies(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other Creamery"})
        cls.lots = cls.env["stock.lot"].create(
            [{"name": f"L{n}", "product_id": cls.milk.id} for n in range(LOTS)]
        )
        cls.number = {lot.id: n for n, lot in enumerate(cls.lots)}

    def _make_numbered_lot(self, product):
        count = self.env["stock.lot"].search_count([("product_id", "=", product.id)])
        return self._make_lot(f"O{count}", product=product)

    def _write_graph(self, graph):
        self.env["mrp.genealogy.edge"].search([]).unlink()
        self.env["mrp.genealogy.edge"].create(
            [
                {
                    "parent_lot_id": self.lots[source].id,
                    "child_lot_id": self.lots[target].id,
                    "parent_product_id": self.milk.id,
                    "child_product_id": self.milk.id,
                    "quantity": 1,
                    "company_id": (self.other if foreign else self.company).id,
                }
                for source, target, foreign in graph
            ]
        )

    @examples(60)
    @given(graphs, st.sets(numbers, min_size=1, max_size=3))
    def test_the_tree_is_what_can_be_reached(self, graph, start):
        self._write_graph(graph)
        roots = self.lots.browse([self.lots[n].id for n in sorted(start)])
        tree = trace(self.env, roots)
        expected = set()
        for direction in ("backward", "forward"):
            reached = reach(graph, start, direction)
            expected |= reached
            wanted = sorted(
                (source, target)
                for source, target, foreign in graph
                if not foreign
                and (target if direction == "backward" else source) in reached
            )
            found = sorted(
                (self.number[e["parent_lot_id"]], self.number[e["child_lot_id"]])
                for e in tree[direction]
            )
            self.assertEqual(found, wanted, direction)
        self.assertEqual({self.number[lot] for lot in tree["lots"]}, expected)

    @examples(40)
    @given(graphs, st.sets(numbers, min_size=1, max_size=3), st.booleans())
    def test_a_recall_finds_the_same(self, graph, start, back):
        self._write_graph(graph)
        recall = self.env["mrp.recall"].create(
            {
                "title": "Random",
                "lot_ids": [self.lots[n].id for n in start],
                "trace_back": back,
            }
        )
        recall.action_compute()
        seeds = reach(graph, start, "backward") if back else start
        expected = reach(graph, seeds, "forward")
        self.assertEqual(
            {self.number[lot.id] for lot in recall.line_ids.lot_id}, expected
        )
        self.assertEqual(recall.lot_count, len(expected))
        origins = recall.line_ids.filtered("is_origin").lot_id
        self.assertEqual({self.number[lot.id] for lot in origins}, start)

    @examples(8)
    @given(
        st.dictionaries(numbers, st.integers(1, 50), min_size=1, max_size=4),
        st.dictionaries(st.integers(0, 4), st.integers(1, 20), min_size=1, max_size=3),
    )
    def test_nothing_of_an_input_is_lost(self, inputs, outputs):
        """What lots gave to a run is what its outputs got together."""
        for lot in inputs:
            self._stock_up(self.milk, 100, self.lots[lot])
        main = min(outputs)
        made = {
            n: self._make_numbered_lot(self.cheese if n == main else self.whey)
            for n in outputs
        }
        order = self._run(
            self.cheese,
            outputs[main],
            [(self.milk, self.lots[n], quantity) for n, quantity in inputs.items()],
            made[main],
            [
                (self.whey, made[n], quantity)
                for n, quantity in outputs.items()
                if n != main
            ],
        )
        edges = self.env["mrp.genealogy.edge"].search(
            [("production_id", "=", order.id)]
        )
        total = sum(outputs.values())
        self.assertEqual(len(edges), len(inputs) * len(outputs))
        for edge in edges:
            source = self.number[edge.parent_lot_id.id]
            [target] = [n for n, lot in made.items() if lot == edge.child_lot_id]
            self.assertAlmostEqual(
                edge.quantity, inputs[source] * outputs[target] / total, places=6
            )
