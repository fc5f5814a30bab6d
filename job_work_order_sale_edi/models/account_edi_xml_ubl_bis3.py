from odoo import models


class AccountEdiXmlUblBis3(models.AbstractModel):
    """Jobs in Peppol BIS Billing 3 and the national formats made of it."""

    _inherit = "account.edi.xml.ubl_bis3"

    def _add_invoice_config_vals(self, vals):
        res = super()._add_invoice_config_vals(vals)
        vals["job_references"] = vals["invoice"]._get_job_references()
        return res

    def _add_invoice_header_nodes(self, document_node, vals):
        res = super()._add_invoice_header_nodes(document_node, vals)
        references = vals["job_references"]
        if references:
            self._add_job_header_nodes(document_node, vals, references)
        return res

    def _add_job_header_nodes(self, document_node, vals, references):
        if references["order"]:
            document_node["cac:OrderReference"]["cbc:ID"] = {
                "_text": references["order"]
            }
        if references["project"]:
            self._add_job_project_node(document_node, vals)
        if references["preceding"]:
            document_node["cac:BillingReference"] = [
                {
                    "cac:InvoiceDocumentReference": {
                        "cbc:ID": {"_text": number},
                        "cbc:IssueDate": {"_text": date},
                    }
                }
                for number, date in references["preceding"]
            ]

    def _add_job_project_node(self, document_node, vals):
        """BT-11: UBL's credit note has no ProjectReference, Peppol says what to use"""
        project = {"cbc:ID": {"_text": vals["job_references"]["project"]}}
        if vals["document_type"] == "invoice":
            document_node["cac:ProjectReference"] = project
        elif vals["document_type"] == "credit_note":
            project["cbc:DocumentTypeCode"] = {"_text": "50"}
            others = document_node.get("cac:AdditionalDocumentReference") or []
            others = others if isinstance(others, list) else [others]
            document_node["cac:AdditionalDocumentReference"] = [*others, project]

    def _add_invoice_payment_terms_nodes(self, document_node, vals):
        res = super()._add_invoice_payment_terms_nodes(document_node, vals)
        invoice = vals["invoice"]
        late_fee_note = invoice._get_late_fee_note()
        if late_fee_note:
            note = document_node["cac:PaymentTerms"]["cbc:Note"]
            terms = note["_text"] or invoice.invoice_payment_term_id.name
            note["_text"] = f"{terms}\n{late_fee_note}"
        return res

    def _get_invoice_line_node(self, vals):
        line_node = super()._get_invoice_line_node(vals)
        base_line = vals["base_line"]
        facts = vals["job_references"].get("lines", {}).get(base_line["id"])
        # taxes on packaging become lines of their own
        if not facts or base_line.get("_removed_tax_data"):
            return line_node
        # BT-127
        line_node["cbc:Note"] = {"_text": facts["text"]}
        # BT-128: 130 says that it is what the line is about
        line_node["cac:DocumentReference"] = {
            "cbc:ID": {"_text": facts["job"]},
            "cbc:DocumentTypeCode": {"_text": "130"},
        }
        # BG-32
        line_node["cac:Item"].setdefault("cac:AdditionalItemProperty", []).extend(
            {"cbc:Name": {"_text": name}, "cbc:Value": {"_text": value}}
            for name, value in facts["properties"]
        )
        return line_node
