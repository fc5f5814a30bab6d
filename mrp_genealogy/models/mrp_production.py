from odoo import models

from ..tools import POSTING


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    def _post_inventory(self, cancel_backorder=False):
        """All inputs and outputs of the runs are posted: write who came from whom."""
        with POSTING.begun(self.env):
            result = super()._post_inventory(cancel_backorder=cancel_backorder)
        self.env["mrp.genealogy.edge"]._write_edges(self)
        return result

    def action_open_genealogy(self):
        """Show the genealogy of what came out; of what went in before that."""
        self.ensure_one()
        outputs = self.move_finished_ids.move_line_ids.lot_id | self.lot_producing_ids
        lots = outputs or self.move_raw_ids.move_line_ids.lot_id
        return lots._get_genealogy_action()
