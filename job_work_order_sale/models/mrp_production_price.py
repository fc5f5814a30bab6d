from odoo import models

WORK = ("productive", "performance")


class MrpProduction(models.Model):
    """What the customer pays for a run, as it turned out."""

    _inherit = "mrp.production"

    def _get_job_price(self, line):
        """Price of the whole run by cost plus, or by time and material.

        :return: dict from element to amount in company currency
        """
        self.ensure_one()
        # sudo: the price follows from cost that whoever bills need not see
        run = self.sudo()
        cost = {}
        for row in run.run_cost_line_ids:
            cost[row.element_id] = cost.get(row.element_id, 0.0) + row.amount
        if line.pricing_method != "time":
            return line._price_cost(cost)
        elements = self.env["mrp.cost.element"].sudo()
        material = elements._get("material")
        prices = line._price_cost({material: cost.get(material, 0.0)})
        prices[elements._get("labour")] = run._price_job_hours(line)
        return prices

    def _price_job_hours(self, line):
        """:return: hours of the run at the sales rates of who worked where"""
        rates = self.env["job.labor.rate"]
        table = rates._get_table(self.company_id)
        return sum(
            hours * rates._pick(table, operator, workcenter)
            for operator, workcenter, hours in self._get_job_hours(line)
        )

    def _get_job_hours(self, line):
        """:return: list of ``(operator, work center, hours)`` that are billed"""
        worked = {}
        for log in self.workorder_ids.time_ids:
            if log.loss_type not in WORK or not log.date_end or not log.active:
                continue
            if log.rework_id and not line.bill_rework:
                continue
            minutes = log.seconds / 60 if log.operator_id else log.duration
            key = (log.operator_id, log.workcenter_id)
            worked[key] = worked.get(key, 0.0) + minutes / 60
        return [(*key, hours) for key, hours in worked.items()]
