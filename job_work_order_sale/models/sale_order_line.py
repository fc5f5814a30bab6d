from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import BillingPlan


class SaleOrderLine(models.Model):
    """A sales line with a job bills what its job says."""

    _inherit = "sale.order.line"

    job_line_ids = fields.One2many(
        "job.work.order.line", "sale_line_id", string="Job Lines"
    )
    job_id = fields.Many2one("job.work.order", compute="_compute_job_id")
    job_output_line_id = fields.Many2one(
        "job.work.order.line",
        string="Co-Product of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="This line bills what the runs of that job line put out besides.",
    )

    @api.depends("job_line_ids", "job_output_line_id")
    def _compute_job_id(self):
        for line in self:
            # sudo: that there is a job may be known to whoever sells
            line.job_id = line.sudo()._get_job_line().job_id

    @api.depends(
        "job_line_ids.qty_made",
        "job_line_ids.billing_basis",
        "job_line_ids.pricing_method",
        "job_line_ids.tolerance_over",
        "job_line_ids.tolerance_under",
        "job_line_ids.job_id.phase",
        "job_line_ids.job_id.type_id.is_billable",
        "job_output_line_id.qty_made",
    )
    def _compute_qty_to_invoice(self):
        res = super()._compute_qty_to_invoice()
        # sudo: the job decides, whoever may see it
        for line in self.sudo().filtered(lambda line: line.state == "sale"):
            job_line = line._get_job_line()
            if not job_line:
                continue
            if not job_line.job_id.is_billable:
                line.qty_to_invoice = 0.0
            else:
                line.qty_to_invoice = line._get_job_limit() - line.qty_invoiced
        return res

    def _get_job_line(self):
        """:return: ``job.work.order.line`` that this line sells, or is an output of"""
        self.ensure_one()
        return self.job_line_ids[:1] or self.job_output_line_id

    def _get_billed_jobs(self):
        return (self.job_line_ids | self.job_output_line_id).job_id

    def _check_job_billed(self):
        """:raise UserError: when more was billed of a job than may be"""
        # sudo: the limit holds whoever bills
        lines = self.sudo()
        lines.job_line_ids._check_billed()
        billed = lines._get_job_billed()
        for line in lines.filtered("job_output_line_id"):
            limit = line._get_job_limit()
            if line.product_uom_id.compare(billed.get(line.id, 0.0), limit) > 0:
                raise UserError(
                    self.env._(
                        "%(product)s: %(billed)s %(unit)s would be billed in all, "
                        "%(job)s put out %(limit)s.",
                        product=line.product_id.display_name,
                        billed=f"{billed[line.id]:.12g}",
                        unit=line.product_uom_id.name,
                        job=line.job_id.name,
                        limit=f"{limit:.12g}",
                    )
                )

    def _get_job_limit(self):
        """:return: most that may be billed of the line, all invoices together"""
        self.ensure_one()
        if self.job_output_line_id:
            return self.job_output_line_id._get_output_quantity(self)
        return self.job_line_ids[:1]._get_billing_limit()

    def _get_job_billed(self):
        """:return: dict from id to the quantity billed by rows that count"""
        # sudo: what is billed is a sum, whoever may see the invoices
        rows = self.env["job.billing.line"].sudo()
        return {
            line.id: quantity
            for line, quantity in rows._read_group(
                [("sale_line_id", "in", self.ids), *rows._get_effective_domain()],
                ["sale_line_id"],
                ["quantity:sum"],
            )
        }

    def _prepare_invoice_line(self, **optional_values):
        vals = super()._prepare_invoice_line(**optional_values)
        # sudo: the job names itself on invoices, whoever may see it
        job_line = self.sudo()._get_job_line()
        if not job_line or self.is_downpayment:
            return vals
        plan = BillingPlan.of(self.env)
        if plan and "quantity" not in optional_values:
            vals["quantity"] = plan.quantities.get(self.id, vals["quantity"])
        if not job_line.job_id._is_released():
            raise UserError(
                self.env._(
                    "%(job)s is not approved: submit it before it is billed.",
                    job=job_line.job_id.name,
                )
            )
        if self.job_output_line_id:
            vals["name"] += f"\n{job_line.job_id._describe_for_customer()}"
            return vals
        runs = plan.runs if plan else None
        shares = job_line._share_among_runs(vals["quantity"], runs)
        vals["price_unit"] = job_line._get_price_to_bill(vals["quantity"], shares)
        vals["name"] += f"\n{job_line._describe_billed(shares)}"
        return vals

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_job(self):
        # sudo: that there is a job counts, whoever may see it
        for line in self.sudo():
            if line.job_line_ids:
                raise UserError(
                    self.env._(
                        "%(product)s is made by %(job)s. Cancel the job, or take the "
                        "order off it first.",
                        product=line.product_id.display_name,
                        job=line.job_line_ids.job_id.name,
                    )
                )
