from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    production_variance_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        help="Takes the variances of cost elements that have no account of their own. "
        "Empty: expense account of the finished product.",
    )
    abnormal_loss_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        help="Takes the cost of abnormal scrap, which no good output bears. "
        "Empty: the production variance account.",
    )
    unbuild_loss_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        help="Takes what is lost when an order is unbuilt: labour and overhead do not "
        "come back with the components. Empty: the production variance account.",
    )
    run_cost_user_id = fields.Many2one(
        "res.users",
        string="Production Cost Responsible",
        check_company=True,
        help="Gets an activity when the cost of a run is provisional.",
    )
