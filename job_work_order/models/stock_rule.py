from odoo import api, models

from ..tools import as_server


class StockRule(models.Model):
    """Sub-assemblies that a run calls for belong to the job of the run."""

    _inherit = "stock.rule"

    @api.model
    def _run_manufacture(self, procurements):
        return super(StockRule, as_server(self))._run_manufacture(procurements)

    def _get_job_line(self, values):
        """:return: ``job.work.order.line`` that a procurement is for"""
        if values.get("job_line_id"):
            return values["job_line_id"]
        group_id = values.get("production_group_id")
        # sudo: procurement runs for whoever needs goods
        groups = self.env["mrp.production.group"].sudo()
        return groups.browse(group_id).production_ids.job_line_id[:1]

    def _make_mo_get_domain(self, procurement, bom):
        domain = super()._make_mo_get_domain(procurement, bom)
        line = self._get_job_line(procurement.values)
        return domain + (("job_line_id", "=", line.id),)

    def _prepare_mo_vals(
        self,
        product_id,
        product_qty,
        product_uom,
        location_dest_id,
        name,
        origin,
        company_id,
        values,
        bom,
    ):
        vals = super()._prepare_mo_vals(
            product_id,
            product_qty,
            product_uom,
            location_dest_id,
            name,
            origin,
            company_id,
            values,
            bom,
        )
        line = self._get_job_line(values)
        if line:
            job = line.job_id
            vals |= {
                "job_id": job.id,
                "job_line_id": line.id,
                "job_is_child": True,
                "priority": "0" if job.priority == "0" else "1",
            }
        return vals
