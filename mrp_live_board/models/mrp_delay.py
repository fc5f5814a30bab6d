from odoo import api, models


class MrpDelay(models.Model):
    """Stops and their reasons are shown beside the run."""

    _inherit = "mrp.delay"

    @api.model_create_multi
    def create(self, vals_list):
        delays = super().create(vals_list)
        self.env["mrp.live.board"]._note_changed(delays.production_id._ids)
        return delays

    def _on_classified(self):
        res = super()._on_classified()
        self.env["mrp.live.board"]._note_changed(self.production_id._ids)
        return res
