from odoo import fields, models


class StockMoveLine(models.Model):
    """Containers of lots that expire say when."""

    _inherit = "stock.move.line"

    def _get_label_expiry(self):
        date = self.lot_id.expiration_date
        if not date:
            return super()._get_label_expiry()
        # the day that it is there, not the one in Greenwich
        return fields.Datetime.context_timestamp(self, date).date()
