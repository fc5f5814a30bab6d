from odoo import models


class AccountEdiXmlCii(models.AbstractModel):
    """Factur-X names the customer's order, the job, deposits and late fees."""

    _inherit = "account.edi.xml.cii"

    def _export_invoice_vals(self, invoice):
        vals = super()._export_invoice_vals(invoice)
        facts = invoice._get_job_facts()
        vals["job_facts"] = facts
        vals["job_orders"] = ", ".join(
            invoice.invoice_line_ids.sale_line_ids.order_id.mapped("name")
        )
        if facts["customer_refs"]:
            vals["purchase_order_reference"] = facts["customer_refs"]
        return vals
