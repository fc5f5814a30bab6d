"""Joint costing: which output bears how much of the cost of a run.

Plain Python without a database. Amounts are whole currency units (see
``CurrencyUnits``), prices and costs are per unit of the output's product.

Methods after Horngren, Datar, Rajan: *Cost Accounting*, chapter "Cost Allocation:
Joint Products and Byproducts"; equivalence numbers as in process manufacturing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from odoo.addons.mrp_run_cost.tools import CostSplit, largest_remainder

MAIN = "main"
CO_PRODUCT = "co_product"
BY_PRODUCT = "by_product"
WASTE = "waste"

FIXED = "fixed"
EQUIVALENCE = "equivalence"
QUANTITY = "quantity"
SALES_VALUE = "sales_value"
NET_REALISABLE_VALUE = "nrv"
GROSS_MARGIN = "gross_margin"
PLANNED = "planned"
PRICE_METHODS = (SALES_VALUE, NET_REALISABLE_VALUE, GROSS_MARGIN)

# digits kept of a weight: enough for any price times quantity, blind to binary dust
WEIGHT_DIGITS = 9


@dataclass
class Output:
    """One thing that comes out of a run.

    ``key`` is the caller's; ``quantity`` is in the product's unit, ``physical`` the
    same in the reference unit (None when it does not convert; a function when it is
    not worth converting beforehand), ``standard`` the whole output at standard cost in
    currency units (None unless the product is at standard cost), ``planned`` the
    weight it has in the recipe, ``part_of`` what an output posted in parts belongs to.
    """

    key: object
    type: str
    quantity: float
    share: float = 0.0
    number: float = 1.0
    physical: float | Callable | None = None
    price: float | None = None
    separable: float = 0.0
    disposal: float = 0.0
    standard: int | None = None
    planned: float = 0.0
    part_of: object = None

    @property
    def identity(self):
        """What is the same for the parts of one output posted at several times."""
        return MAIN if self.type == MAIN else self.part_of or self.key

    @property
    def is_joint(self):
        return self.type in (MAIN, CO_PRODUCT)

    def get_physical(self):
        """:return: quantity in the reference unit, None when it does not convert"""
        return self.physical() if callable(self.physical) else self.physical

    @property
    def recovery(self):
        """Value per unit of a by-product: price less what it still costs to sell it."""
        return (self.price or 0.0) - self.separable - self.disposal

    @property
    def accrual(self):
        """Cost to be accrued for getting rid of it, for the whole quantity."""
        if self.type == WASTE:
            return self.disposal * self.quantity
        if self.type == BY_PRODUCT and self.standard is None:
            return max(-self.recovery, 0.0) * self.quantity
        return 0.0


@dataclass
class JointSplit(CostSplit):
    """Result: currency units per key, the weights used, and what was out of order.

    ``problems`` holds ``(code, key or None)``; ``method`` is the one really used.
    """

    method: str
    outputs: list
    weights: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)


class JointCost:
    """Splits a pool among the outputs of a run.

    :param str method: how joint outputs (main and co-products) share
    :param outputs: list of ``Output``, the main one first, then in line order
    :param to_units: function from an amount to currency units
    """

    def __init__(self, method, outputs, to_units):
        self.method = method
        self.outputs = outputs
        self.joint = [output for output in outputs if output.is_joint]
        self.to_units = to_units

    def split(self, pool):
        """Share ``pool`` currency units, accruals included, among all outputs.

        By-products are credited first; the rest is shared by the method. What can
        not be used is replaced by a documented fallback and reported, never raised.

        :return: ``JointSplit`` whose totals add up to the pool
        """
        totals = dict.fromkeys((output.key for output in self.outputs), 0)
        split = JointSplit(totals, self.method, self.outputs)
        split.totals.update(self._get_credits(pool, split))
        rest = pool - sum(split.totals.values())
        if self.joint:
            weights = self._get_weights(rest, split)
            split.weights = dict(
                zip((output.key for output in self.joint), weights, strict=True)
            )
            parts = largest_remainder(rest, weights)
            for output, part in zip(self.joint, parts, strict=True):
                split.totals[output.key] += part
        elif rest and self.outputs:
            split.problems.append(("no_joint_output", None))
            split.totals[self.outputs[0].key] += rest
        return split

    def _get_credits(self, pool, split):
        """Credit of every by-product: its standard, else its recovery value."""
        credits = {}
        for output in self.outputs:
            if output.type != BY_PRODUCT:
                continue
            if output.standard is not None:
                credits[output.key] = output.standard
            else:
                recovery = max(output.recovery, 0.0) * output.quantity
                credits[output.key] = self.to_units(recovery)
        if sum(credits.values()) > max(pool, 0):
            largest = max(credits, key=credits.get)
            split.problems.append(("recovery_above_pool", largest))
            parts = largest_remainder(max(pool, 0), credits.values())
            credits = dict(zip(credits, parts, strict=True))
        return credits

    def _get_weights(self, rest, split):
        """Weights of the joint outputs, by the method or by what stands in for it."""
        missing = [output.key for output in self.joint if output.price is None]
        if self.method in PRICE_METHODS and missing and len(self.joint) > 1:
            split.problems += [("missing_price", key) for key in missing]
        else:
            weights = self._compute_weights(self.method, rest, split)
            if weights and sum(weights) > 0:
                return weights
            if len(self.joint) > 1:
                split.problems.append(("no_weight", None))
        for method in (QUANTITY, PLANNED):
            weights = self._compute_weights(method, rest, split)
            if weights and sum(weights) > 0:
                split.method = method
                return weights
        split.method = EQUIVALENCE
        return [1] * len(self.joint)

    def _compute_weights(self, method, rest, split):
        """:return: list of non-negative weights, None when the method has no basis"""
        weights = getattr(self, f"_weigh_{method}")(rest)
        if weights is None:
            unknown = [
                output.key for output in self.joint if output.get_physical() is None
            ]
            split.problems += [("no_conversion", key) for key in unknown]
            return None
        result = []
        for output, weight in zip(self.joint, weights, strict=True):
            weight = round(weight, WEIGHT_DIGITS)
            if weight < 0:
                split.problems.append(("negative_basis", output.key))
            result.append(max(weight, 0))
        return result

    def _weigh_fixed(self, _rest):
        """Percentages; an output posted in parts shares its percentage by quantity."""
        quantities = {}
        shares = {}
        for output in self.joint:
            name = output.identity
            quantities[name] = quantities.get(name, 0.0) + output.quantity
            shares[name] = 0.0 if output.type == MAIN else output.share
        main = 100 - sum(shares.values())
        return [
            (main if output.type == MAIN else output.share)
            * (output.quantity / (quantities[output.identity] or 1))
            for output in self.joint
        ]

    def _weigh_equivalence(self, _rest):
        return [output.number * output.quantity for output in self.joint]

    def _weigh_quantity(self, _rest):
        quantities = [output.get_physical() for output in self.joint]
        return None if None in quantities else quantities

    def _weigh_sales_value(self, _rest):
        return [(output.price or 0.0) * output.quantity for output in self.joint]

    def _weigh_nrv(self, _rest):
        return [
            ((output.price or 0.0) - output.separable) * output.quantity
            for output in self.joint
        ]

    def _weigh_gross_margin(self, rest):
        """Joint cost that leaves every output with the same gross margin."""
        values = self._weigh_sales_value(rest)
        separable = [
            self.to_units(output.separable * output.quantity) for output in self.joint
        ]
        values = [self.to_units(value) for value in values]
        if sum(values) <= 0:
            return [0] * len(values)
        cost_rate = (rest + sum(separable)) / sum(values)
        return [
            value * cost_rate - cost
            for value, cost in zip(values, separable, strict=True)
        ]

    def _weigh_planned(self, _rest):
        return [output.planned for output in self.joint]
