from odoo import models
from odoo.tools import html2plaintext

# UNTDID 1001: project specification
PROJECT = "50"


class AccountEdiXmlUbl20(models.AbstractModel):
    """UBL names the customer's order, the job, deposits and late fees."""

    _inherit = "account.edi.xml.ubl_20"

    def _add_invoice_payment_terms_nodes(self, document_node, vals):
        res = super()._add_invoice_payment_terms_nodes(document_node, vals)
        term = vals["invoice"].invoice_payment_term_id
        if term.late_fee_note:
            note = html2plaintext(term.note) if term.note else term.name
            document_node["cac:PaymentTerms"] = {
                "cbc:Note": {"_text": f"{note}\n{term.late_fee_note}"}
            }
        return res

    def _add_job_nodes(self, document_node, vals):
        """Refer to what the invoice is about."""
        facts = vals["invoice"]._get_job_facts()
        if facts["customer_refs"] and document_node.get("cac:OrderReference"):
            document_node["cac:OrderReference"]["cbc:ID"] = {
                "_text": facts["customer_refs"]
            }
        if facts["job_names"]:
            self._add_job_project_nodes(document_node, vals, facts)
        if facts["deposit_invoices"]:
            document_node["cac:BillingReference"] = [
                {
                    "cac:InvoiceDocumentReference": {
                        "cbc:ID": {"_text": name},
                        "cbc:IssueDate": {"_text": date},
                    }
                }
                for name, date in facts["deposit_invoices"]
            ]

    def _add_job_project_nodes(self, document_node, vals, facts):
        """The job is the project; a credit note has no field for it but a document."""
        names = " ".join(facts["job_names"])
        if vals["document_type"] == "invoice":
            document_node["cac:ProjectReference"] = {"cbc:ID": {"_text": names}}
        else:
            document_node["cac:AdditionalDocumentReference"] = [
                {
                    "cbc:ID": {"_text": names},
                    "cbc:DocumentTypeCode": {"_text": PROJECT},
                }
            ]
