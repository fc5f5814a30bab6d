from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.mrp_reason_code.tools import is_server


class MrpOutputLabelReport(models.AbstractModel):
    """Labels leave by the shop floor alone, where every copy is counted."""

    _name = "report.mrp_shop_floor.report_output_label"
    _description = "Label of a Container"

    @api.model
    def _get_report_values(self, docids, data=None):
        if not is_server(self):
            raise UserError(
                self.env._(
                    "Print the label again on the shop floor: each copy is counted, "
                    "with the reason."
                )
            )
        labels = self.env["mrp.output.label"].browse(docids)
        return {"doc_ids": docids, "doc_model": labels._name, "docs": labels}
