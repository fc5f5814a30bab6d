from odoo import fields, models

from ..tools import joint_cost

METHODS = [
    (joint_cost.FIXED, "Fixed percentages"),
    (joint_cost.EQUIVALENCE, "Equivalence numbers"),
    (joint_cost.QUANTITY, "Physical quantity"),
    (joint_cost.SALES_VALUE, "Sales value at split-off"),
    (joint_cost.NET_REALISABLE_VALUE, "Net realisable value"),
    (joint_cost.GROSS_MARGIN, "Constant gross margin"),
]

OUTPUT_TYPES = [
    (joint_cost.CO_PRODUCT, "Co-product"),
    (joint_cost.BY_PRODUCT, "By-product"),
    (joint_cost.WASTE, "Waste"),
]


class MrpJointCostMixin(models.AbstractModel):
    """How the outputs of a recipe or of an order share their joint cost."""

    _name = "mrp.joint.cost.mixin"
    _description = "Joint Cost Method"

    joint_cost_method = fields.Selection(
        METHODS,
        string="Joint Cost",
        required=True,
        default=joint_cost.FIXED,
        help="How the main product and its co-products share the cost of a run, after "
        "by-products are credited:\n"
        "* Fixed percentages: co-products take theirs, the main product the rest\n"
        "* Equivalence numbers: number × quantity\n"
        "* Physical quantity: quantity in one reference unit\n"
        "* Sales value at split-off: valuation price × quantity\n"
        "* Net realisable value: (valuation price − separable cost) × quantity\n"
        "* Constant gross margin: every product ends with the same margin",
    )
    joint_reference_uom_id = fields.Many2one(
        "uom.uom",
        string="Reference Unit",
        required=True,
        default=lambda self: self.env.ref("uom.product_uom_kgm"),
        help="Unit in which quantities are compared. What does not convert to it "
        "counts by its weight.",
    )

    def _get_joint_notes(self, problems, names):
        """Sentences for the problems found by a split, each with a way out.

        :param list problems: ``(code, key)``, see ``Split``
        :param dict names: name of the output per key
        """
        sentences = {
            "missing_price": self.env._(
                "%(output)s has no valuation price: set one on the product, or choose "
                "a method that needs no price."
            ),
            "no_conversion": self.env._(
                "The quantity of %(output)s does not convert to the reference unit: "
                "set the weight of the product, or another reference unit."
            ),
            "negative_basis": self.env._(
                "The basis of %(output)s is negative: its separable cost is above its "
                "price, or the percentages exceed 100. Correct them, or make it a "
                "by-product."
            ),
            "recovery_above_pool": self.env._(
                "%(output)s recovers more than the whole run costs: check its "
                "valuation price or standard cost, or make it a co-product."
            ),
            "no_weight": self.env._(
                "The outputs have no weight under this method: set prices, numbers "
                "or percentages above zero, or choose another method."
            ),
            "no_joint_output": self.env._(
                "Neither the main product nor a co-product came out: all the cost "
                "went to %(output)s."
            ),
        }
        return list(
            dict.fromkeys(
                sentences[code]
                % {"output": names.get(key) or next(iter(names.values()), "")}
                for code, key in problems
            )
        )
