from odoo import api, models

from ..tools import COMPLETING

RECORDED = {"date_start", "date_end", "loss_id", "operator_id", "user_id", "active"}


class MrpWorkcenterProductivity(models.Model):
    """Odoo lets time logs be deleted: the record keeps a copy."""

    _inherit = "mrp.workcenter.productivity"

    @api.model_create_multi
    def create(self, vals_list):
        logs = super().create(vals_list)
        for log, record in logs._get_recorded("executed"):
            record._add("change", {record: record._prepare_log_change(log, "added")})
        return logs

    def write(self, vals):
        watched = RECORDED & vals.keys()
        recorded = self._get_recorded("executed") if watched else []
        before = {
            log: (record, record._get_values(log, watched)) for log, record in recorded
        }
        res = super().write(vals)
        for log, (record, values) in before.items():
            record._record_changes({record: (log, values)})
        return res

    def unlink(self):
        for log, record in self._get_recorded():
            record._add("change", {record: record._prepare_log_change(log, "deleted")})
        return super().unlink()

    def _get_recorded(self, state=None):
        """:return: list of (log, its record), of runs that are over or of all"""
        if COMPLETING.is_on(self.env):
            return []
        orders = self.workorder_id.production_id._get_kept()
        if state:
            orders = orders.filtered(lambda p: p.state in ("done", "cancel"))
        records = orders._get_batch_records().filtered(
            lambda record: not state or record.state != "open"
        )
        by_order = {record.production_id: record for record in records}
        return [
            (log, by_order[log.workorder_id.production_id])
            for log in self
            if log.workorder_id.production_id in by_order
        ]
