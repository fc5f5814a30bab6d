from odoo import models


class MrpAccountWipAccounting(models.TransientModel):
    _inherit = "mrp.account.wip.accounting"

    def _get_line_vals(self, productions=False, date=False):
        """Leave out issues whose own entry has already taken them out of stock.

        With a valued production location their cost sits in the production account;
        core would credit the stock a second time.
        """
        lines = super()._get_line_vals(productions, date)
        if not productions or not date:
            return lines
        booked = productions.move_raw_ids.filtered("account_move_id").move_line_ids
        twice = sum(
            line.quantity_product_uom
            * (
                line.product_id.lot_valuated
                and line.lot_id.standard_price
                or line.product_id.standard_price
            )
            for line in booked
            if line.picked and line.quantity and line.date <= date
        )
        if twice:
            component, _overhead, wip = lines
            component[2]["credit"] -= twice
            wip[2]["debit"] -= twice
        return lines
