from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import JointCost, Output, joint_cost

TYPES = (joint_cost.CO_PRODUCT, joint_cost.BY_PRODUCT, joint_cost.WASTE)
METHODS = (
    joint_cost.FIXED,
    joint_cost.EQUIVALENCE,
    joint_cost.QUANTITY,
    joint_cost.SALES_VALUE,
    joint_cost.NET_REALISABLE_VALUE,
    joint_cost.GROSS_MARGIN,
)
MONEY = st.floats(0, 1000, allow_nan=False)


def to_units(amount):
    return round(amount * 100)


@st.composite
def outputs(draw):
    types = [joint_cost.MAIN, *draw(st.lists(st.sampled_from(TYPES), max_size=7))]
    return [
        Output(
            index,
            kind,
            draw(st.floats(0.001, 1000)),
            share=draw(st.floats(0, 40)),
            number=draw(st.floats(0, 10)),
            physical=draw(st.none() | st.floats(0, 1000)),
            price=draw(st.none() | MONEY),
            separable=draw(MONEY),
            disposal=draw(MONEY),
            standard=draw(st.none() | st.integers(0, 100000))
            if kind == joint_cost.BY_PRODUCT
            else None,
            planned=draw(st.floats(0, 100)),
        )
        for index, kind in enumerate(types)
    ]


@tagged("at_install", "-post_install")
class TestJointCost(BaseCase):
    @settings(max_examples=500, deadline=None)
    @given(st.sampled_from(METHODS), outputs(), st.integers(-1000, 10**7))
    def test_everything_is_shared(self, method, outs, pool):
        """Whatever comes: nothing is lost, nobody gets a negative cost of a positive
        pool, and waste gets nothing."""
        split = JointCost(method, outs, to_units).split(pool)
        self.assertEqual(sum(split.totals.values()), pool)
        for output in outs:
            if pool >= 0:
                self.assertGreaterEqual(split.totals[output.key], 0)
            if output.type == joint_cost.WASTE:
                self.assertEqual(split.totals[output.key], 0)

    def test_constant_margin(self):
        """After separable cost, every product has the same gross margin."""
        outs = [
            Output(0, joint_cost.MAIN, 100, price=10, separable=2),
            Output(1, joint_cost.CO_PRODUCT, 50, price=20, separable=4),
        ]
        split = JointCost(joint_cost.GROSS_MARGIN, outs, to_units).split(80000)
        self.assertFalse(split.problems)
        margins = []
        for output in outs:
            revenue = output.price * output.quantity
            cost = split.totals[output.key] / 100 + output.separable * output.quantity
            margins.append((revenue - cost) / revenue)
        self.assertAlmostEqual(*margins)
        self.assertAlmostEqual(margins[0], (2000 - 800 - 400) / 2000)

    def test_net_realisable_value(self):
        outs = [
            Output(0, joint_cost.MAIN, 10, price=10, separable=4),
            Output(1, joint_cost.CO_PRODUCT, 10, price=5, separable=1),
        ]
        split = JointCost(joint_cost.NET_REALISABLE_VALUE, outs, to_units).split(10000)
        self.assertEqual(split.totals, {0: 6000, 1: 4000})

    def test_one_negative_basis_counts_nothing(self):
        outs = [
            Output(0, joint_cost.MAIN, 10, price=10),
            Output(1, joint_cost.CO_PRODUCT, 10, price=5, separable=6),
        ]
        split = JointCost(joint_cost.NET_REALISABLE_VALUE, outs, to_units).split(10000)
        self.assertEqual(split.totals, {0: 10000, 1: 0})
        self.assertEqual(split.problems, [("negative_basis", 1)])

    def test_missing_price_falls_back_to_quantity(self):
        outs = [
            Output(0, joint_cost.MAIN, 10, price=10, physical=1),
            Output(1, joint_cost.CO_PRODUCT, 10, physical=3),
        ]
        split = JointCost(joint_cost.SALES_VALUE, outs, to_units).split(10000)
        self.assertEqual(split.totals, {0: 2500, 1: 7500})
        self.assertEqual(split.method, joint_cost.QUANTITY)
        self.assertEqual(split.problems, [("missing_price", 1)])

    def test_nothing_converts_falls_back_to_the_plan(self):
        outs = [
            Output(0, joint_cost.MAIN, 10, price=10, planned=80),
            Output(1, joint_cost.CO_PRODUCT, 10, planned=20),
        ]
        split = JointCost(joint_cost.SALES_VALUE, outs, to_units).split(10000)
        self.assertEqual(split.totals, {0: 8000, 1: 2000})
        self.assertEqual(split.method, joint_cost.PLANNED)

    def test_negative_recovery_is_accrued(self):
        whey = Output(1, joint_cost.BY_PRODUCT, 20, price=1, disposal=1.5)
        self.assertEqual(whey.accrual, 10)
        outs = [Output(0, joint_cost.MAIN, 1), whey]
        split = JointCost(joint_cost.FIXED, outs, to_units).split(11000)
        self.assertEqual(split.totals, {0: 11000, 1: 0})

    def test_output_posted_in_parts_has_its_percentage_once(self):
        outs = [
            Output(0, joint_cost.MAIN, 6),
            Output(1, joint_cost.MAIN, 4),
            Output(2, joint_cost.CO_PRODUCT, 3, share=40, part_of="cream"),
            Output(3, joint_cost.CO_PRODUCT, 1, share=40, part_of="cream"),
        ]
        split = JointCost(joint_cost.FIXED, outs, to_units).split(10000)
        self.assertEqual(split.totals, {0: 3600, 1: 2400, 2: 3000, 3: 1000})

    def test_only_by_products_came_out(self):
        outs = [Output(1, joint_cost.BY_PRODUCT, 20, price=1)]
        split = JointCost(joint_cost.FIXED, outs, to_units).split(11000)
        self.assertEqual(split.totals, {1: 11000})
        self.assertEqual(split.problems, [("no_joint_output", None)])
