from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    job_approval = fields.Boolean(related="company_id.job_approval", readonly=False)
    job_preset = fields.Selection(related="company_id.job_preset", readonly=True)

    @api.model
    def _get_job_presets(self):
        return list(self.env["res.company"]._fields["job_preset"].selection)

    def action_job_preset_simple(self):
        return self._apply_job_preset("simple")

    def action_job_preset_food(self):
        return self._apply_job_preset("food")

    def action_job_preset_parts(self):
        return self._apply_job_preset("parts")

    def _apply_job_preset(self, preset):
        self.env.company._apply_job_preset(preset)
        return {"type": "ir.actions.client", "tag": "reload"}
