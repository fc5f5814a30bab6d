from odoo import models

from ..tools import COMPLETING

RECORDED = {
    "name",
    "state",
    "workcenter_id",
    "date_start",
    "date_finished",
    "qty_produced",
}


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    def write(self, vals):
        """Stopping is never refused; what changes after the fact is recorded."""
        watched = RECORDED & vals.keys()
        if not watched or COMPLETING.is_on(self.env):
            return super().write(vals)
        records = self.production_id._get_executed_records()
        if not records:
            return super().write(vals)
        of_records = self.filtered(lambda wo: wo.production_id in records.production_id)
        before = {wo: records._get_values(wo, watched) for wo in of_records}
        res = super().write(vals)
        for workorder, values in before.items():
            record = workorder.production_id._get_batch_records()
            record._record_changes({record: (workorder, values)})
        return res
