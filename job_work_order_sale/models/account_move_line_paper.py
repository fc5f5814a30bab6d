from odoo import models


class AccountMoveLine(models.Model):
    """What an invoice line may tell a customer of the job it bills."""

    _inherit = "account.move.line"

    def _get_job_facts(self):
        """Call it with ``sudo``: see ``account.move._get_job_paper``.

        :return: dict of names; ``texts`` are what the line's own name does not tell,
            ``short_name`` is that name without what tells of the job
        """
        self.ensure_one()
        sale_line = self._get_job_sale_line()
        job_line = sale_line._get_job_line()
        rows = self.job_billing_ids.grouped("production_id")
        runs = self.env["mrp.production"].union(
            *(
                run
                for run, own in rows.items()
                if sale_line.product_uom_id.compare(sum(own.mapped("quantity")), 0)
            )
        )
        runs = runs.sorted("id")
        lots = self.env["stock.lot"]
        if runs and not sale_line.job_output_line_id:
            lots = job_line._get_billed_lots(runs)
        facts = {
            "job": job_line.job_id.name,
            "text": job_line.job_id._describe_for_customer(),
            "runs": runs.mapped("name"),
            "lots": lots.mapped("name"),
        }
        texts = self._get_job_texts(facts, job_line.job_id.customer_ref)
        name = self.name or ""
        facts["texts"] = [
            text
            for text, values in texts
            if any(value and value not in name for value in values)
        ]
        own = {text for text, _values in texts}
        facts["short_name"] = "\n".join(
            text for text in name.split("\n") if text not in own
        )
        return facts

    def _get_job_texts(self, facts, customer_ref):
        """:return: list of ``(text, names in it)`` that belong to an invoice line"""
        return [
            (facts["text"], [facts["job"], customer_ref]),
            (
                self.env._("Runs: %(runs)s", runs=", ".join(facts["runs"])),
                facts["runs"],
            ),
            (
                self.env._("Lots: %(lots)s", lots=", ".join(facts["lots"])),
                facts["lots"],
            ),
        ]
