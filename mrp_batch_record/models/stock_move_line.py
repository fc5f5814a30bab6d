from odoo import api, models

from ..tools import COMPLETING

WATCHED = {"lot_id", "quantity", "product_uom_id", "location_id", "location_dest_id"}


class StockMoveLine(models.Model):
    """Consumption and outputs can be changed after an order is done: that is told."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        done = lines.filtered(lambda line: line.state == "done")
        for line, record in done._get_recorded():
            record._add("change", {record: record._prepare_line_change(line, "added")})
        return lines

    def write(self, vals):
        watched = WATCHED & vals.keys()
        recorded = self._get_recorded() if watched else []
        before = {
            line: (record, record._get_values(line, watched))
            for line, record in recorded
        }
        res = super().write(vals)
        for line, (record, values) in before.items():
            record._record_changes({record: (line, values)})
        return res

    def unlink(self):
        for line, record in self._get_recorded():
            if line.quantity and line.state == "done":
                record._add(
                    "change", {record: record._prepare_line_change(line, "deleted")}
                )
        return super().unlink()

    def _get_recorded(self):
        """:return: list of (line, record of the run that is over)"""
        if COMPLETING.is_on(self.env):
            return []
        moves = self.move_id
        orders = moves.raw_material_production_id | moves.production_id
        records = orders._get_executed_records() if orders else []
        by_order = {record.production_id: record for record in records}
        found = []
        for line in self if by_order else ():
            move = line.move_id
            order = move.raw_material_production_id or move.production_id
            if order in by_order:
                found.append((line, by_order[order]))
        return found
