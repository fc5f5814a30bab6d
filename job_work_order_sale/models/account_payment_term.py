from odoo import fields, models


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    late_fee_note = fields.Text(
        string="Late Fees",
        translate=True,
        help="What is charged when somebody pays late; printed on invoices and carried "
        "by e-invoices.",
    )
