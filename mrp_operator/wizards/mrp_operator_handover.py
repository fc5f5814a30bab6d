from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class MrpOperatorHandover(models.TransientModel):
    """One tap: those who leave stop, those who come go on."""

    _name = "mrp.operator.handover"
    _description = "Hand Over an Operation"
    _inherit = ["hr.mixin"]

    workorder_id = fields.Many2one(
        "mrp.workorder", string="Operation", required=True, readonly=True
    )
    company_id = fields.Many2one(related="workorder_id.company_id")
    product_uom_id = fields.Many2one(related="workorder_id.product_uom_id")
    leaving_ids = fields.Many2many(
        "hr.employee",
        "mrp_operator_handover_leaving_rel",
        string="Leave",
        compute="_compute_leaving_ids",
        store=True,
        readonly=False,
    )
    arriving_ids = fields.Many2many(
        "hr.employee",
        "mrp_operator_handover_arriving_rel",
        string="Go On",
        domain="[('is_operator', '=', True), ('company_id', '=', company_id)]",
    )
    quantity = fields.Float(
        string="Good So Far",
        digits="Product Unit",
        help="Good units since they were last declared.",
    )
    note = fields.Char(string="Note for the Next Shift")

    @api.depends("workorder_id")
    def _compute_leaving_ids(self):
        for wizard in self:
            operation = wizard.workorder_id
            own = operation and operation._get_acting_operator()
            working = operation.working_operator_ids
            leaving = own if own and own in working else working
            wizard.leaving_ids = [Command.set(leaving.ids)]

    def action_hand_over(self):
        """Hand over."""
        self.ensure_one()
        if not self.arriving_ids:
            raise UserError(self.env._("Choose who goes on, or stop the work instead."))
        self.workorder_id._hand_over_by_name(
            self.leaving_ids, self.arriving_ids, self.note, self.quantity
        )
        return {"type": "ir.actions.act_window_close"}
