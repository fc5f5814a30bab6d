from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.tools import mute_logger

from .common import JobSaleCommon


class TestBadInput(JobSaleCommon):
    """Clear errors, and nothing half posted."""

    def _make_ready(self, **values):
        job = self._make_sold_job(10, **values)
        self._complete(job.production_ids)
        return job

    def _assert_nothing(self, job):
        self.assertFalse(job._get_job_invoices())
        self.assertFalse(job.billing_ids)

    def test_no_price(self):
        job = self._make_ready(unit_price=0)
        with self.assertRefused("has no price"):
            self._bill(job)
        self._assert_nothing(job)

    def test_no_order(self):
        job = self._make_planned()
        with self.assertRefused("nothing sells it"):
            self._bill(job)

    def test_not_confirmed(self):
        job = self._make_sold_job(confirm=False)
        with self.assertRefused("not confirmed"):
            self._bill(job)

    def test_all_at_once(self):
        """A batch says what is wrong with each job, before anything is made."""
        good, bad = self._make_ready(), self._make_ready(unit_price=0)
        loose = self._make_planned()
        with self.assertRefused(f"{bad.name}.*\n.*{loose.name}|has no price"):
            self._bill(good + bad + loose)
        self._assert_nothing(good)

    def test_deposit(self):
        job = self._make_sold_job(10)
        for kind, values, text in (
            ("percent", {"percent": 0}, "above 0"),
            ("percent", {"percent": -5}, "above 0"),
            ("percent", {"percent": 101}, "at most 100"),
            ("amount", {"amount": 0}, "above 0"),
            ("amount", {"amount": 605.01}, "left to pay"),
        ):
            with self.subTest(values=values), self.assertRefused(text):
                self._bill(job, kind, **values)
        self._bill(job, "amount", amount=400, post=False)
        # a draft counts
        with self.assertRefused("left to pay"):
            self._bill(job, "percent", percent=40)
        self._bill(job, "amount", amount=205)

    def test_locked_period(self):
        job = self._make_ready()
        today = fields.Date.today()
        self.company.fiscalyear_lock_date = today - timedelta(days=10)
        with self.assertRefused("locked until"):
            self._bill(job, date=today - timedelta(days=20))
        self._assert_nothing(job)
        self._bill(job)

    def test_tax_id(self):
        job = self._make_ready()
        self.customer.is_company = True
        self.company.job_vat_required = True
        with self.assertRefused("no tax ID"):
            self._bill(job)
        self._assert_nothing(job)
        self.customer.vat = "BE0477472701"
        self._bill(job)

    def test_tax_id_of_fiscal_position(self):
        job = self._make_ready()
        job.sale_order_id.fiscal_position_id = self.env[
            "account.fiscal.position"
        ].create({"name": "Union", "vat_required": True})
        with self.assertRefused("no tax ID"):
            self._bill(job)

    def test_rate(self):
        currency = self.env["res.currency"].create({"name": "ZZY", "symbol": "Z"})
        pricelist = self.env["product.pricelist"].create(
            {"name": "Z", "currency_id": currency.id}
        )
        job = self._make_sold_job(10, confirm=False)
        job.sale_order_id.pricelist_id = pricelist
        job.sale_order_id.action_confirm()
        self._complete(job.production_ids)
        with self.assertRefused("no rate of ZZY"):
            self._bill(job)
        self._assert_nothing(job)

    def test_not_approved(self):
        order = self._make_order_of((self.cheese, 8, 50))
        order.action_confirm()
        order.action_create_job()
        job = order.job_ids
        job.line_ids.billing_basis = "ordered"
        with self.assertRefused("left to bill"):
            self._bill(job)

    def test_numbers(self):
        line = self._make_sold_job(10).line_ids
        with (
            mute_logger("odoo.sql_db"),
            self.assertRefused("price_positive", IntegrityError),
        ):
            line.price = -1
            line.flush_recordset()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRefused("tolerances", IntegrityError),
        ):
            line.tolerance_under = 101
            line.flush_recordset()
