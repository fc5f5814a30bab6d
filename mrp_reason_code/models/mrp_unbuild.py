from odoo import models


class MrpUnbuild(models.Model):
    _inherit = "mrp.unbuild"

    def _generate_move_from_existing_move(
        self, move, factor, location_id, location_dest_id
    ):
        """What went into rejected units does not come back."""
        # sudo: whoever unbuilds need not see the operations
        order = move.sudo().raw_material_production_id
        rejected = order and order._get_rejected_quantity(move.sudo().workorder_id)
        if rejected:
            factor *= order.qty_produced / (order.qty_produced + rejected)
        return super()._generate_move_from_existing_move(
            move, factor, location_id, location_dest_id
        )
