from odoo import api, fields, models
from odoo.exceptions import ValidationError

VIEWER = "mrp_run_cost.mrp_run_cost_group_viewer"


class MrpWorkcenterProductivity(models.Model):
    """Time logs carry who worked, and for how long."""

    _inherit = "mrp.workcenter.productivity"

    active = fields.Boolean(
        default=True, help="Archived: taken back, kept for the record; counts no more."
    )
    operator_id = fields.Many2one(
        "hr.employee",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_operator', '=', True)]",
    )
    seconds = fields.Integer(
        readonly=True,
        copy=False,
        help="Time charged: what an operator does at the same time shares it.",
    )
    overtime_seconds = fields.Integer(
        readonly=True, copy=False, help="Part of it outside the working hours."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    labor_rate = fields.Monetary(
        readonly=True,
        copy=False,
        groups=VIEWER,
        help="Hourly cost of the operator when the log was closed.",
    )
    labor_cost = fields.Monetary(readonly=True, copy=False, groups=VIEWER)
    is_estimated = fields.Boolean(
        string="Estimated", readonly=True, help="Not measured: filled in or typed."
    )
    is_capped = fields.Boolean(
        string="Capped",
        readonly=True,
        copy=False,
        help="Nobody stopped the clock: it was stopped at the end of the shift.",
    )

    @api.constrains("workorder_id", "operator_id", "date_end")
    def _check_open_time_ids(self):
        """One clock per person and operation.

        Instead of core's check, which tells people apart by their user: operators may
        have none, and two of them may work on one operation.
        """
        groups = self._read_group(
            [("workorder_id", "in", self.workorder_id.ids), ("date_end", "=", False)],
            ["workorder_id", "user_id", "operator_id"],
            having=[("__count", ">", 1)],
        )
        for workorder, user, operator in groups:
            raise ValidationError(
                self.env._(
                    "%(person)s works on %(operation)s already. Stop this clock before "
                    "another one is started.",
                    person=operator.display_name or user.display_name,
                    operation=workorder.display_name,
                )
            )
