from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mrp_board_alerts = fields.Boolean(
        related="company_id.mrp_board_alerts", readonly=False
    )
    mrp_board_user_id = fields.Many2one(
        related="company_id.mrp_board_user_id", readonly=False
    )
