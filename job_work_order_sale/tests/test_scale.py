from .common import JobSaleCommon


class TestScale(JobSaleCommon):
    """Billing many jobs at once asks fewer queries for each than one by one."""

    BUDGET = 60

    def _count_billing(self, jobs):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        invoices = self._bill(jobs, user=self.env.user, post=False)
        self.env.flush_all()
        self.assertEqual(len(invoices), len(jobs))
        return self.env.cr.sql_log_count - before

    def test_many(self):
        jobs = self.env["job.work.order"].union(
            *(self._make_sold_job(5) for _number in range(13))
        )
        self._complete(jobs.production_ids)
        self._count_billing(jobs[:1])
        few = self._count_billing(jobs[1:5])
        many = self._count_billing(jobs[5:])
        self.assertLess((many - few) / 4, self.BUDGET)

    def test_list_to_bill(self):
        """The sums of many jobs take no more queries than those of a few."""
        jobs = self.env["job.work.order"].union(
            *(self._make_sold_job(5) for _number in range(12))
        )
        self._complete(jobs.production_ids)
        self._bill(jobs[:2])
        names = ("amount_agreed", "amount_billed", "amount_billable", "amount_paid")

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.read(names)
            return self.env.cr.sql_log_count - before

        count(jobs)
        self.assertEqual(count(jobs), count(jobs[:3]))
