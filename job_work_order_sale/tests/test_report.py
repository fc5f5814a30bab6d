from odoo.tests import tagged

from .common import JobSaleCommon


@tagged("post_install", "-at_install")
class TestReport(JobSaleCommon):
    """All that an invoice has to name is on paper, in the customer's language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.write({"vat": "BE0477472701", "street": "Long street 5"})
        cls.terms = cls.env["account.payment.term"].create(
            {
                "name": "30 days",
                "note": "Payable in 30 days",
                "late_fee_note": "1 % a month after the due date",
            }
        )
        cls.job = cls._make_sold_job(10)
        cls.job.sale_order_id.payment_term_id = cls.terms
        cls.job.line_ids.sale_line_id.discount = 10
        cls.deposit = cls._bill(cls.job, "percent", percent=20)
        cls._complete(cls.job.production_ids)
        cls.invoice = cls._bill(cls.job, "final")

    def _render(self, name):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            name, self.invoice.ids
        )
        return html.decode()

    def _check(self, html):
        for text in (
            self.invoice.name,
            "BE0477472701",
            "Customer",
            "Long street 5",
            self.job.name,
            "PO-77",
            self.job.production_ids.name,
            "50.00",
            "10.00",
            "360.00",
            "VAT 21%",
            "90.00",
            "1 % a month after the due date",
        ):
            with self.subTest(text=text):
                self.assertIn(text, html)

    def test_combined(self):
        html = self._render("job_work_order_sale.job_invoice_combined")
        self._check(html)
        self.assertIn("Deposit taken off", html)
        self.assertIn("30 days", html)
        self.assertIn("Work done", html)

    def test_invoice(self):
        self._check(self._render("account.report_invoice_with_payments"))

    def test_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.terms.with_context(lang="fr_FR").late_fee_note = "1 % par mois"
        self.customer.lang = "fr_FR"
        for name in (
            "job_work_order_sale.job_invoice_combined",
            "account.report_invoice_with_payments",
        ):
            self.assertIn("1 % par mois", self._render(name))

    def test_without_job(self):
        loose = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_line_ids": [(0, 0, {"name": "Else", "price_unit": 5})],
            }
        )
        self.invoice = loose
        html = self._render("account.report_invoice_with_payments")
        self.assertNotIn("Work Order", html)
