from odoo import fields, models
from odoo.fields import Domain


class StockLocation(models.Model):
    _inherit = "stock.location"

    waste_location = fields.Boolean(
        string="Is a Waste Location?",
        help="Goods kept here are counted but have no value.",
    )

    def _should_be_valued(self):
        return super()._should_be_valued() and not self.waste_location

    def _search_is_valued(self, operator, value):
        domain = super()._search_is_valued(operator, value)
        positive = (operator == "=") == bool(value)
        if positive:
            return Domain(domain) & Domain("waste_location", "=", False)
        return Domain(domain) | Domain("waste_location", "=", True)
