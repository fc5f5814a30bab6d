from odoo import models

from odoo.addons.job_work_order.tools import as_server, as_user


class SaleOrderLine(models.Model):
    """The job of sales lines is made from them, with what was procured already."""

    _inherit = "sale.order.line"

    def action_create_job(self):
        """Make the job that makes what these lines sell."""
        return self.order_id._make_jobs(self)

    def _create_job(self):
        """:return: ``job.work.order`` of these lines of one order"""
        order = self.order_id
        job = as_server(self.env["job.work.order"]).create(order._prepare_job(self))
        # sudo: planners need not be able to write sales orders
        for line, sale_line in zip(job.sudo().line_ids, self, strict=True):
            line.sale_line_id = sale_line
        job.sudo().sale_order_id = order
        job._adopt_runs()
        return as_user(job)

    def _recompute_job_price(self):
        """Back to what the price list says."""
        self.invalidate_recordset(["pricelist_item_id"])
        self.with_context(force_price_recomputation=True)._compute_price_unit()

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        res = super()._action_launch_stock_rule(
            previous_product_uom_qty=previous_product_uom_qty
        )
        # what the job has made already is reserved at once
        self.sudo().job_line_ids._link_deliveries()
        return res
