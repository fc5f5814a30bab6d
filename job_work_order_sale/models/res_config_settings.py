from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    job_tolerance_over = fields.Float(
        related="company_id.job_tolerance_over", readonly=False
    )
    job_tolerance_under = fields.Float(
        related="company_id.job_tolerance_under", readonly=False
    )
    job_vat_required = fields.Boolean(
        related="company_id.job_vat_required", readonly=False
    )
