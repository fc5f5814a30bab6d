from io import BytesIO

from lxml import html

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.pdf import PdfReader

from .paper_common import PaperCommon


@tagged("post_install", "-at_install")
class TestPapers(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._make_ordered_job()
        cls.run_1, cls.run_2 = cls.job.production_ids.sorted("id")
        cls.deposit = cls._bill(cls.job, "percent", percent=40)
        cls._pay(cls.deposit)
        cls._make_lot(cls.run_1, "LOT-A")
        cls._make_lot(cls.run_2, "LOT-B")
        cls.invoice = cls._bill(cls.job, "final")

    def _render(self, report, records, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.env.user)
        content, _kind = reports._render_qweb_html(report, records.ids)
        return " ".join(html.fromstring(content).text_content().split())

    def _render_invoice(self, invoice, user=None):
        return self._render("account.report_invoice_with_payments", invoice, user=user)

    def _render_combined(self, invoice, user=None):
        return self._render(
            "job_work_order_sale.job_invoice_combined", invoice, user=user
        )

    def _assert_told(self, text, *expected):
        for value in expected:
            self.assertIn(value, text)

    def test_invoice(self):
        text = self._render_invoice(self.invoice)
        self._assert_told(
            text,
            self.invoice.name,
            self.job.name,
            "PO-77",
            self.run_1.name,
            self.run_2.name,
            "LOT-A",
            "LOT-B",
            "DE811907980",
            "BE0477472701",
            "21%",
            self.deposit.name,
            "242.00",
            "Payment within thirty days",
            "8 % a year from the thirty-first day",
        )
        self.assertNotIn("What was made", text)

    def test_combined(self):
        text = self._render_combined(self.invoice)
        self._assert_told(
            text,
            self.invoice.name,
            f"Work Order {self.job.name}",
            "What was made",
            "PO-77",
            self.run_1.name,
            "LOT-B",
            "Cook",
            "Milchweg 5",
            "DE811907980",
            "BE0477472701",
            "242.00",
            "363.00",
            "8 % a year from the thirty-first day",
            self.invoice.payment_reference,
        )

    def test_seller_without_tax_id(self):
        self.invoice.company_id.vat = False
        text = self._render_invoice(self.invoice)
        self._assert_told(text, self.invoice.name, "DE811907980")
        self.assertNotIn("BE0477472701", text)

    def test_facts_are_told_once(self):
        """The names that the line tells itself are not printed again."""
        text = self._render_invoice(self.invoice)
        self.assertEqual(text.count("LOT-A"), 1)
        line = self.invoice.invoice_line_ids.filtered("job_id")
        line.name = "Cheese"
        text = self._render_invoice(self.invoice)
        self._assert_told(text, "PO-77", self.run_1.name, self.run_2.name)
        self.assertEqual(text.count("LOT-A"), 1)

    def test_deposit_is_paid_and_taken_off(self):
        (deposit,) = self.invoice._get_job_paper()["deposits"]
        self.assertEqual(deposit["name"], self.deposit.name)
        self.assertAlmostEqual(deposit["amount"], 242)
        self.assertAlmostEqual(deposit["paid"], 242)
        self.assertAlmostEqual(deposit["taken_off"], 242)
        self.assertAlmostEqual(self.invoice.amount_residual, 605 - 242)
        self.assertFalse(self.deposit._get_job_paper()["deposits"])
        self._assert_told(self._render_invoice(self.deposit), self.job.name)

    def test_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.term.with_context(lang="de_DE").late_fee_note = "8 % Verzugszinsen"
        self.customer.lang = "de_DE"
        self.env.ref("job_work_order_sale.job_invoice_runs").update_field_translations(
            "arch_db", {"de_DE": {"What was made": "Was gemacht wurde"}}
        )
        self.assertIn("Was gemacht wurde", self._render_combined(self.invoice))
        for text in (
            self._render_invoice(self.invoice),
            self._render_combined(self.invoice),
        ):
            self.assertIn("8 % Verzugszinsen", text)
            self.assertNotIn("thirty-first", text)
            self.assertIn("363,00", text)

    def test_no_cost(self):
        """Each run cost 350: 50 for milk and 300 for the vat."""
        self.assertEqual(self.run_1.sudo().run_cost_actual, 350)
        for text in (
            self._render_combined(self.invoice),
            self._render("job_work_order_sale.job_customer_form", self.job),
        ):
            self.assertNotIn("350.00", text)
            self.assertNotIn("700.00", text)
            self.assertNotIn("hours", text)
        for facts in self.invoice._get_job_paper()["runs"]:
            self.assertFalse([key for key in facts if "cost" in key])

    def test_hours_of_those_who_pay_for_them(self):
        self.env["job.labor.rate"].create({"rate": 90})
        self.job.line_ids.pricing_method = "time"
        self.assertIn("hours", self._render_combined(self.invoice))

    def test_accountant_without_manufacturing_rights(self):
        self.assertFalse(
            self.env["mrp.production"].with_user(self.accountant).has_access("read")
        )
        for render in (self._render_invoice, self._render_combined):
            text = render(self.invoice, user=self.accountant)
            self._assert_told(text, self.job.name, "LOT-A", self.deposit.name)
        report = self.env.ref("job_work_order_sale.job_invoice_combined_action")
        bound = (
            self.env["ir.actions.report"].with_user(self.accountant).browse(report.id)
        )
        self.assertEqual(
            bound.get_valid_action_reports("account.move", self.invoice.ids),
            report.ids,
        )

    def test_progress_and_credit(self):
        job = self._make_ordered_job("PO-78")
        job.line_ids.sale_line_id.discount = 10
        run_1, run_2 = job.production_ids.sorted("id")
        self._make_lot(run_1, "LOT-C")
        self._make_lot(run_2, "LOT-D")
        invoice = self._bill(job, user=self.env.user, run_ids=run_1.ids)
        text = self._render_combined(invoice)
        self._assert_told(text, run_1.name, "LOT-C", "Disc.%", "10.00", "225.00")
        self.assertNotIn("LOT-D", text)
        credit = self._credit(invoice)
        text = self._render_combined(credit)
        self._assert_told(text, "Credit Note", "Credited", run_1.name, "LOT-C")
        self.assertFalse(credit._get_job_paper()["deposits"])

    def test_many_jobs_on_one_invoice(self):
        jobs = self._make_ordered_job("PO-81") | self._make_ordered_job("PO-82")
        for number, run in enumerate(jobs.production_ids):
            self._make_lot(run, f"MANY-{number}")
        invoice = self._bill(jobs, consolidate=True)
        self.assertEqual(len(invoice), 1)
        self._assert_told(
            self._render_combined(invoice),
            *jobs.mapped("name"),
            *jobs.production_ids.mapped("name"),
            "PO-81",
            "PO-82",
        )

    def test_without_job(self):
        """An invoice without a job looks as Odoo makes it."""
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_line_ids": [
                    (0, 0, {"product_id": self.cheese.id, "price_unit": 7})
                ],
            }
        )
        invoice.action_post()
        self.assertEqual(invoice._get_job_paper(), {})
        text = self._render_invoice(invoice)
        self.assertNotIn("Job", text)
        self.assertNotIn("Deposit", text)
        report = self.env.ref("job_work_order_sale.job_invoice_combined_action")
        self.assertFalse(report.get_valid_action_reports("account.move", invoice.ids))
        self.assertFalse(invoice._is_action_report_available(report))
        with self.assertRaisesRegex(UserError, invoice.name):
            invoice.action_print_job_invoice()

    def test_customer_form(self):
        text = self._render(
            "job_work_order_sale.job_customer_form", self.job, user=self.planner
        )
        self._assert_told(
            text,
            f"Work Order {self.job.name}",
            "PO-77",
            "DE811907980",
            self.run_1.name,
            "LOT-A",
            "Cook",
        )
        # no price on it
        self.assertNotIn("50.00", text)

    def test_print_from_job(self):
        action = self.job.action_print_job_invoice()
        report = action.get("context", {}).get("report_action", action)
        self.assertEqual(
            report["report_name"], "job_work_order_sale.job_invoice_combined"
        )
        self.assertEqual(self.job._get_invoices_to_print(), self.invoice)
        job = self._make_ordered_job("PO-79")
        with self.assertRaisesRegex(UserError, job.name):
            job.action_print_job_invoice()

    def test_pdf_of_one_page(self):
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        with self.allow_pdf_render():
            content, kind = reports._render_qweb_pdf(
                "job_work_order_sale.job_invoice_combined", self.invoice.ids
            )
        self.assertEqual(kind, "pdf")
        self.assertEqual(PdfReader(BytesIO(content)).get_num_pages(), 1)
