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
    shop_floor_containers = fields.Boolean(
        related="company_id.shop_floor_containers", readonly=False
    )
    shop_floor_label_format = fields.Selection(
        related="company_id.shop_floor_label_format", readonly=False
    )
    shop_floor_gs1_prefix = fields.Char(
        related="company_id.shop_floor_gs1_prefix", readonly=False
    )
