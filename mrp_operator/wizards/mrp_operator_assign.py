from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class MrpOperatorAssign(models.TransientModel):
    """Who starts, or joins?"""

    _name = "mrp.operator.assign"
    _description = "Start Operators"
    _inherit = ["hr.mixin"]

    workorder_ids = fields.Many2many(
        "mrp.workorder", string="Operations", required=True, readonly=True
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True
    )
    operator_ids = fields.Many2many(
        "hr.employee",
        string="Operators",
        compute="_compute_operator_ids",
        store=True,
        readonly=False,
        domain="[('is_operator', '=', True), ('company_id', '=', company_id)]",
    )

    @api.depends("workorder_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.workorder_ids.company_id[:1]

    @api.depends("workorder_ids")
    def _compute_operator_ids(self):
        """Those planned, else those who are signed in."""
        for wizard in self:
            operations = wizard.workorder_ids
            operators = operations.operator_ids or operations._get_crew()
            wizard.operator_ids = [
                Command.set((operators - operations.working_operator_ids).ids)
            ]

    def action_start(self):
        """Start the clocks of those who were chosen."""
        self.ensure_one()
        if not self.operator_ids:
            raise UserError(self.env._("Choose who starts."))
        self.workorder_ids._start_by_name(self.operator_ids)
        return {"type": "ir.actions.act_window_close"}
