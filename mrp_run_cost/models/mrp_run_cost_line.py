from odoo import api, fields, models

from ..tools import ExactMonetary


class MrpRunCostLine(models.Model):
    _name = "mrp.run.cost.line"
    _description = "Run Cost"
    _order = "element_sequence, id"
    _rec_name = "label"

    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    element_id = fields.Many2one(
        "mrp.cost.element", required=True, readonly=True, ondelete="cascade"
    )
    element_sequence = fields.Integer(readonly=True)
    label = fields.Char(readonly=True)
    name = fields.Char(string="Description", compute="_compute_name")
    move_id = fields.Many2one(
        "stock.move",
        string="Issue",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Work Order",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    overhead_id = fields.Many2one(
        "mrp.workcenter.overhead",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    product_id = fields.Many2one("product.product", readonly=True)
    account_id = fields.Many2one(
        "account.account",
        string="Absorption Account",
        readonly=True,
        help="Account named by the source of the cost, if any.",
    )
    planned_quantity = fields.Float(
        string="Planned Qty", digits="Product Unit", readonly=True, aggregator=None
    )
    quantity = fields.Float(
        string="Actual Qty", digits="Product Unit", readonly=True, aggregator=None
    )
    unit_name = fields.Char(string="Unit", readonly=True)
    planned_amount = ExactMonetary(
        string="Planned",
        readonly=True,
        help="Cost expected for the quantity ordered, at the prices and rates of "
        "the moment the order was confirmed.",
    )
    amount = ExactMonetary(
        string="Actual",
        readonly=True,
        help="Cost passed on to the outputs when the order was completed.",
    )
    variance = ExactMonetary(
        string="Difference",
        compute="_compute_variance",
        store=True,
        # those who create lines give it: computing it first takes a record in memory
        readonly=False,
        help="Actual less planned: positive when the run cost more than planned.",
    )

    @api.depends("label", "product_id")
    def _compute_name(self):
        for line in self:
            line.name = line.label or line.product_id.display_name

    @api.depends("amount", "planned_amount")
    def _compute_variance(self):
        for line in self:
            line.variance = line.currency_id.round(line.amount - line.planned_amount)

    def _prepare_backorder_line(self, order, sources):
        """:return: values of the same line in a backorder, without its amounts
        :param dict sources: see ``_get_plan_sources``
        """
        self.ensure_one()
        move = sources.get(self.move_id)
        workorder = sources.get(self.workorder_id)
        return {
            "production_id": order.id,
            "company_id": self.company_id.id,
            "element_id": self.element_id.id,
            "element_sequence": self.element_sequence,
            "label": self.label,
            "move_id": move.id if move else False,
            "workorder_id": workorder.id if workorder else False,
            "overhead_id": self.overhead_id.id,
            "product_id": self.product_id.id,
            "account_id": self.account_id.id,
            "unit_name": self.unit_name,
        }

    def _get_source_key(self):
        """:return: what makes a line the same line at planning and at completion"""
        self.ensure_one()
        return (
            self.production_id.id,
            self.element_id.id,
            self.move_id.id,
            self.workorder_id.id,
            self.overhead_id.id,
        )
