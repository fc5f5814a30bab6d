from odoo import api, fields, models
from odoo.exceptions import UserError

from .job_work_order import MONEY
from .job_work_order_line_billing import ACTUAL_METHODS


class JobWorkOrderLine(models.Model):
    """What a line costs the customer."""

    _inherit = "job.work.order.line"

    pricing_method = fields.Selection(
        [
            ("pricelist", "Price List"),
            ("fixed", "Fixed Price"),
            ("unit", "Per Good Unit"),
            ("cost", "Cost Plus"),
            ("time", "Time and Material"),
        ],
        string="Pricing",
        default="pricelist",
        required=True,
        help="Price list: as Odoo prices the sales line. Fixed: for the whole line, "
        "whatever is made within tolerance. Per good unit: for every unit that turns "
        "out well. Cost plus: what the runs cost, with the mark-ups of the company. "
        "Time and material: hours at sales rates, material with its mark-up. The last "
        "two are estimated first and billed as they turn out.",
    )
    price = fields.Monetary(
        currency_field="sale_currency_id",
        groups=MONEY,
        help="Fixed price of the whole line, or price of one good unit.",
    )
    bill_rework = fields.Boolean(
        help="Hours that went into rework are paid by the customer.",
    )

    _price_positive = models.Constraint(
        "CHECK (COALESCE(price, 0) >= 0)", "A price cannot be negative."
    )

    # Writing the price on the sales line

    def _write_sale_price(self):
        """Put the price, or what is expected, on the sales line."""
        # sudo: whoever plans need not be able to write sales orders
        for line in self.sudo().filtered("sale_line_id"):
            if line.pricing_method == "pricelist":
                line.sale_line_id._recompute_job_price()
            else:
                line.sale_line_id.price_unit = line._get_expected_unit_price()

    def _get_expected_unit_price(self):
        self.ensure_one()
        quantity = self.sale_line_id.product_uom_qty
        if self.pricing_method == "unit":
            return self.price
        if self.pricing_method == "fixed":
            return self.price / quantity if quantity else 0.0
        amount = self._in_sale_currency(sum(self._get_estimate().values()))
        return amount / quantity if quantity else 0.0

    # What is billed

    def _get_price_to_bill(self, quantity, shares):
        """:param list shares: see ``_share_among_runs``
        :return: price of one unit on an invoice line
        """
        self.ensure_one()
        sale_line = self.sale_line_id
        if self.pricing_method in ACTUAL_METHODS:
            return self._get_part(quantity, self._get_due_actual(shares))
        if self.pricing_method == "fixed":
            return self._get_part(quantity, self._get_due_fixed(quantity))
        return sale_line.price_unit

    def _get_part(self, quantity, due):
        """What is due, less what was billed: all parts add up to the whole.

        :return: price of one unit
        """
        amount = due - self._get_billed_gross()
        return amount / quantity if quantity else 0.0

    def _get_due_fixed(self, quantity):
        """:return: what of the fixed price is due after this quantity is billed"""
        sale_line = self.sale_line_id
        currency = sale_line.currency_id
        whole = currency.round(sale_line.price_unit * sale_line.product_uom_qty)
        after = self.qty_billed + quantity
        if not sale_line.product_uom_id.compare(after, sale_line.product_uom_qty):
            return whole
        return currency.round(whole * after / sale_line.product_uom_qty)

    def _get_due_actual(self, shares):
        """:return: price of all that is billed after these shares, as it turned out"""
        rows = self.billing_ids.filtered(
            lambda row: row._is_effective() and row.sale_line_id == self.sale_line_id
        )
        billed = {}
        for run, quantity in [
            *((row.production_id, row.quantity) for row in rows),
            *shares,
        ]:
            billed[run] = billed.get(run, 0.0) + quantity
        due = 0.0
        for run, quantity in billed.items():
            made = self._get_made_in_sale_unit(run._get_job_made(self)) if run else 0
            if made:
                price = self._in_sale_currency(sum(run._get_job_price(self).values()))
                due += price * quantity / made
            else:
                due += self.sale_line_id.price_unit * quantity
        return self.sale_line_id.currency_id.round(due)

    def _get_billed_gross(self):
        """:return: price before discount of what was billed, credit notes taken off"""
        currency = self.sale_line_id.currency_id
        return sum(
            currency.round(line.quantity * line.price_unit)
            * (1 if line.move_id.move_type == "out_invoice" else -1)
            for line in self.sale_line_id.invoice_lines
            if line.parent_state != "cancel"
        )

    def _describe_billed(self, shares):
        """:return: job, customer's order, runs and lots, for the invoice line"""
        self.ensure_one()
        text = self.job_id._describe_for_customer()
        runs = self.env["mrp.production"].union(*(run for run, _quantity in shares))
        if runs:
            text += "\n" + self.env._(
                "Runs: %(runs)s", runs=", ".join(runs.mapped("name"))
            )
        lots = self._get_billed_lots(runs)
        if lots:
            text += "\n" + self.env._(
                "Lots: %(lots)s", lots=", ".join(lots.mapped("name"))
            )
        return text

    def _get_billed_lots(self, runs):
        """:return: ``stock.lot`` that the customer gets, or the runs made"""
        made = runs._get_job_lots()
        if self.billing_basis != "delivered":
            return made
        moves = self.sale_line_id.move_ids.filtered(
            lambda move: (
                move.state == "done" and move.location_dest_id.usage == "customer"
            )
        )
        return moves.move_line_ids.lot_id & made or moves.move_line_ids.lot_id

    def _in_sale_currency(self, amount):
        """:return: an amount of company currency at the rate of the sales order"""
        order = self.sale_line_id.order_id
        return amount * (order.currency_rate or 1.0)

    def _check_price(self):
        """:raise UserError: when the line has no price"""
        for line in self:
            if line.pricing_method in ACTUAL_METHODS:
                continue
            if not line.sale_line_id.price_unit:
                raise UserError(
                    self.env._(
                        "%(line)s has no price. Give it one on %(order)s, or under "
                        "Prices on the job.",
                        line=line.display_name,
                        order=line.sale_line_id.order_id.name,
                    )
                )

    @api.onchange("pricing_method")
    def _onchange_pricing_method(self):
        if self.pricing_method not in ("fixed", "unit"):
            self.price = 0.0
