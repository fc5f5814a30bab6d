from odoo import fields, models


class MrpOperatorSignIn(models.TransientModel):
    """Sign people in at a work center: oneself, or as a supervisor the crew."""

    _name = "mrp.operator.sign.in"
    _description = "Sign In at a Work Center"
    _inherit = ["hr.mixin"]

    workcenter_id = fields.Many2one(
        "mrp.workcenter", string="Work Center", required=True
    )
    operator_ids = fields.Many2many(
        "hr.employee",
        string="Operators",
        default=lambda self: self.env["mrp.workorder"]._get_acting_operator(),
        domain="[('is_operator', '=', True)]",
    )

    def action_sign_in(self):
        """Sign in."""
        self.ensure_one()
        self.workcenter_id.check_access("read")
        self.operator_ids._check_own_or_supervisor()
        self.env["mrp.operator.presence"]._sign_in(
            self.operator_ids, self.workcenter_id
        )
        return {"type": "ir.actions.act_window_close"}
