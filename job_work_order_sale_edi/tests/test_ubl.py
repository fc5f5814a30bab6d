from lxml import etree

from odoo.tests import tagged

from odoo.addons.account_edi_ubl_cii.tools import CreditNote, Invoice

from .common import JobEdiCommon

PROJECT = "/*/cac:ProjectReference/cbc:ID"
ORDER = "/*/cac:OrderReference/cbc:ID"
PRECEDING = "/*/cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"
TERMS = "/*/cac:PaymentTerms/cbc:Note"


@tagged("post_install", "-at_install")
class TestUbl(JobEdiCommon):
    builder = "account.edi.xml.ubl_bis3"
    namespaces = {
        "cac": "urn:oasis:names:specification:ubl:schema:xsd:"
        "CommonAggregateComponents-2",
        "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    }

    def _check_order(self, element, template):
        """Compare an element with Odoo's table of the UBL 2.1 schema, to the leaves."""
        sequence = [
            key.partition(":")[2] for key in template if not key.startswith("_")
        ]
        self.assertSequence(element, sequence)
        for child in element:
            (key,) = (
                key
                for key in template
                if key.partition(":")[2] == child.tag[child.tag.index("}") + 1 :]
            )
            if len(child):
                self._check_order(child, template[key])

    def test_invoice(self):
        tree = self._export(self.invoice)
        self._check_order(tree, Invoice)
        self.assertFound(tree, ORDER, "PO-77")
        self.assertFound(
            tree, "/*/cac:OrderReference/cbc:SalesOrderID", self.job.sale_order_id.name
        )
        self.assertFound(tree, PROJECT, self.job.name)
        self.assertFound(tree, PRECEDING, self.deposit.name)
        self.assertFound(
            tree,
            "/*/cac:BillingReference/cac:InvoiceDocumentReference/cbc:IssueDate",
            str(self.deposit.invoice_date),
        )
        self.assertFound(
            tree,
            TERMS,
            "Payment within thirty days\n8 % a year from the thirty-first day",
        )

    def test_line(self):
        tree = self._export(self.invoice)
        line = "/*/cac:InvoiceLine[cac:DocumentReference]"
        self.assertFound(
            tree, f"{line}/cbc:Note", f"Job {self.job.name}, your order PO-77"
        )
        self.assertFound(tree, f"{line}/cac:DocumentReference/cbc:ID", self.job.name)
        self.assertFound(
            tree, f"{line}/cac:DocumentReference/cbc:DocumentTypeCode", "130"
        )
        self.assertFound(tree, f"{line}/cbc:InvoicedQuantity", "10.0")
        properties = f"{line}/cac:Item/cac:AdditionalItemProperty"
        self.assertFound(
            tree, f"{properties}[cbc:Name='Run']/cbc:Value", *self._get_run_names()
        )
        self.assertFound(
            tree, f"{properties}[cbc:Name='Lot']/cbc:Value", "LOT-A", "LOT-B"
        )

    def _get_run_names(self):
        return (self.run_1 | self.run_2).mapped("name")

    def test_deposit_is_counted_once(self):
        """Taken off by a line, so not prepaid again; paid, it is prepaid."""
        tree = self._export(self.invoice)
        total = "/*/cac:LegalMonetaryTotal/cbc"
        self.assertFound(tree, f"{total}:LineExtensionAmount", "300.00")
        self.assertFound(tree, f"{total}:TaxInclusiveAmount", "363.00")
        self.assertFound(tree, f"{total}:PrepaidAmount", "0.00")
        self.assertFound(tree, f"{total}:PayableAmount", "363.00")
        self._pay(self.deposit)
        tree = self._export(self.invoice)
        self.assertFound(tree, f"{total}:PrepaidAmount", "0.00")
        self._pay(self.invoice)
        tree = self._export(self.invoice)
        self.assertFound(tree, f"{total}:PrepaidAmount", "363.00")
        self.assertFound(tree, f"{total}:PayableAmount", "0.00")

    def test_deposit(self):
        """The deposit names order and job, and no invoice before it."""
        tree = self._export(self.deposit)
        self._check_order(tree, Invoice)
        self.assertFound(tree, ORDER, "PO-77")
        self.assertFound(tree, PROJECT, self.job.name)
        self.assertFound(tree, PRECEDING)
        self.assertFound(tree, "/*/cac:InvoiceLine/cac:DocumentReference")

    def test_credit_note(self):
        """UBL's credit note has no ProjectReference."""
        credit = self._credit(self.invoice)
        tree = self._export(credit)
        self._check_order(tree, CreditNote)
        self.assertFound(tree, ORDER, "PO-77")
        self.assertFound(tree, PROJECT)
        self.assertFound(
            tree,
            "/*/cac:AdditionalDocumentReference[cbc:DocumentTypeCode='50']/cbc:ID",
            self.job.name,
        )
        self.assertFound(tree, PRECEDING, self.invoice.name)
        line = "/*/cac:CreditNoteLine[cac:DocumentReference]"
        self.assertFound(tree, f"{line}/cac:DocumentReference/cbc:ID", self.job.name)
        self.assertFound(
            tree,
            f"{line}/cac:Item/cac:AdditionalItemProperty[cbc:Name='Lot']/cbc:Value",
            "LOT-A",
            "LOT-B",
        )
        # late fees are for those who pay
        self.assertFound(tree, TERMS, "Payment within thirty days")

    def test_many_jobs(self):
        """There is one project at most: lines tell the jobs."""
        jobs = self._make_ordered_job("PO-81") | self._make_ordered_job("PO-82")
        for number, run in enumerate(jobs.production_ids):
            self._make_lot(run, f"MANY-{number}")
        invoice = self._bill(jobs, consolidate=True)
        tree = self._export(invoice)
        self._check_order(tree, Invoice)
        self.assertFound(tree, ORDER, "PO-81, PO-82")
        self.assertFound(tree, PROJECT)
        self.assertCountEqual(
            self._find(tree, "/*/cac:InvoiceLine/cac:DocumentReference/cbc:ID"),
            jobs.mapped("name"),
        )

    def test_without_job(self):
        invoice = self._make_plain_invoice()
        tree = self._export(invoice)
        self.assertFound(tree, ORDER, "PLAIN-1")
        self.assertFound(tree, "//cac:ProjectReference")
        self.assertFound(tree, "//cac:BillingReference")
        self.assertFound(tree, "//cac:InvoiceLine/cbc:Note")
        self.assertFound(tree, "//cac:DocumentReference")
        self.assertFound(tree, "//cac:AdditionalItemProperty")

    def test_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.term.with_context(lang="de_DE").late_fee_note = "8 % Verzugszinsen"
        self.customer.lang = "de_DE"
        (note,) = self._find(self._export(self.invoice), TERMS)
        self.assertIn("8 % Verzugszinsen", note)

    def test_other_formats(self):
        """XRechnung and NLCIUS are made of it, and the PDF goes beside."""
        self.customer.email = "kaeserei@example.com"
        for builder in ("account.edi.xml.ubl_de", "account.edi.xml.ubl_nl"):
            with self.subTest(builder=builder):
                content, _errors = self.env[builder]._export_invoice(self.invoice)
                self.assertIn(b"ProjectReference", content)

    def test_sent_with_its_pdf(self):
        """Odoo looks for its place by elements that are now there."""
        builder = self.env[self.builder]
        for move, template, count in (
            (self.invoice, Invoice, 1),
            (self._credit(self.invoice), CreditNote, 2),
        ):
            content, _errors = builder._export_invoice(move)
            data = {
                "ubl_cii_xml_attachment_values": {"raw": content},
                "ubl_cii_xml_options": {"builder": builder},
                "pdf_attachment_values": {
                    "name": "invoice.pdf",
                    "raw": b"%PDF",
                    "mimetype": "application/pdf",
                },
            }
            self.env["account.move.send"]._postprocess_invoice_ubl_xml(move, data)
            tree = etree.fromstring(data["ubl_cii_xml_attachment_values"]["raw"])
            self._check_order(tree, template)
            documents = self._find(tree, "/*/cac:AdditionalDocumentReference")
            self.assertEqual(len(documents), count)

    def test_sent_by_an_accountant(self):
        """Who sends e-invoices needs no manufacturing rights."""
        invoice = self.invoice.with_user(self.accountant)
        builder = self.env[self.builder].with_user(self.accountant)
        content, errors = builder._export_invoice(invoice)
        self.assertFalse(errors)
        self.assertIn(self.job.name.encode(), content)
