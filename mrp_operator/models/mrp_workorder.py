from odoo import api, fields, models


class MrpWorkorder(models.Model):
    """Who is to work on an operation, and who does."""

    _inherit = "mrp.workorder"

    # archived logs never count, whatever the caller's context says
    time_ids = fields.One2many(context={"active_test": True})
    operator_ids = fields.Many2many(
        "hr.employee",
        "mrp_workorder_operator_rel",
        "workorder_id",
        "operator_id",
        string="Planned Operators",
        domain="[('is_operator', '=', True), ('company_id', '=', company_id)]",
        copy=False,
    )
    working_operator_ids = fields.Many2many(
        "hr.employee",
        string="Working Operators",
        compute="_compute_working_operator_ids",
        help="Whose clock runs on this operation.",
    )

    @api.depends("time_ids.operator_id", "time_ids.date_end", "time_ids.active")
    def _compute_working_operator_ids(self):
        for workorder in self:
            workorder.working_operator_ids = workorder.time_ids.filtered(
                lambda log: not log.date_end
            ).operator_id
