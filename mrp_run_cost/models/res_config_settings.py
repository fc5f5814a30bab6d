from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    production_variance_account_id = fields.Many2one(
        related="company_id.production_variance_account_id", readonly=False
    )
    abnormal_loss_account_id = fields.Many2one(
        related="company_id.abnormal_loss_account_id", readonly=False
    )
    unbuild_loss_account_id = fields.Many2one(
        related="company_id.unbuild_loss_account_id", readonly=False
    )
    run_cost_user_id = fields.Many2one(
        related="company_id.run_cost_user_id", readonly=False
    )
