from lxml import etree

from odoo import fields

from odoo.addons.job_work_order_sale.tests.paper_common import PaperCommon


class JobEdiCommon(PaperCommon):
    """A job in two runs, its deposit, its final invoice and a credit note."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner.bank"].create(
            {
                "acc_number": "BE15001559627230",
                "partner_id": cls.company.partner_id.id,
                "allow_out_payment": True,
            }
        )
        cls.job = cls._make_ordered_job()
        cls.run_1, cls.run_2 = cls.job.production_ids.sorted("id")
        cls.deposit = cls._bill(cls.job, "percent", percent=40)
        cls._make_lot(cls.run_1, "LOT-A")
        cls._make_lot(cls.run_2, "LOT-B")
        cls.invoice = cls._bill(cls.job, "final")

    @classmethod
    def _make_plain_invoice(cls):
        invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.customer.id,
                "invoice_date": fields.Date.today(),
                "ref": "PLAIN-1",
                "invoice_line_ids": [
                    fields.Command.create(
                        {
                            "product_id": cls.cheese.id,
                            "price_unit": 7,
                            "tax_ids": [fields.Command.set(cls.tax.ids)],
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        return invoice

    def _export(self, invoice):
        """:return: root of the e-invoice, which has no fault that Odoo knows of"""
        content, errors = self.env[self.builder]._export_invoice(invoice)
        self.assertFalse(errors)
        return etree.fromstring(content)

    def _find(self, tree, path):
        """:return: list of texts, attributes or elements"""
        found = tree.xpath(path, namespaces=self.namespaces)
        return [
            node.text if isinstance(node, etree._Element) and not len(node) else node
            for node in found
        ]

    def assertFound(self, tree, path, *expected):
        self.assertEqual(self._find(tree, path), list(expected), path)

    def assertSequence(self, element, sequence):
        """The children of an element come in the order of its schema."""
        names = [etree.QName(child).localname for child in element]
        self.assertFalse(set(names) - set(sequence))
        self.assertEqual(names, sorted(names, key=sequence.index))
