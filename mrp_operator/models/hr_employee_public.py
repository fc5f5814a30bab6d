from odoo import fields, models


class HrEmployeePublic(models.Model):
    """What manufacturing users without access to employees see of operators."""

    _inherit = "hr.employee.public"

    is_operator = fields.Boolean(string="Operator", readonly=True)
