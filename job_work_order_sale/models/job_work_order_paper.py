from odoo import models
from odoo.exceptions import UserError


class JobWorkOrder(models.Model):
    """Papers of a job for its customer."""

    _inherit = "job.work.order"

    def _get_customer_paper(self):
        """:return: dict of what the customer is told of the job, never a price"""
        self.ensure_one()
        # sudo: accountants need no manufacturing rights; what the customer gets is
        # copied into a dict
        job = self.sudo()
        return {
            "lines": [
                {
                    "product": line.product_id.display_name,
                    "quantity": line.quantity,
                    "made": line.qty_made,
                    "unit": line.product_uom_id.name,
                }
                for line in job.line_ids
            ],
            "runs": [
                run._get_job_facts(run.job_line_id)
                for run in job.production_ids.sorted("id")
                if not run.job_is_child and run.state != "cancel" and run.job_line_id
            ],
        }

    def _get_invoices_to_print(self):
        """:return: posted invoices of the jobs, without credit notes"""
        # sudo: which invoices bill a job is known; they are read by who prints them
        moves = self.sudo().billing_ids.move_line_id.move_id
        moves = moves.sudo(False).filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )
        return moves.sorted(lambda move: (move.invoice_date, move.id))

    def action_print_job_invoice(self):
        """Work order and invoice on one page, of each invoice of the jobs."""
        invoices = self._get_invoices_to_print()
        if not invoices:
            raise UserError(
                self.env._(
                    "%(jobs)s have no posted invoice. Invoice them first, or print the "
                    "work order for the customer.",
                    jobs=", ".join(self.mapped("name")),
                )
            )
        return invoices.action_print_job_invoice()
