from base64 import b64encode

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.image import image_data_uri

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
        return {
            "doc_ids": docids,
            "doc_model": labels._name,
            "docs": labels,
            "draw": self._draw,
        }

    def _draw(self, value):
        """:return: str, address of a picture; the widget of QWeb takes no FNC1"""
        picture = self.env["ir.actions.report"].barcode(
            "Code128", value, width=1000, height=160
        )
        return image_data_uri(b64encode(picture))
