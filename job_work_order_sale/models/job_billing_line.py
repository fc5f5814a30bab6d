from odoo import api, fields, models
from odoo.exceptions import UserError


class JobBillingLine(models.Model):
    """What was billed of a job line, by which invoice line, from which run.

    Rows are added, never changed: a credit note adds a negative one, a corrected draft
    the difference. A row counts while its invoice line exists and is not cancelled.
    """

    _name = "job.billing.line"
    _description = "Billed Quantity"
    _order = "id desc"
    _rec_name = "origin"

    job_line_id = fields.Many2one(
        "job.work.order.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    job_id = fields.Many2one(
        related="job_line_id.job_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="job_line_id.company_id", store=True, index=True, precompute=True
    )
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Sales Line",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    production_id = fields.Many2one(
        "mrp.production",
        string="Run",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    move_line_id = fields.Many2one(
        "account.move.line",
        string="Invoice Line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    move_id = fields.Many2one(related="move_line_id.move_id", string="Invoice")
    state = fields.Selection(related="move_line_id.parent_state", string="Status")
    origin = fields.Char(readonly=True, help="The invoice when this was written.")
    quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="In the unit of the sales line; negative for a credit note.",
    )
    product_uom_id = fields.Many2one(related="sale_line_id.product_uom_id")

    @api.model
    def _get_effective_domain(self):
        return [
            ("move_line_id", "!=", False),
            ("move_line_id.parent_state", "!=", "cancel"),
        ]

    def _is_effective(self):
        self.ensure_one()
        return bool(self.move_line_id) and self.move_line_id.parent_state != "cancel"

    def write(self, vals):
        if vals:
            raise UserError(
                self.env._(
                    "What was billed is not rewritten. Correct the invoice, or add a "
                    "credit note to it."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "What was billed stays. Cancel the invoice, or add a credit note to it."
            )
        )
