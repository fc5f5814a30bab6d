from odoo import api, fields, models
from odoo.exceptions import UserError


class MrpOperatorPin(models.TransientModel):
    """Set one's PIN; supervisors set and unlock those of others."""

    _name = "mrp.operator.pin"
    _description = "PIN of an Operator"

    operator_id = fields.Many2one(
        "hr.employee",
        required=True,
        default=lambda self: self.env["mrp.workorder"]._get_acting_operator(),
        domain="[('is_operator', '=', True)]",
    )
    state = fields.Selection(
        [("none", "No PIN"), ("set", "PIN Set"), ("locked", "Locked")],
        compute="_compute_state",
    )
    new_pin = fields.Char(
        string="New PIN", compute="_compute_new_pin", inverse="_inverse_new_pin"
    )

    @api.depends("operator_id")
    def _compute_state(self):
        states = self.operator_id._get_pin_states(self.operator_id)
        for wizard in self:
            wizard.state = states.get(wizard.operator_id, "none")

    def _compute_new_pin(self):
        """What was typed is kept nowhere."""
        self.new_pin = ""

    def _inverse_new_pin(self):
        for wizard in self.filtered("new_pin"):
            wizard.operator_id._check_own_or_supervisor()
            wizard.operator_id._set_operator_pin(wizard.new_pin)

    def action_set(self):
        """The PIN was set when the dialog was saved."""
        self.ensure_one()
        self.operator_id._check_own_or_supervisor()
        if self.state == "none":
            raise UserError(self.env._("Enter the new PIN."))
        return {"type": "ir.actions.act_window_close"}

    def action_remove(self):
        """Remove the PIN."""
        self.operator_id._check_own_or_supervisor()
        self.operator_id._set_operator_pin("")
        return {"type": "ir.actions.act_window_close"}

    def action_unlock(self):
        """Let somebody try again who entered too many wrong PINs."""
        self.env["mrp.workcenter.productivity"]._check_supervisor()
        self.operator_id._unlock_operator_pin()
        return {"type": "ir.actions.act_window_close"}
