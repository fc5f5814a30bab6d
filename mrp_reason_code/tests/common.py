from odoo import Command

from odoo.addons.mrp_run_cost.tests.common import RunCostCommon


class ReasonCommon(RunCostCommon):
    """An order with three operations and a few reasons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.milk = cls._make_product("Milk", price=1)
        cls.cheese = cls._make_product("Cheese")
        cls.saw, cls.press, cls.paint = cls.env["mrp.workcenter"].create(
            [
                {"name": name, "costs_hour": 60, "company_id": cls.company.id}
                for name in ("Saw", "Press", "Paint")
            ]
        )
        cls.bom = cls._make_bom(
            cls.cheese,
            [(cls.milk, 1)],
            operation_ids=[
                Command.create(
                    {"name": name, "workcenter_id": center.id, "time_cycle_manual": 1}
                )
                for name, center in (
                    ("Cut", cls.saw),
                    ("Form", cls.press),
                    ("Coat", cls.paint),
                )
            ],
        )
        cls._receive(cls.milk, 100000, 1)
        cls.scrap_reason = cls._make_reason("T-SC", "scrap")
        cls.rework_reason = cls._make_reason("T-RW", "rework")
        cls.delay_reason = cls._make_reason("T-DL", "delay")
        cls.stop_reason = cls._make_reason("T-DT", "downtime")
        cls.user = cls.env["res.users"].create(
            {
                "name": "Plain user",
                "login": "plain-reason-user",
                "company_id": cls.company.id,
                "company_ids": [Command.set(cls.company.ids)],
                "group_ids": [
                    Command.set(
                        [
                            cls.env.ref("base.group_user").id,
                            cls.env.ref("mrp.group_mrp_user").id,
                            cls.env.ref("stock.group_stock_user").id,
                        ]
                    )
                ],
            }
        )

    @classmethod
    def _make_reason(cls, code, category, **values):
        return cls.env["mrp.reason"].create(
            {
                "name": f"Reason {code}",
                "code": code,
                "category": category,
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def _prepare_scrap(cls, order, product, quantity=1, **values):
        return {
            "product_id": product.id,
            "scrap_qty": quantity,
            "production_id": order.id,
            "company_id": order.company_id.id,
            **values,
        }

    @classmethod
    def _scrap(cls, order, product, quantity=1, **values):
        """:return: scrap that is done"""
        scrap = cls.env["stock.scrap"].create(
            cls._prepare_scrap(order, product, quantity, **values)
        )
        scrap.action_validate()
        return scrap

    @classmethod
    def _declare(cls, order, kind, quantity, operation=None, **values):
        """:param int operation: place of the operation in the order"""
        workorder = order.workorder_ids[operation] if operation is not None else None
        return order._declare_quantities(
            [
                {
                    "kind": kind,
                    "quantity": quantity,
                    "workorder_id": workorder.id if workorder else False,
                    **values,
                }
            ]
        )

    def _get_stock(self, product):
        return product.with_company(self.company).qty_available
