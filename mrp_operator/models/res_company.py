from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    mrp_operator_tracking = fields.Boolean(
        string="Operators on Operations",
        help="Operations ask who works on them. Off: nobody is asked; time is still "
        "logged for whoever clicks, if that is an operator.",
    )
