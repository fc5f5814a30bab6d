from odoo import models


class AccountEdiXmlCii(models.AbstractModel):
    """Jobs in Factur-X."""

    _inherit = "account.edi.xml.cii"

    def _export_invoice_vals(self, invoice):
        vals = super()._export_invoice_vals(invoice)
        references = invoice._get_job_references()
        late_fee_note = invoice._get_late_fee_note()
        vals.update(
            job_references=references,
            job_sales_orders=self._get_job_sales_orders(invoice) if references else "",
            payment_terms_description="\n".join(
                filter(None, [invoice.invoice_payment_term_id.name, late_fee_note])
            ),
        )
        if references.get("order"):
            vals["purchase_order_reference"] = references["order"]
        for line_vals in vals["invoice_line_vals_list"]:
            line_vals["job_facts"] = references.get("lines", {}).get(
                line_vals["line"].id
            )
        return vals

    def _get_job_sales_orders(self, invoice):
        """:return: BT-14, as Odoo writes it in UBL"""
        # sudo: the number is on the invoice, whoever may see the order
        return ",".join(
            invoice.sudo().invoice_line_ids.sale_line_ids.order_id.mapped("name")
        )
