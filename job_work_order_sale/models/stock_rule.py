from odoo import api, models


class StockRule(models.Model):
    """What a job makes for a sales line is not made once more."""

    _inherit = "stock.rule"

    @api.model
    def _run_manufacture(self, procurements):
        others = []
        for procurement, rule in procurements:
            line = self._get_supplying_job_line(procurement)
            if line:
                line._supply(procurement)
            else:
                others.append((procurement, rule))
        return super()._run_manufacture(others) if others else True

    def _get_supplying_job_line(self, procurement):
        """:return: ``job.work.order.line`` that makes what is asked for"""
        # sudo: procurement runs for whoever needs goods
        lines = self.env["job.work.order.line"].sudo()
        sale_line_id = procurement.values.get("sale_line_id")
        if not sale_line_id:
            return lines
        return lines.search(
            [
                ("sale_line_id", "=", sale_line_id),
                ("product_id", "=", procurement.product_id.id),
                ("job_id.phase", "!=", "cancel"),
            ],
            limit=1,
        )
