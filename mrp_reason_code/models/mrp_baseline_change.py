from odoo import fields, models


class MrpBaselineChange(models.Model):
    """History of the frozen plan of an order."""

    _name = "mrp.baseline.change"
    _description = "Change of the Frozen Plan"
    _order = "id desc"
    _rec_name = "production_id"
    _check_company_auto = True

    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="production_id.company_id", store=True, index=True
    )
    product_id = fields.Many2one(related="production_id.product_id", store=True)
    old_start = fields.Datetime(string="Start Before")
    old_end = fields.Datetime(string="End Before")
    new_start = fields.Datetime()
    new_end = fields.Datetime()
    shift_hours = fields.Float(
        string="End Moved By (Hours)", help="Positive: later than planned before."
    )
    reason_id = fields.Many2one(
        "mrp.reason", index="btree_not_null", ondelete="restrict"
    )
    note = fields.Char()
    user_id = fields.Many2one(
        "res.users", string="By", default=lambda self: self.env.user
    )
    date = fields.Datetime(default=fields.Datetime.now)
