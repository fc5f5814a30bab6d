import random

from hypothesis import given
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.mrp_multi_output.tests.test_random_runs import batches

from .common import JobSaleCommon


class RandomBilling(JobSaleCommon):
    """Billed is what was agreed and made, whatever happens on the way, never twice."""

    def _check(self, seed):
        self.random = random.Random(seed)
        ordered = self.random.randint(3, 12)
        method = self.random.choice(("pricelist", "fixed", "unit"))
        job = self._make_sold_job(
            ordered,
            unit_price=round(self.random.uniform(0.01, 99), 2),
            run_size=self.random.choice((0, 4)),
            pricing_method=method,
            price=round(self.random.uniform(1, 999), 2),
            billing_basis="made"
            if method == "unit"
            else self.random.choice(("made", "delivered")),
            tolerance_over=self.random.choice((0, 10, 50)),
            tolerance_under=self.random.choice((0, 20)),
            bill_scrap=self.random.choice((True, False)),
        )
        if self.random.random() < 0.4:
            self._bill(job, "percent", percent=self.random.randint(1, 100))
        steps = (
            self._make,
            self._make,
            self._ship_some,
            self._bill_some,
            self._bill_some,
            self._credit_some,
            self._cancel_one,
            self._scrap_some,
        )
        for _step in range(self.random.randint(3, 9)):
            self.random.choice(steps)(job)
            self._check_limit(job)
        self._finish(job)

    def _make(self, job):
        left = job.production_ids.filtered(lambda r: r.state not in ("done", "cancel"))
        if left:
            run = left.sorted("id")[0]
            self._make_some(job, self.random.randint(1, int(run.product_qty)))

    def _ship_some(self, job):
        moves = job.sale_order_id.order_line.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )
        if moves and job.line_ids.billing_basis == "delivered":
            self._deliver(job, self.random.randint(1, int(moves[0].product_uom_qty)))

    def _bill_some(self, job):
        if job.line_ids.qty_billable > 0:
            self._bill(job, post=self.random.random() < 0.8)
        else:
            with self.assertRefused("left to bill"):
                self._bill(job)

    def _get_bills(self, job, state):
        return job._get_job_invoice_lines().move_id.filtered(
            lambda move: (
                move.state == state
                and move.move_type == "out_invoice"
                and not move.reversal_move_ids
            )
        )

    def _credit_some(self, job):
        posted = self._get_bills(job, "posted")
        if posted:
            invoice = self.random.choice(posted)
            billed = job.line_ids.qty_billed
            line = invoice.invoice_line_ids.filtered("job_id")
            quantity = self.random.randint(1, max(int(line.quantity), 1))
            if quantity > line.quantity:
                return
            self._credit(invoice, quantity=quantity)
            self.assertBilled(job, billed - quantity)

    def _cancel_one(self, job):
        drafts = self._get_bills(job, "draft")
        if drafts:
            self.random.choice(drafts).button_cancel()

    def _scrap_some(self, job):
        done = job.production_ids.filtered(lambda r: r.state == "done")
        if done and job.line_ids.qty_billable >= 1:
            self.env["stock.scrap"].create(
                {
                    "product_id": self.cheese.id,
                    "scrap_qty": 1,
                    "production_id": self.random.choice(done).id,
                }
            ).do_scrap()

    def _check_limit(self, job):
        """Our rows, Odoo's sum and the invoices agree, and are within the limit."""
        line = job.line_ids
        line.invalidate_recordset()
        sale_line = line.sale_line_id
        self.assertAlmostEqual(line.qty_billed, sale_line.qty_invoiced, places=6)
        self.assertAlmostEqual(
            line.qty_billed,
            sum(
                bill.quantity * (1 if bill.move_id.move_type == "out_invoice" else -1)
                for bill in sale_line.invoice_lines
                if bill.parent_state != "cancel"
            ),
            places=6,
        )
        most = sale_line.product_uom_qty * (1 + line.tolerance_over / 100)
        self.assertLessEqual(line.qty_billed, most + 1e-6)
        for run in job.production_ids:
            rows = line.billing_ids.filtered(
                lambda row, run=run: row.production_id == run and row._is_effective()
            )
            billed = sum(rows.mapped("quantity"))
            self.assertGreaterEqual(billed, -1e-6)

    def _finish(self, job):
        """In the end exactly what may be billed is billed, and not once more."""
        line = job.line_ids
        while job.production_ids.filtered(lambda r: r.state not in ("done", "cancel")):
            self._make(job)
        if line.qty_billable > 0:
            self._bill(job, "final", accept_short=True)
        self._check_limit(job)
        limit = line._get_billing_limit()
        if line.qty_billable >= 0:
            self.assertBilled(job, limit)
        with self.assertRaises(UserError):
            self._bill(job)
        if line.pricing_method == "fixed" and limit == line.qty_ordered:
            currency = line.sale_currency_id
            if not any(
                bill.move_id.move_type == "out_refund"
                for bill in line.sale_line_id.invoice_lines
            ):
                self.assertFalse(
                    currency.compare_amounts(
                        job.amount_billed, currency.round(line.price)
                    )
                )


class TestRandomBilling(RandomBilling):
    @batches(5)
    @given(st.integers(0, 2**32))
    def test_billing(self, seed):
        self._check(seed)


@tagged("post_install", "-at_install", "heavy")
class TestManyRandomBilling(RandomBilling):
    @batches(40)
    @given(st.integers(0, 2**32))
    def test_billing(self, seed):
        self._check(seed)
