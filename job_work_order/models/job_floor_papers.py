from odoo import models

# what can be put on paper
PRINTABLE = ("application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp")


class JobWorkOrder(models.Model):
    """What goes to the floor beside the traveller."""

    _inherit = "job.work.order"

    def _get_floor_documents(self):
        """:return: attachments that follow the travellers of the jobs, each once"""
        runs = self.production_ids.filtered(
            lambda run: run.state not in ("draft", "cancel")
        )
        return runs._get_floor_documents() | self._get_own_papers()

    def _get_own_papers(self):
        # sudo: whoever prints the papers of a job may print its drawings
        documents = self.sudo().document_ids.sorted("id")
        return documents.filtered(lambda document: document.mimetype in PRINTABLE)


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    def _get_floor_documents(self):
        """Drawings of the job, and documents of the product that are kept for
        manufacturing.

        :return: ``ir.attachment``
        """
        # sudo: whoever prints the papers of a run may print its drawings
        runs = self.sudo()
        products = runs.product_id
        documents = self.env["product.document"].sudo()
        documents = documents.search(
            [
                ("attached_on_mrp", "=", "bom"),
                "|",
                "&",
                ("res_model", "=", "product.product"),
                ("res_id", "in", products.ids),
                "&",
                ("res_model", "=", "product.template"),
                ("res_id", "in", products.product_tmpl_id.ids),
                ("company_id", "in", [False, *runs.company_id.ids]),
            ]
        )
        attachments = documents.ir_attachment_id.filtered(
            lambda attachment: attachment.mimetype in PRINTABLE
        )
        return runs.job_id._get_own_papers() | attachments.sorted("id")


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    def _get_floor_documents(self):
        """:return: ``ir.attachment``: the PDF of the instructions in force"""
        # sudo: whoever prints the card of an operation may print its instructions
        operations = self.sudo()
        instructions = self.env["mrp.operation.instruction"].union(
            *(operation._get_instruction() for operation in operations)
        )
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "mrp.operation.instruction"),
                    ("res_field", "=", "document"),
                    ("res_id", "in", instructions.ids),
                    ("mimetype", "in", PRINTABLE),
                ]
            )
        )
