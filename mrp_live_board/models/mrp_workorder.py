from odoo import api, models

SHOWN = {
    "state",
    "name",
    "sequence",
    "workcenter_id",
    "duration_expected",
    "qty_produced",
    "operator_ids",
}


class MrpWorkorder(models.Model):
    """Operations tell the boards what happens to them."""

    _inherit = "mrp.workorder"

    @api.model_create_multi
    def create(self, vals_list):
        workorders = super().create(vals_list)
        workorders._note_board()
        return workorders

    def write(self, vals):
        res = super().write(vals)
        if SHOWN & set(vals):
            self._note_board()
        return res

    def unlink(self):
        self._note_board()
        return super().unlink()

    def _note_board(self):
        # sudo: operators see a part of the order only, boards show all of it
        self.env["mrp.live.board"]._note_changed(self.sudo().production_id._ids)
