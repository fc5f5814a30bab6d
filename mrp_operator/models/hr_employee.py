from odoo import fields, models


class HrEmployee(models.Model):
    """Employees who work on operations; contractors are employees without a user."""

    _inherit = "hr.employee"

    is_operator = fields.Boolean(
        string="Operator", help="Works on operations of manufacturing orders."
    )
    operator_agency_id = fields.Many2one(
        "res.partner",
        string="Agency",
        groups="hr.group_hr_user",
        index="btree_not_null",
        help="Who sends this contractor.",
    )
    operator_date_end = fields.Date(
        string="Works Until",
        groups="hr.group_hr_user",
        help="Last day on which this person may work on operations. Empty: no end.",
    )
