from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lot_release_policy = fields.Selection(
        related="company_id.lot_release_policy", readonly=False
    )
