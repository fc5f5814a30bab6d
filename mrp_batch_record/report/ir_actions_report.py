from odoo import models

from ..tools.stamp import stamp_pages

REPORT = "mrp_batch_record.mrp_batch_record_report"


class IrActionsReport(models.Model):
    """Each page of a printed batch record says which one it is, and its hash."""

    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        streams = super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        if self._get_report(report_ref).report_name == REPORT:
            for record_id, collected in streams.items():
                if record_id and collected.get("stream"):
                    record = self.env["mrp.batch.record"].browse(record_id)
                    collected["stream"] = stamp_pages(
                        collected["stream"], record.name, record.seal_hash or ""
                    )
        return streams
