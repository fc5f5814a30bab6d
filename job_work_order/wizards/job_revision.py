from odoo import fields, models
from odoo.exceptions import UserError


class JobRevision(models.TransientModel):
    """Why a job that was submitted is changed, or sent back."""

    _name = "job.revision"
    _description = "Revise a Job"

    job_id = fields.Many2one("job.work.order", required=True, ondelete="cascade")
    reason = fields.Char(required=True)
    is_refusal = fields.Boolean()

    def action_apply(self):
        self.ensure_one()
        job = self.job_id
        if self.is_refusal:
            return job.action_refuse(self.reason)
        job._check_planner()
        job._lock_rows()
        if job.phase not in ("to_approve", "approved"):
            raise UserError(
                self.env._("%(job)s can be changed as it is.", job=job.name)
            )
        job._log_change(
            "revise", self.env._("The job was taken back to draft"), reason=self.reason
        )
        job._back_to_draft()
        return True
