from odoo import models

from ..tools import joint_cost


class MrpUnbuild(models.Model):
    _inherit = "mrp.unbuild"

    def _generate_consume_moves(self):
        """Waste is gone: nothing has to be put back to take an order apart."""
        moves = super()._generate_consume_moves()
        waste = moves.filtered(
            lambda m: m.origin_returned_move_id.output_type == joint_cost.WASTE
        )
        waste._action_cancel()
        waste.unlink()
        return moves - waste
