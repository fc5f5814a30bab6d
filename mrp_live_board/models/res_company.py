from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    mrp_board_alerts = fields.Boolean(
        string="Tell about Late and Blocked Runs",
        help="Whoever is responsible of an order gets an activity when it becomes late "
        "or blocked, once per cause; it goes when that is over.",
    )
    mrp_board_user_id = fields.Many2one(
        "res.users",
        string="Told Otherwise",
        check_company=True,
        help="Gets the activities of orders without a responsible.",
    )
