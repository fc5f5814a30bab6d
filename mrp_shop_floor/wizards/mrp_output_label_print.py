import uuid

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.mrp_output_label import FORMATS, PDF, REASONS


class MrpOutputLabelPrint(models.TransientModel):
    """Print the label of a container again, at a desk."""

    _name = "mrp.output.label.print"
    _description = "Print a Label Again"

    label_id = fields.Many2one("mrp.output.label", required=True, readonly=True)
    reason = fields.Selection(REASONS, string="Why Again", required=True)
    note = fields.Char()
    format = fields.Selection(FORMATS, required=True, default=PDF)

    def action_print(self):
        """Count the copy, and open it."""
        self.ensure_one()
        label = self.label_id
        label.check_access("read")
        if not label.move_line_id:
            raise UserError(
                self.env._(
                    "Container %(container)s was taken back: it needs no label.",
                    container=label.container,
                )
            )
        # sudo: labels are written by the server alone; whoever may read this one prints
        labels = self.env["mrp.output.label"].sudo()
        copy = labels._print(
            label.sudo().move_line_id,
            str(uuid.uuid4()),
            self.format,
            self.reason,
            (self.note or "").strip(),
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/mrp_shop_floor/label/{copy.key}.{copy.format}",
            "target": "new",
            "close": True,
        }
