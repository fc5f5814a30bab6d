from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mrp_break_glass = fields.Boolean(
        related="company_id.mrp_break_glass", readonly=False
    )
    mrp_break_glass_hours = fields.Integer(
        related="company_id.mrp_break_glass_hours", readonly=False
    )
    mrp_skill_expiry_days = fields.Integer(
        related="company_id.mrp_skill_expiry_days", readonly=False
    )
