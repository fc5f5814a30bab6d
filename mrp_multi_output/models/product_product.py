from functools import partial

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.mrp_run_cost.tools import FineUnits, get_lookups, in_company

from ..tools import joint_cost

# in the context it asks for core's own price; no caller from outside can send it
CORE_PRICE = object()


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def action_view_valuation_prices(self):
        return self.product_variant_ids.action_view_valuation_prices()


class ProductProduct(models.Model):
    _inherit = "product.product"

    def action_view_valuation_prices(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_multi_output.product_valuation_price_action"
        )
        action["domain"] = [("product_id", "in", self.ids)]
        action["context"] = {"default_product_id": self[:1].id}
        return action

    def _get_valuation_prices(self, company, date):
        """Prices of these products valid on a day.

        :return: dict from product id to ``product.valuation.price``
        """
        known = get_lookups(self.env, ("valuation_prices", company.id, date))
        unknown = [product_id for product_id in self.ids if product_id not in known]
        if unknown:
            known.update(dict.fromkeys(unknown))
            # sudo: planners who complete orders need not see valuation prices
            prices = self.env["product.valuation.price"].sudo()
            prices.flush_model(["product_id", "company_id", "date"])
            latest = Domain.custom(
                to_sql=lambda _model, alias, _query: SQL(
                    """%s IN (
                    SELECT DISTINCT ON (product_id) id
                      FROM product_valuation_price
                     WHERE product_id IN %s AND company_id = %s AND date <= %s
                  ORDER BY product_id, date DESC, id DESC
                    )""",
                    SQL.identifier(alias, "id"),
                    tuple(unknown),
                    company.id,
                    date,
                )
            )
            names = ["product_id", "price", "currency_id", "date"]
            for price in prices.search_fetch(latest, names, order="id"):
                known[price.product_id.id] = price
        return {
            product_id: known[product_id]
            for product_id in self.ids
            if known[product_id]
        }

    def _fill_joint_outputs(self, outputs, products, recipe, units, date):
        """Complete outputs with what is known of their products.

        :param list outputs: ``Output``, one per product
        :param list products: in the same order
        :param recipe: record with method and reference unit (joint cost mixin)
        :param CurrencyUnits units: what amounts are counted in
        :param date: day whose prices count
        """
        company = recipe.company_id or self.env.company
        priced = self.browse(
            product.id
            for output, product in zip(outputs, products, strict=True)
            if recipe.joint_cost_method in joint_cost.PRICE_METHODS
            or output.type == joint_cost.BY_PRODUCT
        )
        prices = priced._get_valuation_prices(company, date) if priced else {}
        for output, product in zip(outputs, products, strict=True):
            product = in_company(product, company)
            price = prices.get(product._origin.id)
            if price:
                output.price = price.currency_id._convert(
                    price.price, company.currency_id, company, date, round=False
                )
            output.physical = partial(
                product._get_reference_quantity,
                output.quantity,
                recipe.joint_reference_uom_id,
            )
            if (
                output.type == joint_cost.BY_PRODUCT
                and product.cost_method == "standard"
            ):
                standard = product.standard_price
                if output.key._name == "stock.move":
                    standard = output.key._get_booked_standard()
                output.standard = units.from_amount(standard * output.quantity)

    def _lower_price_to_nothing(self):
        """Outputs that cost nothing must not leave stock at the price of long ago.

        Core's average cost skips a new average of zero.
        """
        for product in self.filtered(lambda p: p.cost_method == "average"):
            if product.standard_price and not product._run_avco()[0]:
                # sudo: as core does, whoever posts need not manage products
                product.sudo().with_context(
                    disable_auto_revaluation=True
                ).standard_price = 0

    def _get_reference_quantity(self, quantity, uom):
        """Quantity of the product in another unit, by weight when it does not convert.

        :param float quantity: in the unit of the product
        :return: float, None when it neither converts nor has a weight
        """
        self.ensure_one()
        if self.uom_id._has_common_reference(uom):
            return self.uom_id._compute_quantity(quantity, uom, round=False)
        if not self.weight:
            return None
        weight_uom = self.env[
            "product.template"
        ]._get_weight_uom_id_from_ir_config_parameter()
        if not weight_uom._has_common_reference(uom):
            return None
        return weight_uom._compute_quantity(self.weight * quantity, uom, round=False)

    def _get_bom_pool(self, bom, boms_to_recompute=False):
        """What one run of a recipe costs before it is split, in company currency."""
        self.ensure_one()
        lines = bom.byproduct_ids.filtered(lambda line: line.product_id)
        rest = 1 - sum(lines.mapped("cost_share")) / 100
        if round(rest, 4) > 0:
            price = self._get_core_bom_price(bom, boms_to_recompute)
            quantity = bom.product_uom_id._compute_quantity(
                bom.product_qty, self.uom_id, round=False
            )
            return price * quantity / round(rest, 4)
        line = lines.filtered("cost_share")[:1]
        same = lines.filtered(lambda other: other.product_id == line.product_id)
        quantity = sum(
            other.product_uom_id._compute_quantity(
                other.product_qty, line.product_id.uom_id, round=False
            )
            for other in same
        )
        price = line.product_id._get_core_bom_price(
            bom, boms_to_recompute, byproduct_bom=True
        )
        return price * quantity * 100 / sum(same.mapped("cost_share"))

    def _get_core_bom_price(self, bom, boms_to_recompute, byproduct_bom=False):
        """:return: cost per unit the way core shares it"""
        return self.with_context(core_bom_price=CORE_PRICE)._compute_bom_price(
            bom, boms_to_recompute, byproduct_bom
        )

    def _compute_bom_price(self, bom, boms_to_recompute=False, byproduct_bom=False):
        """Cost from the recipe, split the way its runs will be."""
        joint = bom and bom.byproduct_ids and bom.type == "normal"
        if not joint or self.env.context.get("core_bom_price") is CORE_PRICE:
            return super()._compute_bom_price(bom, boms_to_recompute, byproduct_bom)
        main = bom._get_main_products() if byproduct_bom else self
        total = main._get_bom_pool(bom, boms_to_recompute)
        units = FineUnits((bom.company_id or self.env.company).currency_id)
        split, _names, _pool = bom._split_planned_cost(main, total, units)
        outputs = [
            output
            for output in split.outputs
            if (output.key != bom and output.key.product_id == self)
            or (output.key == bom and not byproduct_bom)
        ]
        quantity = sum(output.quantity for output in outputs)
        amount = sum(split.totals[output.key] for output in outputs)
        return units.to_amount(amount) / quantity if quantity else 0.0
