from odoo import models


class StockMove(models.Model):
    """Starting and finishing set what is used up: whoever does it waits for them."""

    _inherit = "stock.move"

    def _set_quantity_done(self, qty):
        """Odoo writes lines and adds them up, also where they say it already."""
        if self._is_done_in(qty) and not self._set_quantity_done_prepare_vals(qty):
            return None
        return super()._set_quantity_done(qty)

    def _is_done_in(self, qty):
        """:return: whether its only line has this quantity, in the same unit"""
        self.ensure_one()
        line = self.move_line_ids
        return (
            bool(self.id)
            and len(line) == 1
            and bool(line.id)
            and line.product_uom_id == self.product_uom
            and not self.product_uom.compare(line.quantity, qty)
        )
