from odoo import models

from ..tools import POSTING


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """What is issued ahead, or added to a completed run, is written at once."""
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        if not POSTING.is_on(self.env):
            moves._write_edges_of_runs()
        return moves

    def _write_edges_of_runs(self):
        productions = self.raw_material_production_id | self.production_id
        unbuilds = self.unbuild_id | self.consume_unbuild_id
        if productions or unbuilds:
            self.env["mrp.genealogy.edge"]._write_edges(productions, unbuilds)
