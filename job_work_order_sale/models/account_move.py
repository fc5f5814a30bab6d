from odoo import api, fields, models

from .account_move_line import SALES


class AccountMove(models.Model):
    """Invoices know the jobs they bill; what they bill is judged in every state."""

    _inherit = "account.move"

    job_count = fields.Integer(compute="_compute_job_count")

    @api.depends("invoice_line_ids.sale_line_ids")
    def _compute_job_count(self):
        for move in self:
            move.job_count = len(move._get_jobs())

    def _get_jobs(self):
        """:return: ``job.work.order`` that are billed or have a deposit here"""
        # sudo: that there is a job may be known to whoever sees the invoice
        sale_lines = self.sudo().invoice_line_ids.sale_line_ids
        jobs = sale_lines._get_billed_jobs()
        deposits = sale_lines.filtered("is_downpayment").order_id.job_ids
        return jobs | deposits

    def write(self, vals):
        bills = self.browse()
        if vals.get("state") or "move_type" in vals:
            bills = self._get_more_billing(vals)
        res = super().write(vals)
        if "move_type" in vals:
            self.invoice_line_ids._bill_jobs()
        if bills:
            bills._check_jobs_billed()
        return res

    def _get_more_billing(self, vals):
        """:return: documents by which more is billed in a new state, or for good"""
        state = vals.get("state")
        return self.filtered(
            lambda move: (
                (
                    move.move_type == "out_invoice"
                    and (
                        (state == "posted" and move.state != "posted")
                        or (state == "draft" and move.state == "cancel")
                    )
                )
                or (
                    move.move_type == "out_refund"
                    and state == "cancel"
                    and move.state != "cancel"
                )
            )
        )

    def _check_jobs_billed(self):
        # sudo: the limit holds whoever bills
        sale_lines = self.sudo().invoice_line_ids._get_job_sale_lines()
        if sale_lines:
            sale_lines._get_billed_jobs()._lock_billing()
            sale_lines._check_job_billed()

    def _is_job_invoice(self):
        self.ensure_one()
        return self.move_type in SALES and bool(self._get_jobs())

    def action_view_jobs(self):
        """The jobs, for who may see them; what is published of them for all others."""
        self.ensure_one()
        jobs = self._get_jobs()
        if not self.env["job.work.order"].has_access("read"):
            return self.invoice_line_ids._get_job_trace_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "job_work_order.job_work_order_action"
        )
        if len(jobs) == 1:
            action.update(res_id=jobs.id, views=[(False, "form")])
        action.update(domain=[("id", "in", jobs.ids)], context={"create": False})
        return action
