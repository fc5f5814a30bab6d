from odoo import fields, models


class MrpOperatorSecret(models.Model):
    """PINs of operators. Nobody has access to this model, whatever his groups."""

    _name = "mrp.operator.secret"
    _description = "PIN of an Operator"
    _rec_name = "employee_id"

    employee_id = fields.Many2one(
        "hr.employee", required=True, index=True, ondelete="cascade"
    )
    pin_hash = fields.Char()
    tries = fields.Integer()
    tried_at = fields.Datetime()
    locked = fields.Boolean()

    _one_per_employee = models.Constraint("unique (employee_id)", "One PIN per person.")
