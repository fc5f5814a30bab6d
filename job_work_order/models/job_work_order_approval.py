from odoo import fields, models
from odoo.exceptions import UserError


class JobWorkOrderApproval(models.Model):
    """Who had to approve a job, who did, when, and what it was about."""

    _name = "job.work.order.approval"
    _description = "Job Approval"
    _order = "id desc"
    _rec_name = "job_id"

    job_id = fields.Many2one(
        "job.work.order", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="job_id.company_id", store=True, index=True, precompute=True
    )
    rule_id = fields.Many2one("job.approval.rule", readonly=True, ondelete="set null")
    reason = fields.Char(string="Asked for by", readonly=True)
    approver_ids = fields.Many2many("res.users", string="Who May", readonly=True)
    four_eyes = fields.Boolean(readonly=True)
    content = fields.Text(string="What Was Asked", readonly=True)
    state = fields.Selection(
        [
            ("pending", "Waiting"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("withdrawn", "Superseded"),
        ],
        default="pending",
        required=True,
        readonly=True,
        index=True,
    )
    user_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    date = fields.Datetime(string="Decided on", readonly=True)
    note = fields.Char(readonly=True)

    def _prepare_request(self, job, rule):
        """:return: values of the request that a rule makes; without one, the type"""
        approvers = rule.approver_ids or self._get_administrators(job.company_id)
        return {
            "job_id": job.id,
            "rule_id": rule.id,
            "reason": rule.name
            or self.env._("Jobs of type %(type)s", type=job.type_id.name),
            "approver_ids": [fields.Command.set(approvers.ids)],
            "four_eyes": rule.four_eyes,
            "content": job._describe_content(),
        }

    def _get_administrators(self, company):
        group = self.env.ref("job_work_order.job_work_order_group_manager")
        return group.all_user_ids.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        )

    def _may_decide(self, user):
        self.ensure_one()
        if self.four_eyes and self.job_id.submitted_by_id == user:
            return False
        return user in self.approver_ids

    def _notify_approvers(self):
        for request in self:
            job = request.job_id
            for approver in request.approver_ids:
                if request._may_decide(approver):
                    job.activity_schedule(
                        "job_work_order.mail_activity_type_approval",
                        user_id=approver.id,
                        summary=self.env._("Approve %(job)s", job=job.name),
                    )

    def _decide(self, state, note=None):
        """Answer requests in the name of the current user; the answer stays."""
        if any(request.state != "pending" for request in self):
            raise UserError(self.env._("This was decided already."))
        self.write(
            {
                "state": state,
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
                "note": note,
            }
        )
        self._close_activities()
        labels = dict(self._fields["state"]._description_selection(self.env))
        for request in self:
            text = f"{labels[state]}: {request.reason}"
            request.job_id.message_post(body=f"{text} – {note}" if note else text)

    def _withdraw(self):
        self.write({"state": "withdrawn"})
        self._close_activities()

    def _close_activities(self):
        """Nobody is asked any more who has nothing left to decide."""
        for job in self.job_id:
            pending = job.approval_ids.filtered(lambda a: a.state == "pending")
            activities = job.activity_ids.filtered(
                lambda activity, asked=pending.approver_ids: (
                    activity.activity_type_id
                    == self.env.ref("job_work_order.mail_activity_type_approval")
                    and activity.user_id not in asked
                )
            )
            activities.unlink()
