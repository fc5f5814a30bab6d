from lxml import etree

from odoo.tests import tagged

from odoo.addons.account_edi_ubl_cii.tools.ubl_21_credit_note import CreditNote
from odoo.addons.account_edi_ubl_cii.tools.ubl_21_invoice import Invoice
from odoo.addons.job_work_order_sale.tests.common import JobSaleCommon

UBL = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
CII = {
    "ram": "urn:un:unece:uncefact:data:standard:"
    "ReusableAggregateBusinessInformationEntity:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
# EN 16931, CII D16B: what may come when, of what is written here
AGREEMENT = (
    "BuyerReference",
    "SellerTradeParty",
    "BuyerTradeParty",
    "SellerOrderReferencedDocument",
    "BuyerOrderReferencedDocument",
    "ContractReferencedDocument",
    "AdditionalReferencedDocument",
    "SpecifiedProcuringProject",
)
SETTLEMENT = (
    "PaymentReference",
    "InvoiceCurrencyCode",
    "SpecifiedTradeSettlementPaymentMeans",
    "ApplicableTradeTax",
    "BillingSpecifiedPeriod",
    "SpecifiedTradePaymentTerms",
    "SpecifiedTradeSettlementHeaderMonetarySummation",
    "InvoiceReferencedDocument",
)
FEE = "1 % a month after the due date"


@tagged("post_install", "-at_install")
class TestEdi(JobSaleCommon):
    """What the formats carry of a job, and in the order the formats ask for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        country = cls.env.ref("base.be")
        cls.company.partner_id.write(
            {
                "country_id": country.id,
                "vat": "BE0477472701",
                "street": "Dairy street 1",
                "zip": "1000",
                "city": "Brussels",
            }
        )
        cls.customer.write(
            {"vat": "BE0202239951", "city": "Ghent", "street": "Street 2"}
        )
        cls.terms = cls.env["account.payment.term"].create(
            {"name": "30 days", "late_fee_note": FEE}
        )
        job = cls._make_sold_job(10)
        job.sale_order_id.payment_term_id = cls.terms
        cls.job = job
        cls.deposit = cls._bill(job, "percent", percent=30)
        cls._complete(job.production_ids)
        cls.final = cls._bill(job, "final")

    def _export(self, name, move):
        xml, _errors = self.env[name]._export_invoice(move)
        return etree.fromstring(xml)

    def _text(self, tree, path, namespaces):
        return [node.text for node in tree.findall(path, namespaces)]

    def assertOrdered(self, node, order):
        names = [etree.QName(child).localname for child in node]
        places = [order.index(name) for name in names]
        self.assertEqual(places, sorted(places), names)

    def _check_ubl_order(self, tree, template):
        order = [name.split(":")[-1] for name in template if name != "_tag"]
        self.assertOrdered(tree, order)

    def test_ubl(self):
        tree = self._export("account.edi.xml.ubl_bis3", self.final)
        for path, text in (
            ("cac:OrderReference/cbc:ID", "PO-77"),
            ("cac:OrderReference/cbc:SalesOrderID", self.job.sale_order_id.name),
            ("cac:ProjectReference/cbc:ID", self.job.name),
            (
                "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID",
                self.deposit.name,
            ),
            (
                "cac:BillingReference/cac:InvoiceDocumentReference/cbc:IssueDate",
                str(self.deposit.invoice_date),
            ),
        ):
            with self.subTest(path=path):
                self.assertIn(text, self._text(tree, path, UBL)[0])
        self.assertIn(FEE, self._text(tree, "cac:PaymentTerms/cbc:Note", UBL)[0])
        self._check_ubl_order(tree, Invoice)
        # the deposit is a line of its own, with what it takes off
        amounts = self._text(tree, "cac:InvoiceLine/cbc:LineExtensionAmount", UBL)
        self.assertEqual(sorted(map(float, amounts)), [-150, 500])
        description = "".join(tree.xpath("//cac:Item//text()", namespaces=UBL))
        self.assertIn(self.job.name, description)

    def test_ubl_credit_note(self):
        credit = self._credit(self.final)
        tree = self._export("account.edi.xml.ubl_bis3", credit)
        path = "cac:AdditionalDocumentReference/cbc:ID"
        self.assertEqual(self._text(tree, path, UBL), [self.job.name])
        self._check_ubl_order(tree, CreditNote)

    def test_ubl_without_job(self):
        loose = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_line_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Else",
                            "price_unit": 5,
                            "tax_ids": self.tax.ids,
                        },
                    )
                ],
            }
        )
        loose.action_post()
        tree = self._export("account.edi.xml.ubl_bis3", loose)
        self.assertFalse(tree.findall("cac:ProjectReference", UBL))
        self.assertFalse(tree.findall("cac:BillingReference", UBL))

    def test_facturx(self):
        tree = self._export("account.edi.xml.cii", self.final)
        agreement = tree.find(".//ram:ApplicableHeaderTradeAgreement", CII)
        settlement = tree.find(".//ram:ApplicableHeaderTradeSettlement", CII)
        for node, path, text in (
            (
                agreement,
                "ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID",
                "PO-77",
            ),
            (
                agreement,
                "ram:SellerOrderReferencedDocument/ram:IssuerAssignedID",
                self.job.sale_order_id.name,
            ),
            (agreement, "ram:SpecifiedProcuringProject/ram:ID", self.job.name),
            (
                settlement,
                "ram:InvoiceReferencedDocument/ram:IssuerAssignedID",
                self.deposit.name,
            ),
            (
                settlement,
                "ram:InvoiceReferencedDocument/ram:FormattedIssueDateTime/"
                "qdt:DateTimeString",
                self.deposit.invoice_date.strftime("%Y%m%d"),
            ),
        ):
            with self.subTest(path=path):
                self.assertEqual(self._text(node, path, CII), [text])
        terms = self._text(
            settlement, "ram:SpecifiedTradePaymentTerms/ram:Description", CII
        )
        self.assertIn("30 days", terms[0])
        self.assertIn(FEE, terms[0])
        self.assertOrdered(agreement, AGREEMENT)
        self.assertOrdered(settlement, SETTLEMENT)
