from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import controlled_rounding, largest_remainder

AMOUNT = st.integers(-(10**7), 10**7)


@tagged("at_install", "-post_install")
class TestRounding(BaseCase):
    def test_thirds(self):
        self.assertEqual(largest_remainder(10000, [1, 1, 1]), [3334, 3333, 3333])

    def test_no_weight(self):
        with self.assertRaises(ValueError):
            largest_remainder(100, [0, 0])
        with self.assertRaises(ValueError):
            largest_remainder(100, [2, -1])

    @settings(max_examples=300, deadline=None)
    @given(
        AMOUNT,
        st.lists(st.floats(0, 1e6, allow_nan=False), min_size=1, max_size=8).filter(
            any
        ),
    )
    def test_parts_add_up(self, total, weights):
        parts = largest_remainder(total, weights)
        self.assertEqual(sum(parts), total)
        for part, weight in zip(parts, weights, strict=True):
            ideal = total * weight / sum(weights)
            self.assertLessEqual(abs(part - ideal), 1 + abs(ideal) * 1e-9)
            self.assertGreaterEqual(part * total, 0, "no part may turn negative")

    @settings(max_examples=300, deadline=None)
    @given(
        st.lists(AMOUNT, min_size=1, max_size=7),
        st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any),
    )
    def test_both_margins_exact(self, rows, weights):
        columns = largest_remainder(sum(rows), weights)
        cells = controlled_rounding(rows, columns)
        self.assertEqual([sum(line) for line in cells], rows)
        self.assertEqual([sum(column) for column in zip(*cells, strict=True)], columns)

    @settings(max_examples=300, deadline=None)
    @given(
        st.lists(st.integers(0, 10**7), min_size=1, max_size=7).filter(any),
        st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any),
    )
    def test_cells_within_one_unit(self, rows, weights):
        columns = largest_remainder(sum(rows), weights)
        for row, line in zip(rows, controlled_rounding(rows, columns), strict=True):
            for column, cell in zip(columns, line, strict=True):
                self.assertLess(abs(cell - row * column / sum(rows)), 1)

    def test_margins_differ(self):
        with self.assertRaises(ValueError):
            controlled_rounding([1, 2], [4])
