from odoo import Command

from .common import JobSaleCommon


class PaperCommon(JobSaleCommon):
    """A job with lots, sold to a customer abroad, and its invoices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        belgium = cls.env.ref("base.be")
        cls.company.write(
            {
                "country_id": belgium.id,
                "currency_id": cls.env.ref("base.EUR").id,
                "street": "Dairy Road 1",
                "zip": "1000",
                "city": "Brussels",
                "vat": "BE0477472701",
                "phone": "+32 2 123 45 67",
                "email": "dairy@example.com",
            }
        )
        cls.term = cls.env["account.payment.term"].create(
            {
                "name": "30 days net",
                "note": "<p>Payment within thirty days</p>",
                "late_fee_note": "8 % a year from the thirty-first day",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 100, "nb_days": 30}
                    )
                ],
            }
        )
        cls.customer.write(
            {
                "name": "Käserei Muster",
                "is_company": True,
                "street": "Milchweg 5",
                "zip": "10115",
                "city": "Berlin",
                "country_id": cls.env.ref("base.de").id,
                "vat": "DE811907980",
            }
        )
        # others' price lists are in other currencies
        prices = cls.env["product.pricelist"].create(
            {
                "name": "Euro",
                "currency_id": cls.company.currency_id.id,
                "company_id": cls.company.id,
            }
        )
        customer = cls.customer.with_company(cls.company)
        customer.property_product_pricelist = prices
        outstanding = cls._make_account("Receipts", "550010", "asset_current")
        outstanding.reconcile = True
        cls.bank_journal.inbound_payment_method_line_ids.payment_account_id = (
            outstanding
        )
        cls.cheese.tracking = "lot"
        cls.accountant = cls._make_accountant("papers")

    @classmethod
    def _make_ordered_job(cls, ref="PO-77", quantity=10, run_size=5, **values):
        """A planned job in two runs, and its confirmed sales order."""
        job = cls._make_sold_job(quantity, run_size=run_size, **values)
        job.customer_ref = ref
        job.sale_order_id.client_order_ref = ref
        job.sale_order_id.payment_term_id = cls.term
        return job

    @classmethod
    def _make_lot(cls, run, name):
        run.lot_producing_ids = cls.env["stock.lot"].create(
            {
                "name": name,
                "product_id": run.product_id.id,
                "company_id": run.company_id.id,
            }
        )
        cls._complete(run)
