from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    job_tolerance_over = fields.Float(
        string="Over-Delivery (%)",
        help="More than ordered that customers pay for; what is above is not billed. "
        "Proposed on the lines of jobs.",
    )
    job_tolerance_under = fields.Float(
        string="Under-Delivery (%)",
        help="Less than ordered that still counts as the whole order: a final invoice "
        "asks nothing, and a fixed price is due in full. Proposed on the lines of "
        "jobs.",
    )
    job_vat_required = fields.Boolean(
        string="Tax ID Required",
        help="Jobs of companies are invoiced only when the customer's tax ID is known.",
    )

    _job_tolerances = models.Constraint(
        "CHECK (COALESCE(job_tolerance_over, 0) >= 0 AND "
        "COALESCE(job_tolerance_under, 0) BETWEEN 0 AND 100)",
        "Tolerances are percentages: 0 or more, and at most 100 for under-delivery.",
    )

    def _has_rate(self, currency, date):
        """:return: whether somebody entered a rate of that currency for the date"""
        self.ensure_one()
        if currency == self.currency_id:
            return True
        # sudo: rates are everybody's
        rates = self.env["res.currency.rate"].sudo()
        return bool(
            rates.search_count(
                [
                    ("currency_id", "=", currency.id),
                    ("company_id", "in", (False, self.root_id.id)),
                    ("name", "<=", date),
                ],
                limit=1,
            )
        )
