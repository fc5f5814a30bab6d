import random

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.mrp_multi_output.tests.test_random_runs import batches

from .common import JobCommon


class RandomJobs(JobCommon):
    """The cost sheet of any job is what its outputs are worth and what was booked."""

    def _amount(self, low, high):
        return round(self.random.uniform(low, high), self.random.choice((0, 2)))

    def _make_random_bom(self, product, components):
        parts = self.random.sample(components, self.random.randint(1, len(components)))
        return self._make_bom(
            product,
            [(part, self._amount(0.01, 20) or 1) for part in parts],
            minutes=self.random.choice((0, 7, 60)),
            product_qty=self.random.choice((1, 3, 7.5)),
        )

    def _make_random_job(self):
        job_type = self.random.choice((self.production, self.prototype))
        milks = [
            self._make_product(f"Milk {number}", price=self._amount(0, 5))
            for number in range(2)
        ]
        for milk in milks:
            self._receive(milk, 100000, self._amount(0, 5))
        curd = self._make_product("Curd", self.random.choice(("average", "fifo")))
        self._make_random_bom(curd, milks)
        lines = []
        for number in range(self.random.randint(1, 3)):
            product = self._make_product(
                f"Cheese {number}",
                self.random.choice(("average", "fifo", "standard")),
                price=self._amount(0, 50),
            )
            self._make_random_bom(product, milks + [curd])
            lines.append(
                self._prepare_line(
                    self.random.choice((1, 3, 12)),
                    product=product,
                    make_subassemblies=True,
                    run_size=self.random.choice((0, 5)),
                    product_uom_id=self.env.ref(
                        self.random.choice(
                            ("uom.product_uom_unit", "uom.product_uom_dozen")
                        )
                    ).id,
                )
            )
        return self._make_job(*lines, type_id=job_type.id, instructions="Make")

    def _check(self, seed):
        self.random = random.Random(seed)
        job = self._make_random_job()
        job.action_complete()
        self.env.flush_all()
        self.assertEqual(job.state, "done")
        job = job.sudo()
        runs = job.production_ids
        own = job._get_costed_runs()
        currency = job.currency_id
        # the sheet is the sum of its runs, its elements and its report
        self.assertFalse(
            currency.compare_amounts(
                job.cost_actual, sum(own.mapped("run_cost_actual"))
            )
        )
        self.assertFalse(
            currency.compare_amounts(
                job.cost_actual, sum(row[2] for row in job._get_cost_by_element())
            )
        )
        unfolded = job._get_unfolded_cost()
        for column, amount in ((1, job.cost_planned), (2, job.cost_actual)):
            self.assertFalse(
                currency.compare_amounts(amount, sum(row[column] for row in unfolded))
            )
        report = self.env["job.cost.report"].search(
            [("job_id", "=", job.id), ("is_child", "=", False)]
        )
        self.assertFalse(
            currency.compare_amounts(job.cost_actual, sum(report.mapped("amount")))
        )
        # valuation: stock at its value, and what was not stocked
        outputs = own.move_finished_ids.filtered(lambda m: m.state == "done")
        stocked = sum(outputs.mapped("value"))
        journal = self._get_journal(own)
        self.assertFalse(
            currency.compare_amounts(job.cost_actual, stocked + journal),
            f"sheet {job.cost_actual}, stock {stocked}, variance and loss {journal}",
        )
        # journal: nothing is left in production
        self.assertBalanced(runs)
        self.assertFalse(currency.round(job.wip_value))

    def _get_journal(self, runs):
        """:return: what the entries of the runs put on variance and loss accounts"""
        accounts = (
            self.company.production_variance_account_id
            | self.company.abnormal_loss_account_id
        )
        lines = runs.run_entry_ids.line_ids
        return sum(
            lines.filtered(lambda line: line.account_id in accounts).mapped("balance")
        )


class TestRandomJobs(RandomJobs):
    @batches(6)
    @given(st.integers(0, 2**32))
    def test_jobs(self, seed):
        self._check(seed)


@tagged("post_install", "-at_install", "heavy")
class TestManyRandomJobs(RandomJobs):
    @batches(40)
    @given(st.integers(0, 2**32))
    def test_jobs(self, seed):
        self._check(seed)
