from odoo import api, models


class MrpOperationQuantity(models.Model):
    """Units that operations told about move the progress of a run."""

    _inherit = "mrp.operation.quantity"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        self.env["mrp.live.board"]._note_changed(rows.production_id._ids)
        return rows

    def write(self, vals):
        res = super().write(vals)
        if {"quantity", "reversed"} & set(vals):
            self.env["mrp.live.board"]._note_changed(self.production_id._ids)
        return res
