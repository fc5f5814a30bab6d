from odoo import fields, models


class JobWorkOrderChange(models.Model):
    """What was changed after a job was approved: what, why, who, at what cost."""

    _name = "job.work.order.change"
    _description = "Job Change"
    _order = "id desc"
    _rec_name = "description"

    job_id = fields.Many2one(
        "job.work.order", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="job_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    line_id = fields.Many2one("job.work.order.line", readonly=True, ondelete="set null")
    production_id = fields.Many2one(
        "mrp.production",
        string="Run",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    kind = fields.Selection(
        [
            ("add", "Run Added"),
            ("quantity", "Quantity Changed"),
            ("date", "Re-planned"),
            ("split", "Run Split"),
            ("cancel", "Run Cancelled"),
            ("revise", "Job Revised"),
            ("other", "Other"),
        ],
        required=True,
        readonly=True,
    )
    description = fields.Char(string="What", required=True, readonly=True)
    reason = fields.Char(string="Why", readonly=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    approved_by_id = fields.Many2one(
        "res.users",
        string="Approved by",
        readonly=True,
        compute="_compute_approved_by_id",
        help="Who approved the job next; nobody, where nothing had to be approved.",
    )
    date = fields.Datetime(readonly=True)
    last_approval = fields.Integer(
        readonly=True, help="Number of the last approval before the change."
    )
    cost_effect = fields.Monetary(
        readonly=True,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="Planned cost of the runs after the change less before.",
    )

    def _compute_approved_by_id(self):
        # sudo: who approved is no secret to those who may read the change
        approvals = self.sudo().job_id.approval_ids.filtered(
            lambda a: a.state == "approved"
        )
        for change in self:
            later = approvals.filtered(
                lambda a, change=change: (
                    a.job_id == change.job_id and a.id > change.last_approval
                )
            )
            change.approved_by_id = later.sorted("id")[:1].user_id
