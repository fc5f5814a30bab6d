from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mrp_scrap_reason_required = fields.Boolean(
        related="company_id.mrp_scrap_reason_required", readonly=False
    )
    mrp_delay_tracking = fields.Boolean(
        related="company_id.mrp_delay_tracking", readonly=False
    )
    mrp_delay_tolerance = fields.Integer(
        related="company_id.mrp_delay_tolerance", readonly=False
    )
    mrp_micro_stop_limit = fields.Integer(
        related="company_id.mrp_micro_stop_limit", readonly=False
    )
    mrp_reason_user_id = fields.Many2one(
        related="company_id.mrp_reason_user_id", readonly=False
    )
    mrp_starter_reasons = fields.Boolean(
        related="company_id.mrp_starter_reasons", readonly=False
    )
