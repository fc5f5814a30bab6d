from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mrp_operator_tracking = fields.Boolean(
        related="company_id.mrp_operator_tracking", readonly=False
    )
