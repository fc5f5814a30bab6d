from odoo import fields, models
from odoo.exceptions import UserError


class StockLot(models.Model):
    _inherit = "stock.lot"

    batch_record_ids = fields.Many2many("mrp.batch.record", readonly=True, copy=False)
    batch_record_count = fields.Integer(compute="_compute_batch_record_count")

    def _compute_batch_record_count(self):
        counts = dict(
            self.env["mrp.batch.record"]._read_group(
                [("lot_ids", "in", self.ids)], ["lot_ids"], ["__count"]
            )
        )
        for lot in self:
            lot.batch_record_count = counts.get(lot, 0)

    def write(self, vals):
        renamed = self.browse()
        if "name" in vals or "product_id" in vals:
            renamed = self.filtered("id")
        # sudo: who renames a lot need not see the records it is told in
        records = renamed.sudo().batch_record_ids
        before = {
            (record, lot): record._get_values(lot, vals.keys() & {"name", "product_id"})
            for record in records
            for lot in record.lot_ids & renamed
        }
        res = super().write(vals)
        for (record, lot), values in before.items():
            record._record_changes({record: (lot.sudo(), values)})
        return res

    def _check_may_decide(self, state):
        """What waits for the release of its run is not released beside it."""
        super()._check_may_decide(state)
        if state != "released":
            return
        waiting = self.filtered(lambda lot: lot.hold_state == "quarantine")
        if not waiting:
            return
        records = self.env["mrp.batch.record"]._get_releasing(waiting)
        if records:
            raise UserError(
                self.env._(
                    "%(lots)s are released with their batch record: release "
                    "%(records)s.",
                    lots=", ".join((waiting & records.lot_ids).mapped("name")),
                    records=", ".join(records.mapped("name")),
                )
            )

    def action_open_batch_records(self):
        """Show the records of the runs that made this lot."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_batch_record.mrp_batch_record_action"
        )
        return action | {"domain": [("lot_ids", "in", self.ids)], "context": {}}
