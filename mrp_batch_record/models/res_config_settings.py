from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mrp_batch_record = fields.Boolean(
        related="company_id.mrp_batch_record", readonly=False
    )
    mrp_batch_signature = fields.Boolean(
        related="company_id.mrp_batch_signature", readonly=False
    )
    mrp_batch_anchor_email = fields.Char(
        related="company_id.mrp_batch_anchor_email", readonly=False
    )
    mrp_batch_tolerance = fields.Float(
        related="company_id.mrp_batch_tolerance", readonly=False
    )
