from odoo import models

from ..tools import MOVING_HELD, gathering_once


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_assign(self, force_qty=False):
        with gathering_once(self.env):
            return super()._action_assign(force_qty)

    def _update_reserved_quantity_vals(
        self,
        need,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=True,
    ):
        move = self._marked_if_moving_held()
        return super(StockMove, move)._update_reserved_quantity_vals(
            need, location_id, lot_id, package_id, owner_id, strict
        )

    def _get_available_quantity(
        self,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
        allow_negative=False,
    ):
        move = self._marked_if_moving_held()
        return super(StockMove, move)._get_available_quantity(
            location_id, lot_id, package_id, owner_id, strict, allow_negative
        )

    def _marked_if_moving_held(self):
        return MOVING_HELD.put_on(self) if self._is_for_held_goods() else self

    def _is_use(self):
        """:return: whether the move uses goods, or brings them to where they will be"""
        self.ensure_one()
        company = self.company_id
        destination = self.location_dest_id
        if destination.in_quarantine:
            return False
        ends = destination | self.location_final_id
        if destination._holds_stock():
            next_moves = self.move_dest_ids
            ends |= next_moves.location_dest_id | next_moves.location_final_id
        return any(location._is_use(company) for location in ends)

    def _is_for_held_goods(self):
        """:return: whether the move may take goods that may not be used by itself

        It may when it brings them into quarantine, back to the vendor or out of stock,
        when it empties a quarantine, and when it stores what was just received.
        """
        self.ensure_one()
        destination = self.location_dest_id
        if destination.in_quarantine or destination.usage in ("supplier", "inventory"):
            return True
        if self.location_id.in_quarantine or self.move_orig_ids:
            return not self._is_use()
        return False
