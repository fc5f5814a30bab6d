from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    stop_expired_lots = fields.Boolean(
        help="Lots of this product are not reserved, consumed or delivered once their "
        "expiration date has passed.",
    )
