from odoo import models


class AccountAnalyticAccount(models.Model):
    _inherit = "account.analytic.account"

    def _perform_analytic_distribution(
        self, distribution, amount, unit_amount, lines, obj, additive=False
    ):
        """Analytics read what the pool of the run reads, each hour once.

        Odoo's reading, the sum of all clocks at the hourly cost of the work center, is
        left to operations without operators. Asked for here, where something is
        analytic, because the cost of an operation is dear to compute.
        """
        if distribution and obj._name == "mrp.workorder":
            # sudo: whoever types a duration or stops a clock need not see what people
            # cost
            workorder = obj.sudo()
            if workorder._is_operated():
                amount = -workorder._get_booked_cost()
                unit_amount = workorder._get_labour_hours()
        return super()._perform_analytic_distribution(
            distribution, amount, unit_amount, lines, obj, additive
        )
