from odoo import fields, models


class MrpOperatorSecret(models.Model):
    """PINs of operators. No group has access to this model.

    Reading, grouping, searching, exporting and importing therefore tell nobody
    anything; the methods of ``hr.employee`` are the only way here.
    """

    _name = "mrp.operator.secret"
    _description = "PIN of an Operator"
    _rec_name = "employee_id"

    employee_id = fields.Many2one(
        "hr.employee", required=True, index=True, ondelete="cascade"
    )
    pin_hash = fields.Char(required=True)
    tries = fields.Integer(default=0, help="Wrong PINs in a row.")
    tried_at = fields.Datetime()
    locked = fields.Boolean(default=False)

    _one_per_employee = models.Constraint(
        "unique (employee_id)", "Nobody has two PINs."
    )
