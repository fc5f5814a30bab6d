from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """What an invoice may tell a customer of the jobs it bills.

    Only what these methods return reaches papers and e-invoices.
    """

    _inherit = "account.move"

    def _get_job_paper(self):
        """:return: dict of what is published; empty where no job is billed"""
        self.ensure_one()
        jobs = self._get_jobs() if self.is_sale_document() else False
        if not jobs:
            return {}
        # sudo: accountants need no manufacturing rights; names, quantities and dates
        # that the customer gets are copied into a dict, never a cost
        move = self.sudo()
        return {
            "jobs": jobs.sudo().sorted("id").mapped("name"),
            "orders": move._get_job_customer_orders(),
            "seller_vat": move._get_job_seller_vat(),
            "lines": {
                line.id: line._get_job_facts()
                for line in move.invoice_line_ids
                if line._get_job_sale_line()
            },
            "runs": move._get_job_run_facts(),
            "deposits": move._get_job_deposits(),
        }

    def _get_job_customer_orders(self):
        """:return: list of the customer's own order numbers"""
        self.ensure_one()
        # sudo: see _get_job_paper
        jobs = self._get_jobs().sudo().sorted("id")
        orders = jobs.mapped("customer_ref")
        orders += self.invoice_line_ids.sale_line_ids.order_id.mapped(
            "client_order_ref"
        )
        return list(dict.fromkeys(order for order in orders if order))

    def _get_job_seller_vat(self):
        """:return: the seller's tax ID, unless the letterhead has it"""
        company = self.company_id
        letterhead = f"{company.company_details or ''}{company.report_footer or ''}"
        if self.fiscal_position_id.foreign_vat or (company.vat or "") in letterhead:
            return ""
        return company.vat

    def _get_job_run_facts(self):
        """:return: list of dicts of the runs that are billed, or credited"""
        self.ensure_one()
        facts = []
        rows = self.invoice_line_ids.job_billing_ids
        for (job_line, run), own in rows.grouped(
            lambda row: (row.job_line_id, row.production_id)
        ).items():
            billed = abs(sum(own.mapped("quantity")))
            if run and own[:1].product_uom_id.compare(billed, 0) > 0:
                facts.append(
                    run._get_job_facts(job_line)
                    | {"billed": billed, "billed_unit": own.product_uom_id.name}
                )
        return sorted(facts, key=lambda fact: fact["name"])

    # Deposits

    def _get_job_deposits(self):
        """Deposits of the orders that are billed, and what is taken off here.

        :return: list of dicts
        """
        self.ensure_one()
        if self.move_type != "out_invoice" or self._is_downpayment():
            return []
        orders = self.invoice_line_ids.sale_line_ids.order_id
        lines = orders.order_line.filtered(
            lambda line: line.is_downpayment and not line.display_type
        )
        deposits = lines.invoice_lines.move_id.filtered(
            lambda move: (
                move != self
                and move.move_type == "out_invoice"
                and move.state == "posted"
                and move._is_downpayment()
            )
        )
        return [
            {
                "name": deposit.name,
                "date": deposit.invoice_date,
                "currency": deposit.currency_id,
                "amount": deposit.amount_total,
                "paid": deposit.amount_total - deposit.amount_residual,
                "taken_off": self._get_job_deposit_taken_off(deposit),
            }
            for deposit in deposits.sorted(lambda move: (move.invoice_date, move.id))
        ]

    def _get_job_deposit_taken_off(self, deposit):
        """:return: what lines of this invoice take off for a deposit, with taxes"""
        lines = self.invoice_line_ids.filtered(
            lambda line: (
                line.sale_line_ids.filtered("is_downpayment")
                & deposit.invoice_line_ids.sale_line_ids
            )
        )
        return -sum(lines.mapped("price_total"))

    # Printing

    def action_print_job_invoice(self):
        """Work order and invoice on one page."""
        without = self.filtered(lambda move: not move._get_job_paper())
        if without:
            raise UserError(
                self.env._(
                    "%(invoices)s bill no job. Print them as ordinary invoices.",
                    invoices=", ".join(without.mapped("display_name")),
                )
            )
        return self.env.ref(
            "job_work_order_sale.job_invoice_combined_action"
        ).report_action(self)
