from odoo import models


class MrpDelay(models.Model):
    """A reason given after the run was recorded comes as an entry."""

    _inherit = "mrp.delay"

    def _on_classified(self):
        res = super()._on_classified()
        for delay in self:
            record = delay.production_id._get_executed_records()
            if record:
                record._add("delay_reason", {record: record._prepare_delay(delay)})
        return res
