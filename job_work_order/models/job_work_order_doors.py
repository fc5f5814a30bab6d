from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import is_server

# written by the buttons, never by hand
SERVER_FIELDS = {
    "name",
    "phase",
    "state",
    "submitted_by_id",
    "date_submitted",
    "baseline_start",
    "baseline_due",
}
# what an approval is about
APPROVED_FIELDS = {"type_id", "partner_id", "line_ids"}


class JobWorkOrder(models.Model):
    """What is written by whom, whatever the door."""

    _inherit = "job.work.order"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        if not is_server(self):
            for vals in vals_list:
                self._check_server_fields(set(vals) - {"name"})
                vals.update(phase="draft", name=False)
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id"))
            company = company or self.env.company
            vals["name"] = company._get_next_job_number()
        jobs = super().create(vals_list)
        jobs._own_documents()
        return jobs

    def write(self, vals):
        if not is_server(self):
            self._check_server_fields(vals)
            if APPROVED_FIELDS & set(vals):
                self._check_open_to_edit()
        if "company_id" in vals:
            self._check_company_kept(vals["company_id"])
        res = super().write(vals)
        if "priority" in vals:
            self._write_priority_through()
        if "document_ids" in vals:
            self._own_documents()
        return res

    def _check_server_fields(self, names):
        wrong = SERVER_FIELDS & set(names)
        if wrong:
            raise UserError(
                self.env._(
                    "%(fields)s of a job is not written by hand: use the buttons of "
                    "the job.",
                    fields=", ".join(
                        self._fields[name].get_description(self.env)["string"]
                        for name in sorted(wrong)
                    ),
                )
            )

    def _check_open_to_edit(self):
        """Raise when what was approved, or waits for approval, would change."""
        for job in self:
            if job.phase != "draft":
                raise UserError(
                    self.env._(
                        "%(job)s is no draft any more. Press Revise on the job to "
                        "change type, customer or lines, or Change Run for a run that "
                        "is planned; both ask why and keep a record.",
                        job=job.name,
                    )
                )

    def _check_company_kept(self, company_id):
        for job in self:
            if job.company_id.id != company_id:
                raise UserError(
                    self.env._(
                        "%(job)s is a job of %(company)s and stays one. Make another "
                        "job in the other company.",
                        job=job.name,
                        company=job.company_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_worked(self):
        for job in self:
            # sudo: runs count, whoever may see them
            if job.sudo().production_ids or job.phase not in ("draft", "cancel"):
                raise UserError(
                    self.env._(
                        "%(job)s cannot be deleted: it was submitted or has runs. "
                        "Cancel it; what was recorded stays.",
                        job=job.name,
                    )
                )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for job, vals in zip(self, vals_list, strict=True):
            if job.date_due and job.date_due < fields.Datetime.now():
                vals["date_due"] = False
            vals["date_start"] = fields.Datetime.now()
            vals["is_template"] = False
        return [vals | (default or {}) for vals in vals_list]
