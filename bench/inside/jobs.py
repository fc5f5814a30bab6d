"""Questions about a thousand jobs, asked like requests."""

import time

from odoo import Command

JOBS = 1000
REPEATS = 5
COLUMNS = (
    "priority",
    "name",
    "title",
    "type_id",
    "partner_id",
    "progress",
    "material_state",
    "date_expected",
    "date_due",
    "is_late",
    "cost_planned",
    "cost_actual",
    "currency_id",
    "user_id",
    "state",
)
NAMED = ("type_id", "partner_id", "user_id", "currency_id")


class Jobs:
    """Jobs of one run each, planned, that compete for the same components."""

    def __init__(self, env):
        self.env = env
        self.jobs = self._make(env(su=True)).ids
        env.cr.commit()

    def _make(self, env):
        component, product = env["product.product"].create(
            [{"name": name, "is_storable": True} for name in ("Component", "Product")]
        )
        env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "bom_line_ids": [
                    Command.create({"product_id": component.id, "product_qty": 1})
                ],
            }
        )
        customer = env["res.partner"].create({"name": "Customer"})
        jobs = env["job.work.order"].create(
            [
                {
                    "partner_id": customer.id,
                    "line_ids": [
                        Command.create({"product_id": product.id, "quantity": 1})
                    ],
                }
                for _number in range(JOBS)
            ]
        )
        jobs.action_submit()
        jobs.action_plan()
        return jobs

    def answer(self):
        """Return the statements and seconds of the list, and of a tenth of it."""
        whole, tenth = self._ask(self.jobs), self._ask(self.jobs[: JOBS // 10])
        return {"list": dict(whole, queries_tenth=tenth["queries"])}

    def _ask(self, ids):
        specification = {
            name: {"fields": {"display_name": {}}} if name in NAMED else {}
            for name in COLUMNS
        }
        figures = []
        for _repeat in range(REPEATS):
            self.env.invalidate_all()
            queries, began = self.env.cr.sql_log_count, time.perf_counter()
            self.env["job.work.order"].web_search_read(
                [("id", "in", ids)], specification, limit=len(ids)
            )
            seconds = time.perf_counter() - began
            figures.append((seconds, self.env.cr.sql_log_count - queries))
            self.env.cr.rollback()
        seconds, queries = sorted(figures)[len(figures) // 2]
        return {"seconds": seconds, "queries": queries}
