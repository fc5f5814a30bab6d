from odoo import api, fields, models

from odoo.addons.mrp_run_cost.tools import ExactMonetary

from ..tools import joint_cost
from .joint_cost_mixin import METHODS, OUTPUT_TYPES


class MrpJointCost(models.Model):
    """Why an output is worth what it is: copies, so that it stays true."""

    _name = "mrp.joint.cost"
    _description = "Joint Cost Allocation"
    _order = "id"

    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    move_id = fields.Many2one(
        "stock.move",
        string="Output",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    active = fields.Boolean(
        default=True,
        readonly=True,
        help="Not active: replaced when the cost was allocated again.",
    )
    date = fields.Datetime(default=fields.Datetime.now, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    output_type = fields.Selection(
        [(joint_cost.MAIN, "Main product"), *OUTPUT_TYPES], readonly=True
    )
    method = fields.Selection(
        [*METHODS, (joint_cost.PLANNED, "Planned shares")],
        readonly=True,
        help="Method really used: a fallback when the recipe's own had no basis.",
    )
    quantity = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    price_id = fields.Many2one(
        "product.valuation.price",
        string="Valuation Price",
        readonly=True,
        ondelete="set null",
    )
    price = fields.Float(digits="Production Rate", readonly=True, aggregator=None)
    price_currency_id = fields.Many2one("res.currency", readonly=True)
    price_date = fields.Date(string="Price Valid From", readonly=True)
    price_company = fields.Float(
        string="Price in Company Currency",
        digits="Production Rate",
        readonly=True,
        aggregator=None,
    )
    cost_share = fields.Float(string="Fixed %", readonly=True, aggregator=None)
    equivalence_number = fields.Float(
        string="Number", digits="Production Rate", readonly=True, aggregator=None
    )
    separable_cost = fields.Float(
        digits="Production Rate", readonly=True, aggregator=None
    )
    disposal_cost = fields.Float(
        digits="Production Rate", readonly=True, aggregator=None
    )
    basis = fields.Float(
        readonly=True,
        aggregator=None,
        help="Weight of a joint output under the method used.",
    )
    percent = fields.Float(
        string="% of Pool", digits=(16, 2), readonly=True, aggregator=None
    )
    amount = ExactMonetary(
        readonly=True, help="Part of the pool that this output bears."
    )
    booked_amount = ExactMonetary(
        string="Stocked At", readonly=True, help="Value it was put into stock at."
    )
    variance = ExactMonetary(
        readonly=True,
        help="Borne less stocked: the variance of a product at standard cost.",
    )
    line_ids = fields.One2many(
        "mrp.joint.cost.line", "joint_cost_id", string="By Cost Element", readonly=True
    )

    @api.depends("production_id", "product_id")
    def _compute_display_name(self):
        for record in self:
            record.display_name = (
                f"{record.production_id.display_name}: {record.product_id.display_name}"
            )


class MrpJointCostLine(models.Model):
    _name = "mrp.joint.cost.line"
    _description = "Joint Cost by Element"
    _order = "id"

    joint_cost_id = fields.Many2one(
        "mrp.joint.cost", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="joint_cost_id.company_id")
    currency_id = fields.Many2one(related="joint_cost_id.currency_id")
    element_id = fields.Many2one(
        "mrp.cost.element", required=True, readonly=True, ondelete="cascade"
    )
    amount = ExactMonetary(readonly=True)
