from contextlib import contextmanager

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user

from odoo.addons.job_work_order.tests.common import JobCommon


class JobSaleCommon(JobCommon):
    """A company that sells: accounts, a sales journal, a tax, and who bills."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids |= (
            cls.env.ref("sales_team.group_sale_manager")
            | cls.env.ref("account.group_account_manager")
            | cls.env.ref("job_work_order.job_work_order_group_planner")
            | cls.env.ref("job_work_order_sale.job_work_order_sale_group_billing")
        )
        cls._set_up_sales(cls.company)
        cls.biller = cls._make_user(
            "biller", "job_work_order_sale.job_work_order_sale_group_billing"
        )
        cls.seller = cls._make_user("seller", "sales_team.group_sale_salesman")
        cls.cheese.write({"list_price": 50, "invoice_policy": "order"})
        cls.customer.write({"country_id": cls.env.ref("base.be").id})

    @classmethod
    def _set_up_sales(cls, company):
        company.account_fiscal_country_id = cls.env.ref("base.be")
        income = cls._make_account("Sales", "400000", "income", company)
        receivable = cls._make_account(
            "Customers", "121000", "asset_receivable", company
        )
        receivable.reconcile = True
        company.income_account_id = income
        cls.income = income
        cls.receivable = receivable
        cls.sale_journal = (
            cls.env["account.journal"]
            .with_company(company)
            .create(
                {
                    "name": "Sales",
                    "code": "INV",
                    "type": "sale",
                    "default_account_id": income.id,
                }
            )
        )
        cls.bank_journal = (
            cls.env["account.journal"]
            .with_company(company)
            .create({"name": "Bank", "code": "BNK", "type": "bank"})
        )
        outstanding = cls._make_account(
            "Outstanding", "110903", "asset_current", company
        )
        outstanding.reconcile = True
        lines = cls.bank_journal.inbound_payment_method_line_ids
        lines.payment_account_id = outstanding
        cls.customer.with_company(company).property_account_receivable_id = receivable
        for category in cls.categories.values():
            category.with_company(company).property_account_income_categ_id = income
        group = cls.env["account.tax.group"].create(
            {"name": "VAT", "company_id": company.id}
        )
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "VAT 21%",
                "amount": 21,
                "type_tax_use": "sale",
                "tax_group_id": group.id,
                "company_id": company.id,
                "country_id": cls.env.ref("base.be").id,
                "invoice_repartition_line_ids": [
                    Command.create({"repartition_type": "base"}),
                    Command.create(
                        {"repartition_type": "tax", "account_id": income.id}
                    ),
                ],
                "refund_repartition_line_ids": [
                    Command.create({"repartition_type": "base"}),
                    Command.create(
                        {"repartition_type": "tax", "account_id": income.id}
                    ),
                ],
            }
        )

    @classmethod
    def _make_order_of(cls, *lines, **values):
        """A quotation.

        :param lines: ``(product, quantity, price)``
        """
        return cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "client_order_ref": "PO-77",
                "company_id": cls.company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.set(cls.tax.ids)],
                        }
                    )
                    for product, quantity, price in lines
                ],
                **values,
            }
        )

    @classmethod
    def _make_sold_job(cls, quantity=10, unit_price=50, confirm=True, **values):
        """A planned job and its confirmed sales order.

        :param values: of the job line
        """
        job = cls._make_job(
            cls._prepare_line(quantity, run_size=values.pop("run_size", 0)),
            partner_id=cls.customer.id,
            customer_ref="PO-77",
        )
        job.sudo().action_create_quotation()
        job = job.sudo(False).with_env(cls.env)
        line = job.line_ids
        line.sale_line_id.write(
            {"price_unit": unit_price, "tax_ids": [Command.set(cls.tax.ids)]}
        )
        if values:
            line.write(values)
        if confirm:
            job.sale_order_id.action_confirm()
        job.action_submit()
        job.action_plan()
        return job

    @classmethod
    def _make_some(cls, job, quantity):
        """Make some of what is open, and leave the rest in a backorder."""
        run = job.production_ids.filtered(
            lambda run: run.state not in ("done", "cancel") and not run.job_is_child
        ).sorted("id")[:1]
        run.qty_producing = quantity
        run._set_qty_producing(False)
        run.with_context(
            skip_consumption=True,
            skip_redirection=True,
            skip_backorder=True,
            mo_ids_to_backorder=run.ids if quantity < run.product_qty else [],
        ).button_mark_done()
        assert run.state == "done"
        return run

    @classmethod
    def _deliver(cls, job, quantity):
        moves = job.sale_order_id.order_line.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )
        moves._action_assign()
        moves.quantity = quantity
        moves.picked = True
        moves._action_done(cancel_backorder=False)

    @classmethod
    def _bill(cls, job, kind="progress", user=None, post=True, **values):
        """Bill a job the way the dialog does."""
        wizard = (
            cls.env["job.invoice"]
            .with_user(user or cls.biller)
            .create({"job_ids": [Command.set(job.ids)], "kind": kind, **values})
        )
        invoices = wizard._create_invoices().with_env(cls.env)
        if post:
            invoices.action_post()
        return invoices

    @classmethod
    def _credit(cls, invoice, post=True, quantity=None):
        credit = invoice._reverse_moves([{"invoice_date": fields.Date.today()}])
        if quantity is not None:
            credit.invoice_line_ids.filtered(
                lambda line: line.display_type == "product"
            ).quantity = quantity
        if post:
            credit.action_post()
        return credit

    @classmethod
    def _pay(cls, invoice):
        cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"journal_id": cls.bank_journal.id})._create_payments()

    @classmethod
    def _make_accountant(cls, name, groups="account.group_account_invoice"):
        return new_test_user(
            cls.env,
            f"job-sale-{name}",
            groups=f"base.group_user,{groups}",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @contextmanager
    def assertRefused(self, text, error=UserError):
        """Refused, and nothing of it is left: as in a request, all is rolled back."""
        with self.assertRaises(error) as caught:
            yield
        self.assertRegex(str(caught.exception), text)

    def assertBilled(self, job, quantity):
        """Our rows, Odoo's own sum and what is shown agree."""
        line = job.line_ids
        line.invalidate_recordset()
        self.assertAlmostEqual(line.qty_billed, quantity, places=6)
        self.assertAlmostEqual(line.sale_line_id.qty_invoiced, quantity, places=6)
