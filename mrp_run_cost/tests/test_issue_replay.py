from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import replay_deltas


@tagged("at_install", "-post_install")
class TestIssueReplay(BaseCase):
    def test_average(self):
        events = [("in", 1, False, 10), ("out", 2, False, 5), ("out", 3, False, 1)]
        self.assertEqual(replay_deltas(events, {1: 60}), {2: 30, 3: 6})

    def test_average_dilutes(self):
        events = [("in", 1, False, 10), ("in", 2, False, 10), ("out", 3, False, 10)]
        self.assertEqual(replay_deltas(events, {1: 60}), {3: 30})

    def test_average_stops_at_a_price(self):
        events = [
            ("in", 1, False, 10),
            ("out", 2, False, 5),
            ("price", False, False, 0),
            ("out", 3, False, 5),
        ]
        self.assertEqual(replay_deltas(events, {1: 60}), {2: 30})

    def test_fifo(self):
        events = [("in", 1, False, 10), ("in", 2, False, 10), ("out", 3, False, 15)]
        self.assertEqual(replay_deltas(events, {1: 60}, fifo=True), {3: 60})
        self.assertEqual(replay_deltas(events, {2: 60}, fifo=True), {3: 30})

    def test_lots_do_not_mix(self):
        events = [("in", 1, 7, 10), ("in", 2, 8, 10), ("out", 3, 8, 10)]
        self.assertEqual(replay_deltas(events, {1: 60}), {})

    @settings(max_examples=200, deadline=None)
    @given(
        st.lists(st.integers(1, 50), min_size=1, max_size=8),
        st.lists(st.integers(-1000, 1000), min_size=8, max_size=8),
        st.booleans(),
    )
    def test_everything_issued_bears_everything(self, quantities, changes, fifo):
        """When all that came in went out, the issues bear the whole correction."""
        events = [
            ("in", index, False, quantity) for index, quantity in enumerate(quantities)
        ] + [("out", 99, False, sum(quantities))]
        changes = dict(enumerate(changes[: len(quantities)]))
        deltas = replay_deltas(events, changes, fifo=fifo)
        self.assertAlmostEqual(deltas.get(99, 0), sum(changes.values()), places=6)
