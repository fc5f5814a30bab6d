from odoo import models


class AccountMove(models.Model):
    """What an e-invoice tells of jobs, with the numbers of EN 16931."""

    _inherit = "account.move"

    def _get_job_references(self):
        """:return: dict of references; empty where no job is billed"""
        self.ensure_one()
        paper = self._get_job_paper()
        if not paper:
            return {}
        return {
            # BT-13, of which there is one at most
            "order": ", ".join(paper["orders"]),
            # BT-11, of which there is one at most: several jobs are told by lines
            "project": paper["jobs"][0] if len(paper["jobs"]) == 1 else "",
            # BG-3
            "preceding": self._get_job_preceding_invoices(paper),
            "lines": {
                line_id: facts | {"properties": self._get_job_item_properties(facts)}
                for line_id, facts in paper["lines"].items()
            },
        }

    def _get_job_preceding_invoices(self, paper):
        """:return: list of ``(number, date)``: what is credited, deposits taken off"""
        preceding = [
            (deposit["name"], deposit["date"])
            for deposit in paper["deposits"]
            if not self.currency_id.is_zero(deposit["taken_off"])
        ]
        credited = self.reversed_entry_id
        if credited:
            preceding.insert(0, (credited.name, credited.invoice_date))
        return preceding

    def _get_job_item_properties(self, facts):
        """:return: list of ``(name, value)`` for BG-32"""
        return [
            *((self.env._("Run"), run) for run in facts["runs"]),
            *((self.env._("Lot"), lot) for lot in facts["lots"]),
        ]

    def _get_late_fee_note(self):
        """:return: text for BT-20"""
        self.ensure_one()
        if self.move_type != "out_invoice":
            return ""
        return (self.invoice_payment_term_id.late_fee_note or "").strip()
