from odoo import models


class AccountEdiXmlUblBis3(models.AbstractModel):
    """The formats that Peppol carries, and those made from them."""

    _inherit = "account.edi.xml.ubl_bis3"

    def _add_invoice_header_nodes(self, document_node, vals):
        res = super()._add_invoice_header_nodes(document_node, vals)
        self._add_job_nodes(document_node, vals)
        return res
