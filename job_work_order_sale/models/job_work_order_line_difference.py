from odoo import api, fields, models

from .job_work_order import MONEY
from .job_work_order_line_billing import ACTUAL_METHODS


class JobWorkOrderLine(models.Model):
    """What was expected, what it became, and why that differs."""

    _inherit = "job.work.order.line"

    amount_expected = fields.Monetary(
        string="Quoted",
        compute="_compute_difference",
        currency_field="sale_currency_id",
        groups=MONEY,
        help="Quantity ordered at the price of the sales line, or the estimate where "
        "there is no sales line yet.",
    )
    amount_actual = fields.Monetary(
        string="Turned Out",
        compute="_compute_difference",
        currency_field="sale_currency_id",
        groups=MONEY,
        help="What is due for what may be billed so far.",
    )
    difference_note = fields.Text(
        string="Why It Differs", compute="_compute_difference", groups=MONEY
    )

    @api.depends(
        "pricing_method",
        "price",
        "qty_made",
        "quantity",
        "sale_line_id.price_unit",
        "sale_line_id.product_uom_qty",
        "production_ids.run_cost_line_ids.amount",
    )
    def _compute_difference(self):
        # sudo: prices are shown to who sells or bills; the cost behind is not
        for line in self.sudo():
            currency = line.sale_currency_id
            ordered = line.sale_line_id.product_uom_qty or line.quantity
            unit_price = (
                line.sale_line_id.price_unit
                if line.sale_line_id
                else line._get_quote_price()
            )
            quantity = line._get_billing_limit() if line.sale_line_id else 0.0
            actual = line._get_actual_amount(quantity, unit_price)
            line.amount_expected = currency.round(ordered * unit_price)
            line.amount_actual = currency.round(actual)
            line.difference_note = (
                line._explain_difference(ordered, quantity, unit_price)
                if quantity
                else False
            )

    def _get_quote_price(self):
        """:return: price of a unit while there is no sales line"""
        if self.pricing_method == "unit":
            return self.price
        if self.pricing_method == "fixed":
            return self.price / self.quantity if self.quantity else 0.0
        if self.pricing_method == "pricelist":
            return self.product_id.lst_price
        return 0.0

    def _get_actual_amount(self, quantity, unit_price):
        if self.pricing_method not in ACTUAL_METHODS or not self.sale_line_id:
            return quantity * unit_price
        return sum(self._get_actual_elements().values())

    def _get_actual_elements(self):
        """:return: dict from element to what finished runs cost the customer"""
        prices = {}
        runs = self.production_ids.filtered(
            lambda run: run.state == "done" and not run.job_is_child
        )
        for run in runs:
            for element, amount in run._get_job_price(self).items():
                prices[element] = prices.get(element, 0.0) + self._in_sale_currency(
                    amount
                )
        return prices

    def _explain_difference(self, ordered, quantity, unit_price):
        """:return: one line for quantity, and one for each element or the price"""
        currency = self.sale_currency_id
        rows = []
        more = currency.round((quantity - ordered) * unit_price)
        if more:
            rows.append(
                self.env._(
                    "Quantity: %(quantity)s instead of %(ordered)s: %(amount)s",
                    quantity=f"{quantity:.12g}",
                    ordered=f"{ordered:.12g}",
                    amount=currency.format(more),
                )
            )
        if self.pricing_method in ACTUAL_METHODS:
            part = quantity / ordered if ordered else 0.0
            planned = self._get_estimate()
            actual = self._get_actual_elements()
            for element in planned | actual:
                before = self._in_sale_currency(planned.get(element, 0.0)) * part
                gap = currency.round(actual.get(element, 0.0) - before)
                if gap:
                    rows.append(
                        self.env._(
                            "%(element)s: %(actual)s instead of %(planned)s: %(gap)s",
                            # sudo: sellers read no cost elements, only their names
                            element=element.sudo().name,
                            actual=currency.format(actual.get(element, 0.0)),
                            planned=currency.format(before),
                            gap=currency.format(gap),
                        )
                    )
        return "\n".join(rows) or False
