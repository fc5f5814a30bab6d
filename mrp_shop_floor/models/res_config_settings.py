from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    shop_floor_sign_in_hours = fields.Float(
        related="company_id.shop_floor_sign_in_hours", readonly=False
    )
    shop_floor_badge_pin = fields.Boolean(
        related="company_id.shop_floor_badge_pin", readonly=False
    )
    shop_floor_drift_limit = fields.Integer(
        related="company_id.shop_floor_drift_limit", readonly=False
    )
    shop_floor_age_limit = fields.Integer(
        related="company_id.shop_floor_age_limit", readonly=False
    )
