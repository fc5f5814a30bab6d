from odoo import api, fields, models
from odoo.exceptions import AccessError

NOT_ARRANGED = 1000
FIRST = -1


class MrpWorkorder(models.Model):
    """The order in which a work center does its operations."""

    _inherit = "mrp.workorder"

    job_id = fields.Many2one(related="production_id.job_id", string="Job")
    job_priority = fields.Selection(
        related="production_id.job_id.priority", string="Job Priority", store=True
    )
    dispatch_sequence = fields.Integer(
        string="Dispatch Order",
        compute="_compute_dispatch_sequence",
        store=True,
        readonly=False,
        copy=False,
        aggregator=None,
        help="What a supervisor arranged comes in his order, the rest after it by "
        "priority and planned start. Urgent jobs come before, unless he moves them.",
    )

    @api.depends("job_priority")
    def _compute_dispatch_sequence(self):
        for workorder in self:
            urgent = workorder.job_priority == "2"
            workorder.dispatch_sequence = FIRST if urgent else NOT_ARRANGED

    @api.model
    def _get_columns_ahead(self):
        columns = super()._get_columns_ahead()
        columns["mrp.production"] += ["job_id", "job_line_id"]
        return columns

    def write(self, vals):
        if not self.env.su:
            self._check_may_arrange(set(vals))
        return super().write(vals)

    def _check_may_arrange(self, names):
        """Supervisors and planners arrange operations; supervisors write nothing else.

        The web client lets nobody drag who may not write, hence their access right.
        """
        user = self.env.user
        supervises = user.has_group("mrp_operator.mrp_operator_group_supervisor")
        if "dispatch_sequence" in names and not (
            supervises or user.has_group("job_work_order.job_work_order_group_planner")
        ):
            raise AccessError(
                self.env._(
                    "Only supervisors and planners arrange what a work center does "
                    "first. Ask one of them."
                )
            )
        if (
            supervises
            and names - {"dispatch_sequence"}
            and not user.has_group("mrp.group_mrp_user")
        ):
            raise AccessError(
                self.env._(
                    "Supervisors arrange operations; what they are is changed by "
                    "people who plan production."
                )
            )

    @api.model
    def _get_dispatch_order(self):
        """:return: order in which a work center is to do its operations"""
        return "dispatch_sequence, job_priority desc nulls last, date_start, id"
