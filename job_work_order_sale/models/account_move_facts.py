from odoo import models


class AccountMove(models.Model):
    """What papers and e-invoices say about jobs; only what customers may see."""

    _inherit = "account.move"

    def _get_job_facts(self):
        """:return: dict of published values: jobs, customer's orders, runs, deposits"""
        self.ensure_one()
        jobs = self._get_jobs()
        # sudo: only the dict made of it leaves this method
        move = self.sudo()
        deposits = move.invoice_line_ids.filtered(
            lambda line: line.is_downpayment and line.quantity < 0
        )
        sources = move._get_deposit_invoices()
        return {
            "jobs": ", ".join(jobs.mapped("name")),
            "job_names": jobs.mapped("name"),
            "customer_refs": ", ".join(
                dict.fromkeys(job.customer_ref for job in jobs if job.customer_ref)
            ),
            "runs": move._publish_job_runs(),
            "deposit": -sum(deposits.mapped("price_subtotal")),
            "deposit_invoices": [
                (invoice.name, invoice.invoice_date) for invoice in sources
            ],
        }

    def _get_deposit_invoices(self):
        """:return: posted deposits that are taken off here"""
        taken = self.invoice_line_ids.filtered(
            lambda line: line.is_downpayment and line.quantity < 0
        )
        invoices = taken.sale_line_ids.invoice_lines.move_id - self
        return invoices.filtered(
            lambda move: (
                move.state == "posted"
                and move.move_type == "out_invoice"
                and move._is_downpayment()
            )
        ).sorted("id")

    def _publish_job_runs(self):
        """:return: list of dict, one for each run that is billed here"""
        sums = {}
        for row in self.invoice_line_ids.job_billing_ids.sorted("id"):
            key = (row.production_id, row.sale_line_id)
            sums[key] = sums.get(key, 0.0) + row.quantity
        return [
            {
                "product": sale_line.product_id.display_name,
                "name": run.name,
                "date": run.date_finished,
                "lots": ", ".join(run._get_job_lots().mapped("name")),
                "quantity": f"{quantity:.12g} {sale_line.product_uom_id.name}",
            }
            for (run, sale_line), quantity in sums.items()
            if run and quantity
        ]
