from odoo import fields, models


class MrpShopFloorSettle(models.TransientModel):
    """What was done about taps that could not be applied."""

    _name = "mrp.shop.floor.settle"
    _description = "Settle Exceptions of the Shop Floor"

    event_ids = fields.Many2many("mrp.shop.floor.event", string="Taps", required=True)
    note = fields.Char(string="What Was Done", required=True)

    def action_settle(self):
        """Settle them."""
        self.event_ids._settle(self.note)
        return {"type": "ir.actions.act_window_close"}
