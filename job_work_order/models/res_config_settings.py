from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    job_approval = fields.Boolean(related="company_id.job_approval", readonly=False)
    job_auto_replenish = fields.Boolean(
        related="company_id.job_auto_replenish", readonly=False
    )
    job_target_throughput = fields.Float(
        related="company_id.job_target_throughput", readonly=False
    )
    job_target_on_time = fields.Float(
        related="company_id.job_target_on_time", readonly=False
    )
    job_target_yield = fields.Float(
        related="company_id.job_target_yield", readonly=False
    )
    job_target_first_pass = fields.Float(
        related="company_id.job_target_first_pass", readonly=False
    )
    job_target_oee = fields.Float(related="company_id.job_target_oee", readonly=False)
    job_target_lost_hours = fields.Float(
        related="company_id.job_target_lost_hours", readonly=False
    )
    job_target_overtime = fields.Float(
        related="company_id.job_target_overtime", readonly=False
    )
    job_preset = fields.Selection(related="company_id.job_preset", readonly=True)

    def action_job_preset_simple(self):
        return self._apply_job_preset("simple")

    def action_job_preset_food(self):
        return self._apply_job_preset("food")

    def action_job_preset_parts(self):
        return self._apply_job_preset("parts")

    def _apply_job_preset(self, preset):
        self.env.company._apply_job_preset(preset)
        # every kind of factory has operations, which Odoo hides at first
        employees = self.env.ref("base.group_user")
        employees._apply_group(self.env.ref("mrp.group_mrp_routings"))
        return {"type": "ir.actions.client", "tag": "reload"}
