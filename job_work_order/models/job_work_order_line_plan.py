from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import as_server

MOST_RUNS = 500


class JobWorkOrderLine(models.Model):
    """The runs that a line asks for."""

    _inherit = "job.work.order.line"

    def _prepare_schedule(self):
        """:return: list of ``(quantity, start)``: the runs that the line asks for"""
        self.ensure_one()
        first = self.date_first or self.job_id.date_start or fields.Datetime.now()
        if not self.run_size:
            return [(self.quantity, first)]
        if self.quantity / self.run_size > MOST_RUNS:
            raise UserError(
                self.env._(
                    "%(line)s would be more than %(count)s runs. Make more per run.",
                    line=self.display_name,
                    count=MOST_RUNS,
                )
            )
        runs = []
        left = self.quantity
        while self.product_uom_id.compare(left, 0) > 0:
            quantity = min(self.run_size, left)
            start = fields.Datetime.add(first, hours=24 * self.run_interval * len(runs))
            runs.append((self.product_uom_id.round(quantity), start))
            left -= quantity
        return runs

    def action_spread(self):
        """Write down the runs that quantity, rate and first date make."""
        self.job_id._check_open_to_edit()
        for line in self:
            kept = line.run_ids.filtered("production_id")
            if kept:
                raise UserError(
                    self.env._(
                        "Runs of %(line)s are planned already.", line=line.display_name
                    )
                )
            line.run_ids = [
                fields.Command.clear(),
                *(
                    fields.Command.create({"quantity": quantity, "date_start": start})
                    for quantity, start in line._prepare_schedule()
                ),
            ]
        return True

    def _get_unplanned(self):
        """:return: whether the line still has runs to become orders"""
        self.ensure_one()
        if self.run_ids:
            return bool(self.run_ids.filtered(lambda row: not row.production_id))
        return not self.production_ids

    def _create_missing_rows(self):
        """:return: ``job.work.order.run`` that have no order yet, as the server"""
        rows = as_server(self.env["job.work.order.run"])
        rows.create(
            [
                {"line_id": line.id, "quantity": quantity, "date_start": start}
                for line in self
                if not line.run_ids and not line.production_ids
                for quantity, start in line._prepare_schedule()
            ]
        )
        return as_server(self).run_ids.filtered(lambda row: not row.production_id)

    def _get_estimated_value(self):
        """:return: quantity at the cost of the product, in company currency"""
        self.ensure_one()
        product = self.product_id.with_company(self.company_id)
        if not product:
            return 0.0
        cost = product.standard_price
        if not cost and self.bom_id:
            # a product that was never made has no cost yet
            cost = product._compute_bom_price(self.bom_id)
        quantity = self.product_uom_id._compute_quantity(
            self.quantity, product.uom_id, round=False, raise_if_failure=False
        )
        return cost * quantity
