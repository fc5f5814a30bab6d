from odoo import models

from odoo.addons.mrp_batch_record.tools import Person, reference


class MrpBatchRecord(models.Model):
    """A run at a subcontractor's: who made it. Its origin is the receipt."""

    _inherit = "mrp.batch.record"

    def _prepare_section_opening(self):
        sections = super()._prepare_section_opening()
        for record, section in sections.items():
            # sudo: whoever confirms a receipt need not see the order
            order = record.production_id.sudo()
            partner = order.subcontractor_id
            if partner:
                section["subcontractor"] = Person(reference(partner), partner.name)
        return sections

    def _draw_opening(self, payload, names):
        blocks = super()._draw_opening(payload, names)
        if payload.get("subcontractor"):
            blocks[0]["facts"] += [
                (
                    self.env._("Made by the subcontractor"),
                    self._get_name(payload["subcontractor"], names),
                )
            ]
        return blocks
