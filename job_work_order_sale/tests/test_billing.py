from odoo import Command, fields
from odoo.exceptions import UserError

from .common import JobSaleCommon


class TestBilling(JobSaleCommon):
    """Deposit, progress, final; never twice, whatever the door."""

    def test_whole_way(self):
        job = self._make_sold_job(10, 50)
        deposit = self._bill(job, "percent", percent=30)
        self.assertEqual(deposit.amount_untaxed, 150)
        self.assertEqual(job.amount_deposit, 150)
        self.assertBilled(job, 0)
        self._make_some(job, 4)
        progress = self._bill(job)
        self.assertEqual(progress.amount_untaxed, 200)
        self.assertBilled(job, 4)
        self._make_some(job, 6)
        self.assertEqual(job.billing_state, "open")
        final = self._bill(job, "final")
        self.assertEqual(final.amount_untaxed, 6 * 50 - 150)
        self.assertEqual(final.amount_tax, 31.5)
        self.assertBilled(job, 10)
        self.assertEqual(job.billing_state, "billed")
        self.assertEqual(job.amount_billed, 500)
        self.assertFalse(job.amount_deposit)
        for invoice in deposit + progress + final:
            self._pay(invoice)
        job.invalidate_recordset()
        self.assertEqual(job.amount_paid, 500)
        self.assertEqual(sum((deposit + progress + final).mapped("amount_total")), 605)

    def test_names(self):
        job = self._make_sold_job(10, run_size=5)
        self._complete(job.production_ids)
        invoice = self._bill(job)
        text = invoice.invoice_line_ids.name
        for name in (job.name, "PO-77", *job.production_ids.mapped("name")):
            self.assertIn(name, text)
        rows = job.billing_ids
        self.assertEqual(rows.production_id, job.production_ids)
        self.assertEqual(rows.mapped("quantity"), [5, 5])

    def test_nothing_left(self):
        job = self._make_sold_job(10)
        with self.assertRefused("left to bill"):
            self._bill(job)
        self._make_some(job, 4)
        self._bill(job, post=False)
        with self.assertRefused("left to bill"):
            self._bill(job)

    def test_core_door(self):
        """Odoo's own button on the sales order bills what the job says."""
        job = self._make_sold_job(10)
        order = job.sale_order_id
        with self.assertRaises(UserError):
            order._create_invoices()
        self._make_some(job, 4)
        invoice = order._create_invoices()
        self.assertEqual(invoice.invoice_line_ids.quantity, 4)
        self.assertBilled(job, 4)
        self.assertEqual(job.billing_ids.quantity, 4)
        with self.assertRaises(UserError):
            order._create_invoices()

    def test_more_by_hand(self):
        job = self._make_sold_job(10)
        self._make_some(job, 4)
        line = self._bill(job, post=False).invoice_line_ids
        with self.assertRefused("more than may be"):
            line.quantity = 5
        line.quantity = 3
        self.assertBilled(job, 3)
        self.assertEqual(job.billing_ids.mapped("quantity"), [-1, 4])
        line.quantity = 4
        self.assertBilled(job, 4)

    def test_copy(self):
        """A copy of an invoice bills the job once more, and is refused."""
        job = self._make_sold_job(10)
        self._make_some(job, 4)
        invoice = self._bill(job)
        with self.assertRefused("more than may be"):
            invoice.copy()
        self._make_some(job, 6)
        self.assertBilled(job, 4)
        invoice.copy()
        self.assertBilled(job, 8)

    def test_linked_by_rpc(self):
        job = self._make_sold_job(10)
        self._make_some(job, 4)
        self._bill(job)
        sale_line = job.line_ids.sale_line_id
        vals = {
            "move_type": "out_invoice",
            "partner_id": self.customer.id,
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": self.cheese.id,
                        "quantity": 1,
                        "price_unit": 50,
                        "sale_line_ids": [Command.link(sale_line.id)],
                    }
                )
            ],
        }
        with self.assertRefused("more than may be"):
            self.env["account.move"].create(vals)
        del vals["invoice_line_ids"][0][2]["sale_line_ids"]
        loose = self.env["account.move"].create(vals)
        with self.assertRefused("more than may be"):
            loose.invoice_line_ids.sale_line_ids = sale_line

    def test_off_the_job(self):
        job = self._make_sold_job(10)
        self._make_some(job, 4)
        invoice = self._bill(job)
        with self.assertRefused("stays with it"):
            invoice.invoice_line_ids.sale_line_ids = False

    def test_credit(self):
        job = self._make_sold_job(10, run_size=5)
        self._complete(job.production_ids)
        invoice = self._bill(job)
        self._credit(invoice, quantity=3)
        self.assertBilled(job, 7)
        # the last run is open again, by three
        open_parts = job.line_ids._get_open_parts()
        self.assertEqual(open_parts, [(job.production_ids.sorted("id")[1], 3)])
        again = self._bill(job)
        self.assertEqual(again.invoice_line_ids.quantity, 3)
        self.assertBilled(job, 10)

    def test_credit_cancelled(self):
        """A credit note that is taken back bills again: refused when it was billed."""
        job = self._make_sold_job(10)
        self._complete(job.production_ids)
        credit = self._credit(self._bill(job))
        again = self._bill(job)
        with self.assertRefused("more than may be"):
            credit.button_draft()
            credit.button_cancel()
        again.button_draft()
        again.button_cancel()
        self.assertBilled(job, 0)
        credit.button_draft()
        credit.button_cancel()
        self.assertBilled(job, 10)

    def test_credit_deleted(self):
        job = self._make_sold_job(10)
        self._complete(job.production_ids)
        credit = self._credit(self._bill(job), post=False)
        self._bill(job)
        with self.assertRefused("more than may be"):
            credit.unlink()

    def test_cancel_and_back(self):
        job = self._make_sold_job(10)
        self._make_some(job, 4)
        invoice = self._bill(job, post=False)
        invoice.button_cancel()
        self.assertBilled(job, 0)
        again = self._bill(job, post=False)
        with self.assertRefused("more than may be"):
            invoice.button_draft()
        again.unlink()
        self.assertBilled(job, 0)
        invoice.button_draft()
        self.assertBilled(job, 4)

    def test_modify(self):
        """Odoo's credit and replace bills as much as before."""
        job = self._make_sold_job(10)
        self._make_some(job, 4)
        invoice = self._bill(job)
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": self.sale_journal.id})
        )
        wizard.modify_moves()
        self.assertBilled(job, 4)

    def test_rows_stay(self):
        job = self._make_sold_job(10)
        self._make_some(job, 4)
        self._bill(job)
        row = job.billing_ids
        with self.assertRefused("not rewritten"):
            row.quantity = 1
        with self.assertRefused("stays"):
            row.unlink()

    def test_delivered(self):
        job = self._make_sold_job(10, billing_basis="delivered")
        self._complete(job.production_ids)
        with self.assertRefused("left to bill"):
            self._bill(job)
        self._deliver(job, 7)
        self.assertEqual(self._bill(job).invoice_line_ids.quantity, 7)

    def test_ordered(self):
        job = self._make_sold_job(10, billing_basis="ordered")
        self.assertEqual(self._bill(job).invoice_line_ids.quantity, 10)
        self._complete(job.production_ids)
        with self.assertRefused("left to bill"):
            self._bill(job)

    def test_over(self):
        job = self._make_sold_job(10, tolerance_over=10)
        run = job.production_ids
        run.qty_producing = 12
        run._set_qty_producing(False)
        self._complete(run)
        self.assertEqual(job.line_ids.qty_made, 12)
        self.assertEqual(self._bill(job).invoice_line_ids.quantity, 11)

    def test_under(self):
        job = self._make_sold_job(10, tolerance_under=5)
        self._make_some(job, 9)
        with self.assertRefused("under-delivery of 5 %"):
            self._bill(job, "final")
        short = self._bill(job, "final", accept_short=True)
        self.assertEqual(short.invoice_line_ids.quantity, 9)

    def test_scrap(self):
        job = self._make_sold_job(10)
        run = job.production_ids
        self._complete(run)
        self.env["stock.scrap"].create(
            {
                "product_id": self.cheese.id,
                "scrap_qty": 2,
                "production_id": run.id,
            }
        ).do_scrap()
        self.assertEqual(job.line_ids.qty_made, 8)
        job.line_ids.bill_scrap = True
        self.assertEqual(job.line_ids.qty_made, 10)

    def test_unbuild(self):
        """What is taken apart after it was billed has to be credited."""
        job = self._make_sold_job(10)
        run = job.production_ids
        self._complete(run)
        draft = self._bill(job, post=False)
        self.env["mrp.unbuild"].create(
            {
                "product_id": self.cheese.id,
                "bom_id": self.bom.id,
                "mo_id": run.id,
                "product_qty": 4,
            }
        ).action_unbuild()
        self.assertEqual(job.line_ids.qty_billable, -4)
        with self.assertRefused("more than may be"):
            draft.action_post()
        draft.invoice_line_ids.quantity = 6
        draft.action_post()
        self.assertBilled(job, 6)

    def test_from_run(self):
        job = self._make_sold_job(10, run_size=5)
        self._complete(job.production_ids)
        second = job.production_ids.sorted("id")[1]
        both = self._make_user(
            "both",
            "mrp.group_mrp_user,job_work_order_sale.job_work_order_sale_group_billing",
        )
        action = second.with_user(both).action_invoice_job()
        self.assertEqual(action["res_model"], "job.invoice")
        invoice = self._bill(job, user=both, run_ids=[Command.set(second.ids)])
        self.assertEqual(invoice.invoice_line_ids.quantity, 5)
        self.assertEqual(job.billing_ids.production_id, second)

    def test_many(self):
        jobs = self.env["job.work.order"]
        for _number in range(3):
            jobs |= self._make_sold_job(10)
        self._complete(jobs.production_ids)
        invoices = self._bill(jobs[:2], consolidate=True)
        self.assertEqual(len(invoices), 1)
        self.assertEqual(invoices._get_jobs(), jobs[:2])
        # what is billed already is passed over
        self.assertEqual(self._bill(jobs)._get_jobs(), jobs[2])

    def test_grouped_by_terms(self):
        terms = self.env["account.payment.term"].create({"name": "Cash"})
        first, second = self._make_sold_job(10), self._make_sold_job(10)
        second.sale_order_id.payment_term_id = terms
        self._complete((first + second).production_ids)
        self.assertEqual(len(self._bill(first + second, consolidate=True)), 2)

    def test_some_of_it(self):
        job = self._make_sold_job(10)
        self._complete(job.production_ids)
        wizard = (
            self.env["job.invoice"]
            .with_user(self.biller)
            .create({"job_ids": [Command.set(job.ids)]})
        )
        self.assertEqual(wizard.line_ids.quantity, 10)
        for wrong in (0, -1):
            wizard.line_ids.quantity = wrong
            with self.assertRefused("above 0"):
                wizard._create_invoices()
        wizard.line_ids.quantity = 12
        with self.assertRefused("more than may be"):
            wizard._create_invoices()
        wizard.line_ids.quantity = 4
        wizard._create_invoices()
        self.assertBilled(job, 4)

    def test_deposit_taken_back(self):
        """A deposit above what is made ends in a credit note of the final."""
        job = self._make_sold_job(10)
        self._bill(job, "amount", amount=605)
        self._make_some(job, 4)
        final = self._bill(job, "final", accept_short=True)
        self.assertEqual(final.move_type, "out_refund")
        self.assertEqual(final.amount_untaxed, 300)
        self.assertBilled(job, 4)

    def test_discount_and_early_payment(self):
        terms = self.env["account.payment.term"].create(
            {
                "name": "2/7",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 7,
                "line_ids": [Command.create({"value": "percent", "value_amount": 100})],
            }
        )
        job = self._make_sold_job(10)
        job.sale_order_id.payment_term_id = terms
        job.line_ids.sale_line_id.discount = 10
        self._complete(job.production_ids)
        invoice = self._bill(job)
        self.assertEqual(invoice.amount_untaxed, 450)
        self.assertEqual(invoice.invoice_payment_term_id, terms)
        self.assertEqual(invoice.invoice_date, fields.Date.today())

    def test_cancelled_run(self):
        job = self._make_sold_job(10, run_size=5)
        first = self._make_some(job, 5)
        self._bill(job)
        # flexible orders could be "cancelled" once they are done
        with self.assertRefused("was billed by"):
            first.action_cancel()
        second = job.production_ids - first
        second.action_cancel()
        self.assertEqual(job.line_ids.qty_billable, 0)

    def test_coproducts(self):
        whey = self._make_product("Whey", list_price=3)
        self._set_price(whey, 2)
        bom = self._make_recipe(
            self._make_product("Quark", list_price=20),
            [{"product_id": whey.id, "product_qty": 4, "output_type": "co_product"}],
        )
        product = bom.product_tmpl_id.product_variant_id
        job = self._make_job(
            self._prepare_line(5, product=product), partner_id=self.customer.id
        ).with_env(self.env)
        job.action_create_quotation()
        job.sale_order_id.action_confirm()
        job.action_submit()
        job.action_plan()
        job.line_ids.bill_coproducts = True
        self._complete(job.production_ids)
        deliveries = len(job.sale_order_id.picking_ids)
        invoice = self._bill(job)
        line = invoice.invoice_line_ids.filtered(lambda line: line.product_id == whey)
        self.assertEqual(line.quantity, 20)
        self.assertEqual(line.job_id, job)
        self.assertEqual(len(job.sale_order_id.picking_ids), deliveries)
        with self.assertRefused("would be billed in all"):
            invoice.button_draft()
            line.quantity = 21
