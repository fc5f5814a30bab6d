from odoo import models


class ChangeProductionQty(models.TransientModel):
    """What a run is asked for can change while it goes on: that is told."""

    _inherit = "change.production.qty"

    def change_prod_qty(self):
        orders = self.mo_id
        records = orders._get_kept()._get_batch_records()
        before = {
            record: record._get_values(record.production_id, {"product_qty"})
            for record in records
        }
        res = super().change_prod_qty()
        records._record_changes(
            {record: (record.production_id, before[record]) for record in records}
        )
        return res
