from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

VALID = timedelta(minutes=1)


class MrpOperatorIdentify(models.TransientModel):
    """Who stands at a shared device? Badge, or name and PIN."""

    _name = "mrp.operator.identify"
    _description = "Identify an Operator"

    workorder_id = fields.Many2one(
        "mrp.workorder", string="Operation", required=True, readonly=True
    )
    company_id = fields.Many2one(related="workorder_id.company_id")
    purpose = fields.Selection(
        [("start", "Start"), ("stop", "Stop"), ("finish", "Finish")],
        required=True,
        readonly=True,
    )
    badge = fields.Char(
        compute="_compute_secrets",
        inverse="_inverse_badge",
        help="Scan the badge; without one choose the name and enter the PIN.",
    )
    operator_id = fields.Many2one(
        "hr.employee",
        domain="[('is_operator', '=', True), ('company_id', '=', company_id)]",
    )
    pin = fields.Char(string="PIN", compute="_compute_secrets", inverse="_inverse_pin")
    identified_id = fields.Many2one("hr.employee", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        # said here, so that nobody claims to be identified
        return super().create([vals | {"identified_id": False} for vals in vals_list])

    def write(self, vals):
        if "identified_id" in vals and not self.env.su:
            raise UserError(self.env._("Use your badge or your PIN."))
        return super().write(vals)

    def _compute_secrets(self):
        """What was scanned or typed is kept nowhere."""
        self.badge = self.pin = ""

    def _inverse_badge(self):
        for wizard in self.filtered("badge"):
            wizard._identify(wizard.operator_id._identify_operator(badge=wizard.badge))

    def _inverse_pin(self):
        for wizard in self.filtered("pin"):
            operator = wizard.operator_id._identify_operator(pin=wizard.pin)
            wizard._identify(operator)

    def _identify(self, operator):
        # sudo: what is written is who the server found, nobody says so himself
        self.sudo().identified_id = operator

    def action_confirm(self):
        """Do it in the name of whoever was identified."""
        self.ensure_one()
        operator = self.identified_id
        fresh = self.write_date >= fields.Datetime.now() - VALID
        if not operator or not fresh:
            raise UserError(
                self.env._(
                    "That is no badge or PIN of an operator. Scan the badge, or choose "
                    "your name and enter your PIN."
                )
            )
        operations = self.workorder_id._as_service()
        if self.purpose == "start":
            operations._start_operators(operator)
        elif self.purpose == "stop":
            operations._stop_operators(operator)
        else:
            operations.button_finish()
        self.unlink()
        return {"type": "ir.actions.act_window_close"}
