from odoo import api, fields, models

from ..models.stock_lot import DECISIONS


class StockLotDecision(models.TransientModel):
    """Asks for the reason of a decision about one or many lots."""

    _name = "stock.lot.decision"
    _description = "Decide about Lots"

    lot_ids = fields.Many2many(
        "stock.lot", string="Lots/Serial Numbers", required=True, readonly=False
    )
    lot_count = fields.Integer(compute="_compute_lot_count")
    state = fields.Selection(DECISIONS, string="New State", required=True)
    reason = fields.Text(required=True)

    @api.depends("lot_ids")
    def _compute_lot_count(self):
        for decision in self:
            decision.lot_count = len(decision.lot_ids)

    def action_apply(self):
        for decision in self:
            decision.lot_ids.decide(decision.state, decision.reason)
        return {"type": "ir.actions.act_window_close"}
