from odoo import fields, models

SHOWN = {
    "name",
    "date_start",
    "date_deadline",
    "date_finished",
    "baseline_end",
    "product_qty",
    "qty_producing",
    "priority",
    "user_id",
}


class MrpProduction(models.Model):
    """Orders tell the boards what happens to them."""

    _inherit = "mrp.production"

    board_alert_ids = fields.One2many("mrp.board.alert", "production_id")

    def _compute_state(self):
        res = super()._compute_state()
        self.env["mrp.live.board"]._note_changed(self._ids)
        return res

    def _compute_reservation_state(self):
        res = super()._compute_reservation_state()
        self.env["mrp.live.board"]._note_changed(self._ids)
        return res

    def write(self, vals):
        res = super().write(vals)
        if SHOWN & set(vals):
            self.env["mrp.live.board"]._note_changed(self._ids)
        return res

    def unlink(self):
        self.env["mrp.live.board"]._note_gone(self._ids)
        return super().unlink()

    def _get_on_board(self):
        """:return: those that are, or were, in flight"""
        return self.filtered(lambda run: run.state not in (False, "draft"))

    def action_open_live_board(self):
        """Open the board with these orders."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_live_board.mrp_live_board_action"
        )
        return action | {"domain": [("id", "in", self.ids)], "context": {}}
