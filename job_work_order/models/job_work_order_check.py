from odoo import api, fields, models
from odoo.exceptions import UserError


class JobWorkOrder(models.Model):
    """What a job still lacks before it can be submitted."""

    _inherit = "job.work.order"

    missing_note = fields.Text(
        compute="_compute_missing_note", help="What has to be filled in, and where."
    )

    @api.depends(
        "type_id",
        "partner_id",
        "customer_ref",
        "date_due",
        "instructions",
        "document_ids",
        "line_ids.product_id",
        "line_ids.bom_id",
        "line_ids.quantity",
        "line_ids.run_ids.quantity",
        "phase",
    )
    def _compute_missing_note(self):
        for job in self:
            missing = job.phase == "draft" and job._get_missing()
            job.missing_note = "\n".join(missing) if missing else False

    def _get_missing(self):
        """:return: list of sentences, one for everything that is missing"""
        self.ensure_one()
        return self._get_missing_of_head() + [
            sentence for line in self.line_ids for sentence in line._get_missing()
        ]

    def _get_missing_of_head(self):
        kind = self.type_id
        asked = [
            (kind.require_customer, self.partner_id, self.env._("Customer")),
            (
                kind.require_customer_ref,
                self.customer_ref,
                self.env._("Number of the customer's order"),
            ),
            (kind.require_due_date, self.date_due, self.env._("Due date")),
            (
                kind.require_instructions,
                self._has_text(self.instructions),
                self.env._("Instructions"),
            ),
            (kind.require_documents, self.document_ids, self.env._("Documents")),
            (True, self.line_ids, self.env._("At least one line: what is to be made")),
        ]
        return [name for required, value, name in asked if required and not value]

    @staticmethod
    def _has_text(html):
        return bool(html and html.striptags().strip())

    def _check_complete(self):
        """:raise UserError: one message with all that is missing in all jobs"""
        problems = []
        for job in self:
            missing = job._get_missing()
            if missing:
                problems.append(
                    self.env._(
                        "%(job)s (%(type)s) still lacks:",
                        job=job.name,
                        type=job.type_id.name,
                    )
                )
                problems += [f"- {sentence}" for sentence in missing]
        if problems:
            raise UserError("\n".join(problems))
