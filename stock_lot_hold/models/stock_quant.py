from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import MOVING_HELD, forget_gathered, get_gathered

# reserving goods and counting them changes neither which they are nor their order
AMOUNTS = {"quantity", "reserved_quantity"}


class StockQuant(models.Model):
    _inherit = "stock.quant"

    hold_state = fields.Selection(related="lot_id.hold_state", string="Usability")

    @api.depends("lot_id.hold_state", "location_id.in_quarantine")
    def _compute_available_quantity(self):
        result = super()._compute_available_quantity()
        for quant in self:
            if quant._is_held():
                quant.available_quantity = 0
        return result

    @api.model_create_multi
    def create(self, vals_list):
        quants = super().create(vals_list)
        forget_gathered(self.env)
        return quants

    def write(self, vals):
        changes = get_gathered(self.env) and self._changes_more_than_amounts(vals)
        result = super().write(vals)
        if changes:
            forget_gathered(self.env)
        return result

    def unlink(self):
        result = super().unlink()
        forget_gathered(self.env)
        return result

    def _changes_more_than_amounts(self, vals):
        """:return: whether other goods may be found then, or in another order"""
        others = vals.keys() - AMOUNTS
        # Odoo writes the date with every amount
        return bool(others - {"in_date"}) or any(
            "in_date" in others and quant.in_date != vals["in_date"] for quant in self
        )

    @api.model
    def _merge_quants(self):
        result = super()._merge_quants()
        forget_gathered(self.env)
        return result

    def _gather(
        self,
        product_id,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
        qty=0,
    ):
        goods = (product_id, location_id, lot_id, package_id, owner_id)
        gathered = get_gathered(self.env)
        if gathered is None or self._is_gathered_anew(product_id, location_id, qty):
            return super()._gather(*goods, strict, qty)
        key = (self.env, strict, *(record and record.id for record in goods))
        if key not in gathered:
            gathered[key] = super()._gather(*goods, strict, qty)
        return gathered[key]

    def _is_gathered_anew(self, product, location, quantity):
        """:return: whether other goods are found when some have been reserved"""
        return "quants_cache" in self.env.context or bool(
            quantity
            and self._get_removal_strategy(product, location) == "least_packages"
        )

    def _get_gather_domain(
        self,
        product_id,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
    ):
        """Look for goods that may be used.

        A strict search is left alone: it also finds the quant to update.
        """
        domain = super()._get_gather_domain(
            product_id, location_id, lot_id, package_id, owner_id, strict
        )
        if strict or MOVING_HELD.is_on(self.env):
            return domain
        return Domain.AND([domain, ~self._get_held_domain()])

    @api.model
    def _get_held_domain(self):
        """:return: domain of the goods that may not be used"""
        held_lots = self.env["stock.lot"]._get_held_domain()
        return Domain("lot_id", "any!", held_lots) | Domain(
            "location_id", "any!", [("in_quarantine", "=", True)]
        )

    def _is_held(self):
        return self.location_id.in_quarantine or bool(self.lot_id._filter_held())

    def _get_reserve_quantity(
        self,
        product_id,
        location_id,
        quantity,
        uom_id=None,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
    ):
        reserved = super()._get_reserve_quantity(
            product_id,
            location_id,
            quantity,
            uom_id=uom_id,
            lot_id=lot_id,
            package_id=package_id,
            owner_id=owner_id,
            strict=strict,
        )
        if not strict or quantity <= 0 or MOVING_HELD.is_on(self.env):
            return reserved
        return [(quant, taken) for quant, taken in reserved if not quant._is_held()]
