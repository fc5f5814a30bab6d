from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools import as_server, is_server

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

    def write(self, vals):
        if "dispatch_sequence" in vals and not is_server(self):
            self._check_may_dispatch()
        return super().write(vals)

    def web_resequence(self, specification, field_name="sequence", offset=0):
        """Supervisors drag operations, though they may not write them otherwise."""
        if field_name != "dispatch_sequence":
            return super().web_resequence(specification, field_name, offset)
        self._check_may_dispatch()
        self.check_access("read")
        # sudo: only this field, and only by those who may, see above
        moved = as_server(self.sudo())
        for place, workorder in enumerate(moved, start=offset):
            workorder.dispatch_sequence = place
        return self.web_read(specification)

    def _check_may_dispatch(self):
        user = self.env.user
        if not self.env.su and not (
            user.has_group("mrp_operator.mrp_operator_group_supervisor")
            or user.has_group("job_work_order.job_work_order_group_planner")
        ):
            raise AccessError(
                self.env._(
                    "Only supervisors and planners arrange what a work center does "
                    "first. Ask one of them."
                )
            )

    @api.model
    def _get_dispatch_order(self):
        """:return: order in which a work center is to do its operations"""
        return "dispatch_sequence, job_priority desc nulls last, date_start, id"
