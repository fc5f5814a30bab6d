from odoo import api, models

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

    @api.model
    def _get_columns_ahead(self):
        columns = super()._get_columns_ahead()
        # the rooms of outputs and of operators meet here
        columns["stock.move"].append("output_type")
        return columns

    def _get_signatures(self):
        """What these steps ask for and what was signed, for whoever shows them.

        :return: dict of dicts of ``needed``, ``given`` and ``pending`` (see the
            record's method), per work order that has a record
        """
        # sudo: whoever works on the step need not see its record
        records = self.production_id.sudo().batch_record_ids
        signatures = records._get_signatures()
        by_order = {record.production_id.id: record for record in records}
        found = {}
        for workorder in self:
            record = by_order.get(workorder.production_id.id)
            if record:
                step = records._get_step(signatures[record], workorder.id)
                worked = workorder.state in ("progress", "done")
                found[workorder] = {**step, "pending": step["pending"] * worked}
        return found
