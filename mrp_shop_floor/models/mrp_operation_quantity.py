from odoo import models


class MrpOperationQuantity(models.Model):
    _inherit = "mrp.operation.quantity"

    def action_reverse(self):
        """With the good units the container goes that they were declared in."""
        res = super().action_reverse()
        # sudo: whoever may take rows back takes back the stock they would become
        lines = self.env["stock.move.line"].sudo()
        lines.search([("operation_quantity_id", "in", self.ids)])._take_back()
        return res
