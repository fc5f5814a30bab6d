from odoo.exceptions import AccessError

from .common import JobSaleCommon

# role, reads jobs, sees amounts, bills, sees cost
TABLE = (
    (
        "biller",
        "job_work_order_sale.job_work_order_sale_group_billing",
        "jobs money bill",
    ),
    ("seller", "sales_team.group_sale_salesman", "jobs money"),
    ("accountant", "account.group_account_invoice", ""),
    ("planner", "job_work_order.job_work_order_group_planner", "jobs"),
    ("viewer", "mrp_run_cost.mrp_run_cost_group_viewer", "jobs cost"),
    ("reader", "job_work_order.job_work_order_group_reader", "jobs"),
)


class TestAccess(JobSaleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._make_sold_job(10)
        cls._make_some(cls.job, 4)
        cls.invoice = cls._bill(cls.job)
        cls._make_some(cls.job, 6)

    def test_table(self):
        for role, groups, rights in TABLE:
            user = self._make_user(f"sale-{role}", groups)
            for right in ("jobs", "money", "bill", "cost"):
                self.env.invalidate_all()
                with self.subTest(role=role, right=right):
                    call = getattr(self, f"_try_{right}")
                    job = self.job.with_user(user)
                    if right in rights.split():
                        call(job)
                    else:
                        with self.assertRaises(AccessError):
                            call(job)

    def _try_jobs(self, job):
        job.web_read({"name": {}, "line_ids": {"fields": {"qty_made": {}}}})

    def _try_money(self, job):
        job.check_access("read")
        job.read(["amount_billed", "amount_agreed", "billing_state", "sale_order_id"])
        job.env["job.billing.line"].search_read([("job_id", "=", job.id)])
        job.line_ids.read(["price", "qty_billed", "amount_expected", "difference_note"])

    def _try_bill(self, job):
        self._bill(job, user=job.env.user, post=False).unlink()

    def _try_cost(self, job):
        job.check_access("read")
        job.read(["margin", "margin_percent"])
        job.env["job.margin.report"].search_read([("job_id", "=", job.id)], ["margin"])

    def test_prices(self):
        line = self.job.line_ids
        line.with_user(self.seller).price = 3
        line.with_user(self.biller).tolerance_over = 3
        for user, vals in (
            (self.seller, {"quantity": 3}),
            (self.biller, {"note": "More"}),
            (self.planner, {"pricing_method": "fixed"}),
        ):
            with self.assertRaises(AccessError):
                line.with_user(user).write(vals)

    def _trace(self, user):
        line = self.invoice.invoice_line_ids.with_user(user)
        action = line.action_view_job_trace()
        return line.env[action["res_model"]].browse(action["res_id"])

    def test_trace(self):
        """An accountant without manufacturing rights sees what is behind a line."""
        accountant = self._make_accountant("trace")
        trace = self._trace(accountant)
        run = self.job.production_ids.filtered(lambda run: run.state == "done")
        for text in (self.job.name, "PO-77", run.sorted("id")[0].name, "minutes"):
            self.assertIn(text, trace.content)
        self.assertNotIn("Cost,", trace.content)
        with self.assertRaises(AccessError):
            run.with_user(accountant).read(["name"])
        action = self.invoice.with_user(accountant).action_view_jobs()
        self.assertEqual(action["res_model"], "job.billing.trace")
        # with the role that sees cost, the same dialog shows it
        costed = self._make_accountant(
            "costed",
            "account.group_account_invoice,mrp_run_cost.mrp_run_cost_group_viewer",
        )
        self.assertIn("Cost, Material", self._trace(costed).content)

    def test_trace_of_others(self):
        trace = self._trace(self._make_accountant("first"))
        with self.assertRaises(AccessError):
            trace.with_user(self.planner).read(["content"])

    def test_companies(self):
        other = self._make_company("Other Creamery")
        user = self._make_user(
            "elsewhere",
            "job_work_order_sale.job_work_order_sale_group_billing,"
            "sales_team.group_sale_manager,account.group_account_manager",
            other,
        )
        self.env["job.markup"].create(
            {
                "element_id": self.env["mrp.cost.element"]._get("material").id,
                "percent": 5,
            }
        )
        self.env["job.labor.rate"].create({"rate": 5})
        for name in ("job.markup", "job.labor.rate", "job.billing.line"):
            self.assertFalse(
                self.env[name]
                .with_user(user)
                .with_context(allowed_company_ids=other.ids)
                .search([("company_id", "=", self.company.id)])
            )

    def test_rows_by_hand(self):
        with self.assertRaises(AccessError):
            self.env["job.billing.line"].with_user(self.biller).create(
                {
                    "job_line_id": self.job.line_ids.id,
                    "sale_line_id": self.job.line_ids.sale_line_id.id,
                    "quantity": -4,
                }
            )
