from odoo import api, fields, models

from .job_work_order import MONEY

VIEWER = "mrp_run_cost.mrp_run_cost_group_viewer"


class JobWorkOrder(models.Model):
    """What is billed, billable and paid of a job, and what is earned by it."""

    _inherit = "job.work.order"

    sale_currency_id = fields.Many2one(
        "res.currency", compute="_compute_sale_amounts", groups=MONEY
    )
    billing_state = fields.Selection(
        [
            ("none", "Nothing to Bill"),
            ("open", "To Bill"),
            ("billed", "Fully Billed"),
        ],
        string="Billing",
        compute="_compute_billing_state",
        store=True,
        groups=MONEY,
    )
    amount_agreed = fields.Monetary(
        string="Agreed",
        compute="_compute_sale_amounts",
        currency_field="sale_currency_id",
        groups=MONEY,
        help="What the sales order asks for the job, without taxes.",
    )
    amount_billable = fields.Monetary(
        string="Billable",
        compute="_compute_sale_amounts",
        currency_field="sale_currency_id",
        groups=MONEY,
        help="What may be billed now, at the prices of the sales order.",
    )
    amount_billed = fields.Monetary(
        string="Billed",
        compute="_compute_sale_amounts",
        currency_field="sale_currency_id",
        groups=MONEY,
        help="By invoices that are not cancelled, less credit notes, without taxes and "
        "before deposits are taken off.",
    )
    amount_paid = fields.Monetary(
        string="Paid",
        compute="_compute_sale_amounts",
        currency_field="sale_currency_id",
        groups=MONEY,
        help="Part of what was billed that is paid. A deposit counts with the invoice "
        "that takes it off.",
    )
    amount_deposit = fields.Monetary(
        string="Deposit",
        compute="_compute_sale_amounts",
        currency_field="sale_currency_id",
        groups=MONEY,
        help="Deposits of the sales order that no invoice took off yet, without taxes.",
    )
    percent_billed = fields.Float(compute="_compute_sale_amounts", groups=MONEY)
    percent_paid = fields.Float(compute="_compute_sale_amounts", groups=MONEY)
    job_invoice_count = fields.Integer(compute="_compute_sale_amounts", groups=MONEY)
    margin = fields.Monetary(
        compute="_compute_margin",
        groups=VIEWER,
        help="What was invoiced and posted for the job, in company currency without "
        "taxes, less what its finished runs cost.",
    )
    margin_percent = fields.Float(
        string="Margin (%)", compute="_compute_margin", groups=VIEWER
    )

    @api.depends(
        "type_id.is_billable",
        "line_ids.sale_line_id.qty_to_invoice",
        "line_ids.sale_line_id.qty_invoiced",
        "line_ids.sale_line_id.product_uom_qty",
    )
    def _compute_billing_state(self):
        for job in self:
            lines = job.line_ids.sale_line_id
            if not job.type_id.is_billable or not lines:
                job.billing_state = "none"
            elif any(
                line.product_uom_id.compare(line.qty_to_invoice, 0) for line in lines
            ):
                job.billing_state = "open"
            elif all(
                line.product_uom_id.compare(line.qty_invoiced, line.product_uom_qty)
                >= 0
                for line in lines
            ):
                job.billing_state = "billed"
            else:
                job.billing_state = "none"

    @api.depends(
        "line_ids.sale_line_id.price_subtotal",
        "line_ids.sale_line_id.qty_to_invoice",
        "line_ids.sale_line_id.invoice_lines.move_id.amount_residual",
        "line_ids.sale_line_id.invoice_lines.move_id.state",
        "sale_order_id.order_line.invoice_lines.move_id.state",
    )
    def _compute_sale_amounts(self):
        # sudo: the groups of these fields say who sees the sums
        jobs = self.sudo()
        # all at once what each then asks for itself
        jobs._get_job_invoices().mapped("state")
        for job in jobs:
            sale_lines = job.line_ids.sale_line_id
            currency = sale_lines.currency_id[:1] or job.company_id.currency_id
            billed, paid = job._sum_invoice_lines(job._get_job_invoice_lines())
            job.sale_currency_id = currency
            job.amount_agreed = sum(sale_lines.mapped("price_subtotal"))
            job.amount_billable = currency.round(
                sum(
                    line.qty_to_invoice * line.price_subtotal / line.product_uom_qty
                    for line in sale_lines
                    if line.qty_to_invoice > 0 and line.product_uom_qty
                )
            )
            job.amount_billed = billed
            job.amount_paid = currency.round(paid)
            deposits = job.sale_order_id.order_line.filtered("is_downpayment")
            job.amount_deposit = job._sum_invoice_lines(deposits.invoice_lines)[0]
            job.percent_billed = (
                100 * billed / job.amount_agreed if job.amount_agreed else 0.0
            )
            job.percent_paid = 100 * paid / billed if billed else 0.0
            job.job_invoice_count = len(job._get_job_invoices())

    def _get_job_invoice_lines(self):
        """:return: lines of invoices and credit notes that bill the job"""
        # sudo: what is billed is read as a whole, whoever sees the job
        lines = self.sudo().line_ids
        return (lines.sale_line_id | lines.output_sale_line_ids).invoice_lines

    def _get_job_invoices(self):
        """:return: invoices that bill the job, and deposits of its order"""
        # sudo: which invoices there are; who may not see them is refused there
        deposits = self.sudo().sale_order_id.order_line.filtered("is_downpayment")
        return (self._get_job_invoice_lines() | deposits.invoice_lines).move_id.sudo(
            self.env.su
        )

    def _sum_invoice_lines(self, lines):
        """:return: what lines bill without taxes, and the part of it that is paid"""
        billed = paid = 0.0
        for line in lines:
            move = line.move_id
            if move.state == "cancel":
                continue
            sign = 1 if move.move_type == "out_invoice" else -1
            billed += sign * line.price_subtotal
            if move.state != "posted":
                continue
            open_part = (
                move.amount_residual / move.amount_total if move.amount_total else 0.0
            )
            paid += sign * line.price_subtotal * (1 - open_part)
        return billed, paid

    @api.depends(
        "production_ids.run_cost_line_ids.amount",
        "line_ids.sale_line_id.invoice_lines.balance",
        "line_ids.sale_line_id.invoice_lines.parent_state",
    )
    def _compute_margin(self):
        rows = self.env["job.margin.report"]._read_group(
            [("job_id", "in", self.ids)], ["job_id"], ["revenue:sum", "cost:sum"]
        )
        sums = {job.id: (revenue, cost) for job, revenue, cost in rows}
        for job in self:
            revenue, cost = sums.get(job.id, (0.0, 0.0))
            job.margin = revenue - cost
            job.margin_percent = 100 * job.margin / revenue if revenue else 0.0
