from odoo import api, fields, models


class JobQuote(models.TransientModel):
    """What a line should cost, and what it is offered for."""

    _name = "job.quote"
    _description = "Quote Calculator"

    line_id = fields.Many2one("job.work.order.line", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="line_id.company_id.currency_id")
    method = fields.Selection(
        [("cost", "Cost Plus"), ("time", "Time and Material")],
        required=True,
        default="cost",
    )
    row_ids = fields.One2many(
        "job.quote.row",
        "quote_id",
        compute="_compute_row_ids",
        store=True,
        readonly=True,
        precompute=True,
    )
    amount = fields.Monetary(string="Price", compute="_compute_amount")
    unit_price = fields.Monetary(string="Per Unit", compute="_compute_amount")
    apply_as = fields.Selection(
        [
            ("fixed", "Fixed price"),
            ("method", "As it turns out"),
        ],
        string="Offer as",
        required=True,
        default="fixed",
        help="Fixed price: the customer pays this. As it turns out: the customer pays "
        "what it costs in the end, calculated in the same way.",
    )

    @api.depends("line_id", "method")
    def _compute_row_ids(self):
        for quote in self:
            quote.row_ids = [
                fields.Command.clear(),
                *(
                    fields.Command.create({"element_name": name, "amount": amount})
                    for name, amount in quote._get_rows()
                ),
            ]

    def _get_rows(self):
        """:return: list of ``(name of the element, price)``"""
        if not self.line_id:
            return []
        estimate = self.line_id._origin._get_estimate(self.method)
        # sudo: the names of elements are no secret
        return [
            (element.sudo().name, amount)
            for element, amount in estimate.items()
            if amount
        ]

    @api.depends("row_ids.amount")
    def _compute_amount(self):
        for quote in self:
            quote.amount = sum(quote.row_ids.mapped("amount"))
            quantity = quote.line_id.quantity
            quote.unit_price = quote.amount / quantity if quantity else 0.0

    def action_apply(self):
        """Price the line so."""
        self.ensure_one()
        line = self.line_id
        if self.apply_as == "fixed":
            # sudo: at which rate an order is sold is no secret
            price = line.sudo()._in_sale_currency(self.amount)
            line.write({"pricing_method": "fixed", "price": price})
        else:
            line.pricing_method = self.method
        return {"type": "ir.actions.act_window_close"}


class JobQuoteRow(models.TransientModel):
    _name = "job.quote.row"
    _description = "Element of a Quote"

    quote_id = fields.Many2one("job.quote", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="quote_id.currency_id")
    element_name = fields.Char(string="Element")
    amount = fields.Monetary(string="Price")
