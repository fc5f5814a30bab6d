from odoo.tests import tagged

from .common import JobEdiCommon

TRADE = "/*/rsm:SupplyChainTradeTransaction"
AGREEMENT = f"{TRADE}/ram:ApplicableHeaderTradeAgreement"
SETTLEMENT = f"{TRADE}/ram:ApplicableHeaderTradeSettlement"
LINE = f"{TRADE}/ram:IncludedSupplyChainTradeLineItem"
LINE_DOCUMENT = (
    f"{LINE}/ram:SpecifiedLineTradeSettlement/ram:AdditionalReferencedDocument"
)

# the order of the schema of Factur-X, profile EXTENDED
SEQUENCES = {
    AGREEMENT: [
        "BuyerReference",
        "SellerTradeParty",
        "BuyerTradeParty",
        "SellerOrderReferencedDocument",
        "BuyerOrderReferencedDocument",
        "ContractReferencedDocument",
        "AdditionalReferencedDocument",
        "SpecifiedProcuringProject",
    ],
    f"{AGREEMENT}/ram:SpecifiedProcuringProject": ["ID", "Name"],
    SETTLEMENT: [
        "PaymentReference",
        "InvoiceCurrencyCode",
        "SpecifiedTradeSettlementPaymentMeans",
        "ApplicableTradeTax",
        "BillingSpecifiedPeriod",
        "SpecifiedTradeAllowanceCharge",
        "SpecifiedTradePaymentTerms",
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        "InvoiceReferencedDocument",
    ],
    f"{SETTLEMENT}/ram:InvoiceReferencedDocument": [
        "IssuerAssignedID",
        "FormattedIssueDateTime",
    ],
    f"{LINE}/ram:AssociatedDocumentLineDocument": ["LineID", "IncludedNote"],
    f"{LINE}/ram:SpecifiedTradeProduct": [
        "GlobalID",
        "SellerAssignedID",
        "Name",
        "Description",
        "ApplicableProductCharacteristic",
    ],
    f"{LINE}/ram:SpecifiedLineTradeSettlement": [
        "ApplicableTradeTax",
        "BillingSpecifiedPeriod",
        "SpecifiedTradeAllowanceCharge",
        "SpecifiedTradeSettlementLineMonetarySummation",
        "AdditionalReferencedDocument",
    ],
    LINE_DOCUMENT: ["IssuerAssignedID", "TypeCode"],
}


@tagged("post_install", "-at_install")
class TestFacturx(JobEdiCommon):
    builder = "account.edi.xml.cii"
    namespaces = {
        "ram": "urn:un:unece:uncefact:data:standard:"
        "ReusableAggregateBusinessInformationEntity:100",
        "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
        "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
        "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
    }

    def _check_order(self, tree):
        for path, sequence in SEQUENCES.items():
            for element in tree.xpath(path, namespaces=self.namespaces):
                self.assertSequence(element, sequence)

    def test_invoice(self):
        tree = self._export(self.invoice)
        self._check_order(tree)
        self.assertFound(
            tree,
            f"{AGREEMENT}/ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID",
            "PO-77",
        )
        self.assertFound(
            tree,
            f"{AGREEMENT}/ram:SellerOrderReferencedDocument/ram:IssuerAssignedID",
            self.job.sale_order_id.name,
        )
        self.assertFound(
            tree, f"{AGREEMENT}/ram:SpecifiedProcuringProject/ram:ID", self.job.name
        )
        preceding = f"{SETTLEMENT}/ram:InvoiceReferencedDocument"
        self.assertFound(tree, f"{preceding}/ram:IssuerAssignedID", self.deposit.name)
        self.assertFound(
            tree,
            f"{preceding}/ram:FormattedIssueDateTime/qdt:DateTimeString[@format='102']",
            self.deposit.invoice_date.strftime("%Y%m%d"),
        )
        self.assertFound(
            tree,
            f"{SETTLEMENT}/ram:SpecifiedTradePaymentTerms/ram:Description",
            "30 days net\n8 % a year from the thirty-first day",
        )

    def test_line(self):
        tree = self._export(self.invoice)
        self.assertFound(
            tree,
            f"{LINE}/ram:AssociatedDocumentLineDocument/ram:IncludedNote/ram:Content",
            f"Job {self.job.name}, your order PO-77",
        )
        self.assertFound(tree, f"{LINE_DOCUMENT}/ram:IssuerAssignedID", self.job.name)
        self.assertFound(tree, f"{LINE_DOCUMENT}/ram:TypeCode", "130")
        properties = (
            f"{LINE}/ram:SpecifiedTradeProduct/ram:ApplicableProductCharacteristic"
        )
        self.assertFound(
            tree,
            f"{properties}[ram:Description='Run']/ram:Value",
            self.run_1.name,
            self.run_2.name,
        )
        self.assertFound(
            tree, f"{properties}[ram:Description='Lot']/ram:Value", "LOT-A", "LOT-B"
        )

    def test_every_line_has_a_name(self):
        """Also the one that takes the deposit off, which has no product."""
        tree = self._export(self.invoice)
        self.assertEqual(len(self._find(tree, LINE)), 2)
        names = self._find(tree, f"{LINE}/ram:SpecifiedTradeProduct/ram:Name")
        self.assertEqual(len(names), 2)
        self.assertIn(self.deposit.name, names[1])

    def test_deposit_is_counted_once(self):
        total = f"{SETTLEMENT}/ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram"
        tree = self._export(self.invoice)
        self.assertFound(tree, f"{total}:TaxBasisTotalAmount", "300.00")
        self.assertFound(tree, f"{total}:GrandTotalAmount", "363.00")
        self.assertFound(tree, f"{total}:TotalPrepaidAmount", "0.00")
        self.assertFound(tree, f"{total}:DuePayableAmount", "363.00")

    def test_credit_note(self):
        tree = self._export(self._credit(self.invoice))
        self._check_order(tree)
        self.assertFound(
            tree, f"{AGREEMENT}/ram:SpecifiedProcuringProject/ram:ID", self.job.name
        )
        self.assertFound(
            tree,
            f"{SETTLEMENT}/ram:InvoiceReferencedDocument/ram:IssuerAssignedID",
            self.invoice.name,
        )

    def test_without_job(self):
        tree = self._export(self._make_plain_invoice())
        self.assertFound(
            tree,
            f"{AGREEMENT}/ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID",
            "PLAIN-1",
        )
        for name in (
            "SellerOrderReferencedDocument",
            "SpecifiedProcuringProject",
            "InvoiceReferencedDocument",
            "ApplicableProductCharacteristic",
            "AdditionalReferencedDocument",
        ):
            self.assertFound(tree, f"//ram:{name}")
        self.assertFound(tree, f"{LINE}//ram:IncludedNote")
