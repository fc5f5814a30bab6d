"""The reference order's master data, made the same way in both databases.

Five lot-tracked components with one lot each, a lot-tracked product, one untracked
by-product that bears 10 % of the cost, three operations, nothing made to order.
"""

import itertools

from odoo import Command

CHART = "generic_coa"
GROUPS = (
    "stock.group_production_lot",
    "mrp.group_mrp_routings",
    "mrp.group_mrp_byproducts",
)
COMPONENTS = 5
OPERATIONS = 3
STOCK = 10_000_000
# name of the method: (costing, valuation)
METHODS = {
    "standard": ("standard", "periodic"),
    "avco": ("average", "real_time"),
    "fifo": ("fifo", "real_time"),
}


class Fixture:
    """A company ready to produce, and recipes for it."""

    def __init__(self, env):
        self.env = env
        self._numbers = itertools.count(1)
        self._prepare_company()
        self.location = self._valued_production_location()
        self.categories = {name: self._category(name) for name in METHODS}
        self.workcenters = env["mrp.workcenter"].create(
            [
                {"name": f"Work center {number}", "costs_hour": 30 + 6 * number}
                for number in range(OPERATIONS)
            ]
        )

    def recipe(self, method):
        """Return a recipe of new products that nothing was ever done with."""
        key = next(self._numbers)
        components = self._products(method, f"Component {key}", COMPONENTS)
        product = self._products(method, f"Product {key}", 1)
        by_product = self._products(method, f"By-product {key}", 1, tracking="none")
        self._stock_up(components)
        operations = [
            {"name": f"Operation {number}", "workcenter_id": workcenter.id}
            for number, workcenter in enumerate(self.workcenters, 1)
        ]
        return self.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_qty": 1,
                "bom_line_ids": [
                    Command.create({"product_id": component.id, "product_qty": 2})
                    for component in components
                ],
                "byproduct_ids": [
                    Command.create(
                        {
                            "product_id": by_product.id,
                            "product_qty": 1,
                            "cost_share": 10,
                        }
                    )
                ],
                "operation_ids": [
                    Command.create(dict(values, time_cycle_manual=12))
                    for values in operations
                ],
            }
        )

    def _prepare_company(self):
        env = self.env
        company = env.company
        if "mrp_batch_record" in company._fields:
            # records are what the suite is asked to keep: measured with them
            company.mrp_batch_record = True
        if not company.chart_template:
            env["account.chart.template"].try_loading(CHART, company)
        for group in GROUPS:
            env.ref("base.group_user")._apply_group(env.ref(group))

    def _valued_production_location(self):
        account = self.env["account.account"].create(
            {
                "name": "Goods in production",
                "code": "119901",
                "account_type": "asset_current",
            }
        )
        return self.env["stock.location"].create(
            {
                "name": "Valued production",
                "usage": "production",
                "company_id": self.env.company.id,
                "valuation_account_id": account.id,
            }
        )

    def _category(self, method):
        costing, valuation = METHODS[method]
        return self.env["product.category"].create(
            {
                "name": f"Measured at {method}",
                "property_cost_method": costing,
                "property_valuation": valuation,
            }
        )

    def _products(self, method, name, count, tracking="lot"):
        values = {
            "is_storable": True,
            "tracking": tracking,
            "categ_id": self.categories[method].id,
        }
        if METHODS[method][1] == "real_time":
            values["property_stock_production"] = self.location.id
        return self.env["product.product"].create(
            [
                dict(values, name=f"{name}-{number}", standard_price=3 + number)
                for number in range(count)
            ]
        )

    def _stock_up(self, components):
        """Receive more of one lot each than all orders together will use."""
        stock = self.env["stock.warehouse"].search([], limit=1).lot_stock_id
        quants = self.env["stock.quant"].with_context(inventory_mode=True)
        for component in components:
            lot = self.env["stock.lot"].create(
                {"name": f"LOT-{component.id}", "product_id": component.id}
            )
            quants |= quants.create(
                {
                    "product_id": component.id,
                    "location_id": stock.id,
                    "lot_id": lot.id,
                    "inventory_quantity": STOCK,
                }
            )
        quants.action_apply_inventory()
