from odoo import api, models


class MrpOperatorPresence(models.Model):
    """Who is there concerns all that waits for a work center."""

    _inherit = "mrp.operator.presence"

    @api.model_create_multi
    def create(self, vals_list):
        presences = super().create(vals_list)
        self.env["mrp.live.board"]._note_all()
        return presences

    def write(self, vals):
        res = super().write(vals)
        self.env["mrp.live.board"]._note_all()
        return res
