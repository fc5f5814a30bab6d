from odoo import models
from odoo.fields import Domain


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _is_release_required(self, arrival, company):
        """:param str arrival: ``received`` or ``made``
        :return: whether lots that came in this way wait for their release
        """
        self.ensure_one()
        policy = self.lot_release_policy
        if policy == "company":
            # sudo: who receives goods need not see the company's settings
            policy = company.sudo().lot_release_policy
        return policy in (arrival, "both")

    def _compute_quantities_dict(
        self, lot_id, owner_id, package_id, from_date=False, to_date=False
    ):
        """What may not be used is on hand, but not free."""
        result = super()._compute_quantities_dict(
            lot_id, owner_id, package_id, from_date=from_date, to_date=to_date
        )
        for product_id, held in self._get_held_quantities(
            lot_id, owner_id, package_id
        ).items():
            if product_id in result:
                result[product_id]["free_qty"] -= held
        return result

    def _get_held_quantities(self, lot_id, owner_id, package_id):
        """:return: dict of what is on hand, not reserved and not usable, per id"""
        domain = Domain("product_id", "in", self._origin.ids)
        domain &= Domain(self._get_domain_locations()[0])
        for field, value in (
            ("lot_id", lot_id),
            ("owner_id", owner_id),
            ("package_id", package_id),
        ):
            if value is not None:
                domain &= Domain(field, "=", value)
        quants = self.env["stock.quant"]
        return {
            product.id: quantity - reserved
            for product, quantity, reserved in quants._read_group(
                domain & quants._get_held_domain(),
                ["product_id"],
                ["quantity:sum", "reserved_quantity:sum"],
            )
        }
