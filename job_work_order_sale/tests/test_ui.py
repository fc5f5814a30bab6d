from odoo.tests import HttpCase, tagged

from .common import JobSaleCommon


class SaleTours(JobSaleCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller.password = cls.biller.login
        cls.cheese.name = "Tour Cheese"
        cls.job = cls._make_sold_job(10)
        cls._make_some(cls.job, 4)


@tagged("post_install", "-at_install", "browser")
class TestDesktop(SaleTours):
    def test_accountant(self):
        """Deposit, progress, final, paid: by somebody without manufacturing rights."""
        url = f"/odoo/action-job_work_order.job_work_order_action/{self.job.id}"
        self.start_tour(url, "job_sale_deposit", login=self.biller.login)
        self.start_tour(url, "job_sale_progress", login=self.biller.login)
        self.assertBilled(self.job, 4)
        self._make_some(self.job, 6)
        self.start_tour(url, "job_sale_final", login=self.biller.login)
        self.assertBilled(self.job, 10)
        invoices = self.job._get_job_invoices()
        self.assertEqual(set(invoices.mapped("state")), {"posted"})
        self.assertEqual(sum(invoices.mapped("amount_total")), 605)
        final = invoices.sorted("id")[-1]
        self.assertIn(final.payment_state, ("paid", "in_payment"))


@tagged("post_install", "-at_install", "browser")
class TestPhone(SaleTours):
    browser_size = "375x667"
    touch_enabled = True

    def test_progress(self):
        url = f"/odoo/action-job_work_order.job_work_order_action/{self.job.id}"
        self.start_tour(url, "job_sale_phone", login=self.biller.login)
        self.assertBilled(self.job, 4)
