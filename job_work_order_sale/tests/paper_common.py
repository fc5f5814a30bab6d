from odoo import Command, fields

from odoo.addons.job_work_order.tests.common import JobCommon


class PaperCommon(JobCommon):
    """A job with lots, sold to a customer abroad, and its invoices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "country_id": cls.env.ref("base.be").id,
                "account_fiscal_country_id": cls.env.ref("base.be").id,
                "currency_id": cls.env.ref("base.EUR").id,
                "street": "Dairy Road 1",
                "zip": "1000",
                "city": "Brussels",
                "vat": "BE0477472701",
                "phone": "+32 2 123 45 67",
                "email": "dairy@example.com",
            }
        )
        cls._set_up_sales_accounts()
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "21%",
                "amount": 21,
                "amount_type": "percent",
                "type_tax_use": "sale",
                "company_id": cls.company.id,
                "country_id": cls.company.country_id.id,
                "tax_group_id": cls.env["account.tax.group"]
                .create({"name": "VAT 21%", "company_id": cls.company.id})
                .id,
            }
        )
        cls.term = cls.env["account.payment.term"].create(
            {
                "name": "30 days net",
                "note": "<p>Payment within thirty days</p>",
                "late_fee_note": "8 % a year from the thirty-first day",
                "line_ids": [Command.create({"value": "percent", "nb_days": 30})],
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
                "property_payment_term_id": cls.term.id,
            }
        )
        cls.cheese.write(
            {
                "tracking": "lot",
                "taxes_id": [Command.set(cls.tax.ids)],
                "list_price": 50,
                "invoice_policy": "order",
            }
        )
        cls.accountant = cls._make_user("accountant", "account.group_account_invoice")

    @classmethod
    def _set_up_sales_accounts(cls):
        receivable = cls._make_account("Receivable", "400000", "asset_receivable")
        income = cls._make_account("Sales", "700000", "income")
        cls.env["ir.default"].set(
            "res.partner",
            "property_account_receivable_id",
            receivable.id,
            company_id=cls.company.id,
        )
        for category in cls.categories.values():
            category.with_company(cls.company).property_account_income_categ_id = income
        cls.journal = cls.env["account.journal"].create(
            {
                "name": "Sales",
                "code": "INV",
                "type": "sale",
                "default_account_id": income.id,
                "company_id": cls.company.id,
            }
        )
        cls.bank = cls.env["account.journal"].create(
            {
                "name": "Bank",
                "code": "BNK",
                "type": "bank",
                "company_id": cls.company.id,
            }
        )

    @classmethod
    def _make_sold_job(cls, ref="PO-77", quantity=10, run_size=5, **values):
        """A planned job with a confirmed sales order."""
        job = cls._make_planned(
            cls._prepare_line(quantity, run_size=run_size),
            partner_id=cls.customer.id,
            customer_ref=ref,
            **values,
        ).with_user(cls.env.user)
        job.action_create_quotation()
        job.sale_order_id.payment_term_id = cls.term
        job.sale_order_id.action_confirm()
        job.line_ids.billing_basis = "made"
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

    @classmethod
    def _invoice(cls, jobs, kind="progress", post=True, **values):
        wizard = cls.env["job.invoice"].create(
            {
                "job_ids": [Command.set(jobs.ids)],
                "kind": kind,
                "date": fields.Date.today(),
                **values,
            }
        )
        invoices = wizard._create_invoices()
        if post:
            invoices.action_post()
        return invoices

    @classmethod
    def _pay(cls, invoice):
        return (
            cls.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": cls.bank.id})
            ._create_payments()
        )

    @classmethod
    def _credit(cls, invoice, post=True):
        credit = invoice._reverse_moves(
            [{"invoice_date": fields.Date.today(), "ref": "Reversal"}]
        )
        if post:
            credit.action_post()
        return credit
