from odoo import Command, fields

from odoo.addons.base.tests.common import BaseCommon


class RunCostCommon(BaseCommon):
    """A company with a chart of accounts, a valued production location and helpers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls._make_company("Creamery Test")
        cls.env.user.company_ids |= cls.company
        cls.env.user.company_id = cls.company
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.env.user.group_ids |= (
            cls.env.ref("mrp_run_cost.mrp_run_cost_group_responsible")
            | cls.env.ref("mrp.group_mrp_manager")
            | cls.env.ref("mrp.group_mrp_byproducts")
            | cls.env.ref("mrp.group_mrp_routings")
        )
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.categories = cls._make_categories()
        cls._set_up_company(cls.company)
        cls.wip_account = cls._get_production_location(cls.company).valuation_account_id
        cls.workcenter = cls.env["mrp.workcenter"].create(
            {
                "name": "Vat",
                "costs_hour": 60,
                "expense_account_id": cls._make_account("Vat hours", "730001").id,
            }
        )

    @classmethod
    def _make_company(cls, name):
        """A company that can value and book stock; a whole chart would take seconds."""
        company = cls.env["res.company"].create({"name": name})
        cls.env.user.company_ids |= company
        company.account_stock_valuation_id = cls._make_account(
            "Stock valuation", "110100", "asset_current", company
        )
        company.expense_account_id = cls._make_account(
            "Cost of goods", "500000", "expense_direct_cost", company
        )
        company.account_stock_journal_id = (
            cls.env["account.journal"]
            .with_company(company)
            .create({"name": "Stock", "code": "STK", "type": "general"})
        )
        return company

    @classmethod
    def _make_categories(cls, **values):
        return {
            method: cls.env["product.category"].create(
                {
                    "name": f"Goods {method}",
                    "property_cost_method": method,
                    "property_valuation": "real_time",
                    **values,
                }
            )
            for method in ("standard", "average", "fifo")
        }

    @classmethod
    def _make_account(cls, name, code, account_type="expense", company=None):
        return (
            cls.env["account.account"]
            .with_company(company or cls.env.company)
            .create({"name": name, "code": code, "account_type": account_type})
        )

    @classmethod
    def _get_production_location(cls, company):
        return cls.env["stock.location"].search(
            [("usage", "=", "production"), ("company_id", "=", company.id)], limit=1
        )

    @classmethod
    def _set_up_company(cls, company):
        """Value the production location and give the company its variance accounts."""
        cls._get_production_location(company).valuation_account_id = cls._make_account(
            "Work in progress", "110901", "asset_current", company
        )
        company.production_variance_account_id = cls._make_account(
            "Production variance", "730901", company=company
        )
        company.unbuild_loss_account_id = cls._make_account(
            "Unbuild loss", "730902", company=company
        )
        for method, category in cls.categories.items():
            category = category.with_company(company)
            category.property_valuation = "real_time"
            category.property_cost_method = method

    @classmethod
    def _make_product(cls, name, method="average", price=0.0, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "categ_id": cls.categories[method].id,
                "standard_price": price,
                **values,
            }
        )

    @classmethod
    def _receive(cls, product, quantity, price, lot=None):
        """Put goods into stock at a price.

        :return: the receipt
        """
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        move = cls.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "product_uom": product.uom_id.id,
                "location_id": cls.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": warehouse.lot_stock_id.id,
                "company_id": cls.env.company.id,
                "price_unit": price,
                "value_manual": price * quantity,
            }
        )
        move._action_confirm()
        move.quantity = quantity
        if lot:
            move.move_line_ids.lot_id = lot
        move.picked = True
        move._action_done()
        return move

    @classmethod
    def _ship(cls, product, quantity):
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        move = cls.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "product_uom": product.uom_id.id,
                "location_id": warehouse.lot_stock_id.id,
                "location_dest_id": cls.env.ref("stock.stock_location_customers").id,
                "company_id": cls.env.company.id,
            }
        )
        move._action_confirm()
        move.quantity = quantity
        move.picked = True
        move._action_done()
        return move

    @classmethod
    def _make_bom(cls, product, components, byproducts=(), minutes=0, **values):
        """:param components: list of ``(product, quantity)``
        :param byproducts: list of dict, values of ``mrp.bom.byproduct``
        :param float minutes: length of the only operation, none when 0
        """
        return cls.env["mrp.bom"].create(
            cls._prepare_bom(product, components, byproducts, minutes, **values)
        )

    @classmethod
    def _prepare_bom(cls, product, components, byproducts=(), minutes=0, **values):
        return {
            "product_tmpl_id": product.product_tmpl_id.id,
            "product_qty": 1,
            "product_uom_id": product.uom_id.id,
            "consumption": "flexible",
            "company_id": cls.env.company.id,
            "bom_line_ids": [
                Command.create({"product_id": part.id, "product_qty": quantity})
                for part, quantity in components
            ],
            "byproduct_ids": [Command.create(vals) for vals in byproducts],
            "operation_ids": [
                Command.create(
                    {
                        "name": "Cook",
                        "workcenter_id": cls.workcenter.id,
                        "time_cycle_manual": minutes,
                    }
                )
            ]
            if minutes
            else [],
            **values,
        }

    @classmethod
    def _make_order(cls, bom, quantity=1, **values):
        order = cls.env["mrp.production"].create(
            cls._prepare_order(bom, quantity, **values)
        )
        order.action_confirm()
        return order

    @classmethod
    def _prepare_order(cls, bom, quantity, **values):
        return {
            "product_id": bom.product_tmpl_id.product_variant_id.id,
            "bom_id": bom.id,
            "product_qty": quantity,
            "company_id": bom.company_id.id or cls.env.company.id,
            **values,
        }

    @classmethod
    def _complete(cls, orders, **context):
        """Complete orders without a wizard."""
        result = orders.with_context(
            skip_backorder=True,
            skip_consumption=True,
            skip_redirection=True,
            **context,
        ).button_mark_done()
        assert result is True, result
        return orders

    def _get_balance(self, account):
        """:return: posted balance of an account"""
        self.env.flush_all()
        return sum(
            self.env["account.move.line"]
            .sudo()
            .search([("account_id", "=", account.id), ("parent_state", "=", "posted")])
            .mapped("balance")
        )

    def _log_time(self, workorder, minutes, start="2025-01-01 08:00:00"):
        start = fields.Datetime.to_datetime(start)
        return self.env["mrp.workcenter.productivity"].create(
            {
                "workorder_id": workorder.id,
                "workcenter_id": workorder.workcenter_id.id,
                "loss_id": self.env.ref("mrp.block_reason7").id,
                "date_start": start,
                "date_end": fields.Datetime.add(start, minutes=minutes),
            }
        )

    def assertBalanced(self, orders):
        """The production account is empty and every entry of the orders is posted."""
        self.assertAlmostEqual(self._get_balance(self.wip_account), 0, places=5)
        for order in orders:
            self.assertEqual(set(order.run_entry_ids.mapped("state")), {"posted"})
