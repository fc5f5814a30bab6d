from odoo import models

from ..tools import decimal_text, reference, utc_text


class MrpBatchRecord(models.Model):
    """What is asked of a run, written when it is confirmed."""

    _inherit = "mrp.batch.record"

    def _quantity(self, value):
        """:return: a quantity as text, to the precision of the day"""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return decimal_text(value, digits)

    def _prepare_section_opening(self):
        """Which run it is, of what, how much, and who confirmed it."""
        user, sections = self._get_user(), {}
        for record in self:
            run = record.production_id or record.unbuild_id
            order = record.production_id
            sections[record] = {
                "run": {"ref": reference(run), "name": run.name},
                "company": record.company_id.name,
                "product": self._describe_product(run.product_id),
                "quantity": self._quantity(run.product_qty),
                "unit": run.product_uom_id.name,
                "origin": order.origin or None,
                "responsible": self._get_user(order.user_id) if order.user_id else None,
                "by": user,
                "language": self.env.lang or "en_US",
            }
        return sections

    def _prepare_section_recipe(self):
        """The recipe as designed at the time, for the quantity of the run."""
        return {
            record: record._prepare_recipe() for record in self if record.production_id
        }

    def _prepare_recipe(self):
        order = self.production_id
        bom = order.bom_id
        return {
            "quantity": self._quantity(order.product_qty),
            "unit": order.product_uom_id.name,
            "bom": {
                "ref": reference(bom),
                "code": bom.code or None,
                "quantity": self._quantity(bom.product_qty),
                "unit": bom.product_uom_id.name or None,
                "changed": utc_text(bom.write_date),
            }
            if bom
            else None,
            "components": [
                {
                    "product": self._describe_product(move.product_id),
                    "quantity": self._quantity(move.product_uom_qty),
                    "unit": move.product_uom.name,
                    "operation": move.operation_id.name or None,
                    "of_bom": bool(move.bom_line_id),
                }
                for move in order.move_raw_ids
                if move.state != "cancel"
            ],
            "operations": [
                {
                    "id": workorder.id,
                    "name": workorder.name,
                    "work_center": workorder.workcenter_id.name,
                    "minutes": decimal_text(workorder.duration_expected, 2),
                    "signatures": workorder.operation_id._get_batch_signatures(),
                }
                for workorder in order.workorder_ids
            ],
            "outputs": [
                {
                    "product": self._describe_product(move.product_id),
                    "type": move.output_type or None,
                    "quantity": self._quantity(move.product_uom_qty),
                    "unit": move.product_uom.name,
                }
                for move in order.move_finished_ids
                if move.state != "cancel"
            ],
        }

    def _prepare_section_plan(self):
        """The frozen plan of the run and of its operations."""
        return {
            record: {
                "start": utc_text(record.production_id.baseline_start),
                "end": utc_text(record.production_id.baseline_end),
                "operations": [
                    {
                        "name": workorder.name,
                        "start": utc_text(workorder.baseline_start),
                        "end": utc_text(workorder.baseline_end),
                    }
                    for workorder in record.production_id.workorder_ids
                    if workorder.baseline_end
                ],
            }
            for record in self
            if record.production_id.baseline_end
        }
