from .common import JobCommon


class TestScale(JobCommon):
    """Lists of jobs ask the same number of queries, however many there are."""

    BUDGET = 15

    def _count_list(self, jobs):
        view = jobs.get_view(
            self.env.ref("job_work_order.job_work_order_view_list").id, "list"
        )
        names = [
            name
            for name in view["models"]["job.work.order"]
            if name in jobs._fields and name != "activity_ids"
        ]
        specification = {
            name: {"fields": {"display_name": {}}}
            if jobs._fields[name].type in ("many2one", "many2many")
            else {}
            for name in names
        }
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        jobs.web_search_read([("id", "in", jobs.ids)], specification, limit=2000)
        return self.env.cr.sql_log_count - before

    def _make_jobs(self, count):
        jobs = self._make_job(partner_id=self.customer.id)
        jobs |= jobs.create(
            [
                {
                    "partner_id": self.customer.id,
                    "customer_ref": f"PO-{number}",
                    "line_ids": [self._prepare_line(2)],
                }
                for number in range(count - 1)
            ]
        )
        jobs.action_submit()
        jobs.action_plan()
        jobs.production_ids.do_unreserve()
        return jobs

    def test_list(self):
        jobs = self._make_jobs(40)
        user = self._make_user(
            "lister",
            "job_work_order.job_work_order_group_planner,"
            "mrp_run_cost.mrp_run_cost_group_viewer",
        )
        jobs = jobs.with_user(user)
        self._count_list(jobs[:2])
        few, many = self._count_list(jobs[:2]), self._count_list(jobs)
        self.assertLessEqual(many, few + 1)
        self.assertLessEqual(many, self.BUDGET)

    def test_material(self):
        jobs = self._make_jobs(30)
        moves = jobs.production_ids.move_raw_ids
        moves = moves.browse(moves.ids)

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._get_material_status()
            return self.env.cr.sql_log_count - before

        count(moves[:2])
        self.assertLessEqual(count(moves), count(moves[:2]) + 1)
