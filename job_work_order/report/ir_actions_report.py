from collections import OrderedDict

from odoo import models

from ..tools.papers import append_documents

PAPERS = (
    "job_work_order.job_traveller",
    "job_work_order.job_travellers",
    "job_work_order.job_operation_card",
)


class IrActionsReport(models.Model):
    """Drawings follow the traveller in the same file."""

    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        streams = super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        report = self._get_report(report_ref)
        if report.report_name not in PAPERS:
            return streams
        papers = self.env[report.model]
        return OrderedDict(
            (id_, self._append_papers(papers.browse(id_ or res_ids), found))
            for id_, found in streams.items()
        )

    def _append_papers(self, records, collected):
        documents = records._get_floor_documents()
        if collected.get("stream") and documents:
            collected["stream"] = append_documents(
                collected["stream"],
                [(document.name, document.raw) for document in documents],
                lambda name: self.env._(
                    "%(name)s cannot be printed here. Open it on the screen.", name=name
                ),
            )
        return collected
