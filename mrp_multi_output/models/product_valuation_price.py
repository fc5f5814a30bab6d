from odoo import api, fields, models


class ProductValuationPrice(models.Model):
    _name = "product.valuation.price"
    _description = "Valuation Price"
    _order = "product_id, date desc, id desc"
    _check_company_auto = True

    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    price = fields.Float(
        required=True,
        digits="Production Rate",
        help="What one unit of the product is worth at the split-off point, without "
        "taxes. Joint cost is shared by it; it is no sales price.",
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    date = fields.Date(
        string="Valid From",
        required=True,
        default=fields.Date.context_today,
        help="Used by runs completed from this day on, until the next price.",
    )
    note = fields.Char(string="Source", help="Where the price comes from.")

    _price_positive = models.Constraint(
        "CHECK (price >= 0)",
        "A valuation price can not be negative: what costs money to get rid of has a "
        "disposal cost.",
    )
    _date_unique = models.Constraint(
        "unique (product_id, company_id, date)",
        "A product has one valuation price per company and day.",
    )

    @api.depends("company_id")
    def _compute_currency_id(self):
        for record in self:
            record.currency_id = record.currency_id or record.company_id.currency_id

    @api.depends("product_id", "price", "date")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.product_id.display_name} ({record.date})"
