"""A thousand jobs billed at once, asked like a request."""

import time

from odoo import Command

JOBS = 1000


class Invoices:
    """Jobs of one planned run each, sold as they are ordered."""

    def __init__(self, env):
        self.env = env(su=True)
        self._set_up_company()
        self.jobs = self._make(JOBS + JOBS // 10 + 1).ids
        self.env.cr.commit()

    def _set_up_company(self):
        """Give a company without a chart of accounts what an invoice needs."""
        company = self.env.company
        if self.env["account.journal"].search_count(
            [("type", "=", "sale"), ("company_id", "=", company.id)]
        ):
            return
        receivable, income = self.env["account.account"].create(
            [
                {
                    "name": "Customers",
                    "code": "B121",
                    "account_type": "asset_receivable",
                    "reconcile": True,
                },
                {"name": "Sales", "code": "B400", "account_type": "income"},
            ]
        )
        self.env["account.journal"].create(
            {
                "name": "Sales",
                "code": "BINV",
                "type": "sale",
                "default_account_id": income.id,
            }
        )
        self.env["ir.default"].set(
            "res.partner",
            "property_account_receivable_id",
            receivable.id,
            company_id=company.id,
        )
        company.income_account_id = income

    def _make(self, count):
        env = self.env
        component, product = env["product.product"].create(
            [
                {
                    "name": name,
                    "is_storable": True,
                    "list_price": 10,
                    "taxes_id": False,
                }
                for name in ("Component to bill", "Product to bill")
            ]
        )
        env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "bom_line_ids": [
                    Command.create({"product_id": component.id, "product_qty": 1})
                ],
            }
        )
        customers = env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(50)]
        )
        jobs = env["job.work.order"].create(
            [
                {
                    "partner_id": customers[number % 50].id,
                    "line_ids": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "quantity": 1,
                                "billing_basis": "ordered",
                            }
                        )
                    ],
                }
                for number in range(count)
            ]
        )
        jobs.action_create_quotation()
        jobs.sale_order_id.action_confirm()
        jobs.action_submit()
        jobs.action_plan()
        return jobs

    def answer(self):
        """Return statements and seconds of one job, a tenth and all of them."""
        tenth = JOBS // 10
        self._bill(self.jobs[:1])
        few = self._bill(self.jobs[1 : tenth + 1])
        many = self._bill(self.jobs[tenth + 1 :])
        return {
            "jobs": {
                "count": JOBS,
                "queries": many["queries"] / JOBS,
                "queries_tenth": few["queries"] / tenth,
                "seconds": many["seconds"],
            }
        }

    def _bill(self, ids):
        env = self.env
        env.invalidate_all()
        queries, began = env.cr.sql_log_count, time.perf_counter()
        wizard = env["job.invoice"].create(
            {"job_ids": [Command.set(ids)], "consolidate": False}
        )
        invoices = wizard._create_invoices()
        env.flush_all()
        seconds = time.perf_counter() - began
        if len(invoices) != len(ids):
            raise ValueError(f"{len(ids)} jobs, {len(invoices)} invoices")
        return {"queries": env.cr.sql_log_count - queries, "seconds": seconds}
