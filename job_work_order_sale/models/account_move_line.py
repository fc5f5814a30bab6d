from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import BillingPlan

SALES = ("out_invoice", "out_refund")


class AccountMoveLine(models.Model):
    """Invoice lines bill jobs, whatever the door they come through."""

    _inherit = "account.move.line"

    job_billing_ids = fields.One2many(
        "job.billing.line",
        "move_line_id",
        string="Billed of Jobs",
        readonly=True,
        groups="base.group_system",
    )
    job_id = fields.Many2one("job.work.order", compute="_compute_job_id")

    @api.depends("sale_line_ids")
    def _compute_job_id(self):
        for line in self:
            # sudo: that there is a job may be known to whoever sees the invoice
            line.job_id = line.sudo()._get_job_sale_line().job_id

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if any(vals.get("sale_line_ids") for vals in vals_list):
            lines._bill_jobs()
        return lines

    def write(self, vals):
        if "sale_line_ids" in vals:
            # sudo: whoever edits invoices need not read sales lines
            before = {line: line.sudo()._get_job_sale_line() for line in self}
        res = super().write(vals)
        if "sale_line_ids" in vals:
            for line, sale_line in before.items():
                line._check_job_kept(sale_line)
        if {"sale_line_ids", "quantity", "product_uom_id"} & set(vals):
            self._bill_jobs()
        return res

    def unlink(self):
        # sudo: what was billed counts, whoever may see it
        credits = self.sudo().filtered(
            lambda line: line.move_id.move_type == "out_refund"
        )
        sale_lines = credits._get_job_sale_lines()
        if sale_lines:
            sale_lines._get_billed_jobs()._lock_billing()
        res = super().unlink()
        # a credit note that is gone bills again what it had credited
        sale_lines._check_job_billed()
        return res

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for line, vals in zip(self, vals_list, strict=True):
            # a copy bills the job, too, and is judged like any other invoice
            # sudo: that there is a job counts, whoever may see it
            sale_line = line.sudo()._get_job_sale_line()
            if sale_line:
                vals["sale_line_ids"] = [fields.Command.set(sale_line.ids)]
        return vals_list

    # Business

    def _get_job_sale_line(self):
        """:return: ``sale.order.line`` of a job that the line bills"""
        self.ensure_one()
        return self._get_job_sale_lines()[:1]

    def _get_job_sale_lines(self):
        return self.sale_line_ids.filtered(
            lambda line: not line.is_downpayment and line._get_job_line()
        )

    def _check_job_kept(self, sale_line):
        self.ensure_one()
        # sudo: whoever edits invoices need not read sales lines
        if sale_line and sale_line not in self.sudo().sale_line_ids:
            raise UserError(
                self.env._(
                    "This line bills %(job)s and stays with it. Delete the line, or "
                    "add a credit note.",
                    job=sale_line.job_id.name,
                )
            )

    def _bill_jobs(self):
        """Write down what these lines bill of jobs, or bill less.

        :raise UserError: when more would be billed than may be
        """
        # sudo: the server keeps these rows, nobody writes them himself
        lines = self.sudo().filtered(
            lambda line: (
                line.display_type == "product"
                and line.move_id.move_type in SALES
                and line._get_job_sale_line()
            )
        )
        if not lines:
            return
        lines._get_job_sale_lines()._get_billed_jobs()._lock_billing()
        vals_list = []
        for line in lines:
            vals_list += line._prepare_job_billing()
        self.env["job.billing.line"].sudo().create(vals_list)
        lines.invalidate_recordset(["job_billing_ids"])
        more = {vals["sale_line_id"] for vals in vals_list if vals["quantity"] > 0}
        self.env["sale.order.line"].sudo().browse(more)._check_job_billed()

    def _prepare_job_billing(self):
        """:return: values of rows by which the line bills more or less than before"""
        self.ensure_one()
        sale_line = self._get_job_sale_line()
        sign = 1 if self.move_id.move_type == "out_invoice" else -1
        unit = self.product_uom_id or sale_line.product_uom_id
        target = sign * unit._compute_quantity(
            self.quantity, sale_line.product_uom_id, round=False
        )
        added = target - sum(self.job_billing_ids.mapped("quantity"))
        if not sale_line.product_uom_id.compare(added, 0):
            return []
        job_line = sale_line._get_job_line()
        return [
            {
                "job_line_id": job_line.id,
                "sale_line_id": sale_line.id,
                "production_id": run.id,
                "move_line_id": self.id,
                "origin": self.move_id.display_name,
                "quantity": quantity,
            }
            for run, quantity in self._share_job_billing(job_line, sale_line, added)
        ]

    def _share_job_billing(self, job_line, sale_line, added):
        """:return: list of ``(run, quantity)`` that make up what the line adds"""
        self.ensure_one()
        if sale_line.job_output_line_id:
            return [(self.env["mrp.production"], added)]
        if added > 0:
            return job_line._share_among_runs(added, self._get_planned_job_runs())
        rows = self.job_billing_ids
        if self.move_id.move_type == "out_refund" and self.move_id.reversed_entry_id:
            reversed_lines = self.move_id.reversed_entry_id.invoice_line_ids
            rows |= reversed_lines.filtered(
                lambda line: sale_line in line.sale_line_ids
            ).job_billing_ids
        elif self.move_id.move_type == "out_refund":
            rows |= job_line.billing_ids.filtered(
                lambda row: row._is_effective() and row.sale_line_id == sale_line
            )
        return job_line._take_back_from_runs(-added, rows)

    def _get_planned_job_runs(self):
        """:return: runs that are billed, when only some are"""
        plan = BillingPlan.of(self.env)
        return plan.runs if plan else None

    def action_view_job_trace(self):
        return self._get_job_trace_action()

    def _get_job_trace_action(self):
        """From an invoice line to job, runs, cost, lots and minutes."""
        trace = self.env["job.billing.trace"].create(
            {"move_line_ids": [fields.Command.set(self.ids)]}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Was Billed"),
            "res_model": "job.billing.trace",
            "res_id": trace.id,
            "view_mode": "form",
            "target": "new",
        }
