from datetime import datetime

from odoo.tests import HttpCase, tagged

from .common import JobCommon

NEW = "/odoo/action-job_work_order.job_work_order_action/new"


class JobTours(JobCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        admin = cls.env.ref("base.user_admin")
        admin.company_ids |= cls.company
        admin.company_id = cls.company
        admin.group_ids |= cls.env.user.group_ids
        cls.admin = admin
        # first among all products, where a phone lists them
        cls.cheese.write(
            {"name": "Tour Cheese", "default_code": "0000", "is_favorite": True}
        )

    def _get_job(self):
        """:return: the only job of the company"""
        jobs = self.env["job.work.order"]
        return jobs.search([("company_id", "=", self.company.id)])

    def _plan_a_day(self, tour):
        self._make_rule(approver_ids=self.admin.ids, four_eyes=False)
        self.start_tour(NEW, tour, login="admin")
        job = self._get_job()
        self.assertEqual(job.state, "approved")
        self.assertEqual(job.approval_ids.user_id, self.admin)
        self.assertEqual(job.production_ids.mapped("product_qty"), [4, 4, 4])
        self.authenticate("admin", "admin")
        paper = self.url_open(f"/report/html/job_work_order.job_travellers/{job.id}")
        for run in job.production_ids:
            self.assertIn(run.name, paper.text)


@tagged("post_install", "-at_install", "browser")
class TestDesktop(JobTours):
    def test_day(self):
        self._plan_a_day("job_work_order_day")

    def test_simple(self):
        self.company._apply_job_preset("simple")
        self.start_tour(NEW, "job_work_order_simple", login="admin")
        job = self._get_job()
        self.assertEqual(job.state, "done")
        self.assertEqual(self.cheese.qty_available, 1)

    def test_dashboard(self):
        self.company.job_target_throughput = 7
        job = self._make_planned(self._prepare_line(10, run_size=5))
        self._complete(job.sudo().production_ids)
        self.start_tour(
            "/odoo/job-dashboard", "job_work_order_dashboard", login="admin"
        )
        self.assertTrue(self.company.job_first_day_hidden)

    def test_tomorrow(self):
        first, second = (
            self._make_planned(title=title, date_start=datetime(2025, 3, day))
            for title, day in (("First", 3), ("Second", 4))
        )
        supervisor = self._make_user(
            "tour-supervisor", "mrp_operator.mrp_operator_group_supervisor"
        )
        supervisor.password = supervisor.login
        second.sudo().production_ids.workorder_ids.name = "Second"
        self.start_tour(
            "/odoo/action-job_work_order.mrp_workorder_action_dispatch",
            "job_work_order_dispatch",
            login=supervisor.login,
        )
        self.assertEqual(
            self.workcenter._get_dispatch().job_id.ids, (second + first).ids
        )


@tagged("post_install", "-at_install", "browser")
class TestPhone(JobTours):
    browser_size = "375x667"
    touch_enabled = True

    def test_day(self):
        self._plan_a_day("job_work_order_day_phone")


@tagged("post_install", "-at_install", "browser", "heavy")
class TestTrial(HttpCase):
    """What the README promises a new user: from an empty company to a cost."""

    def test_first_hour(self):
        admin = self.env.ref("base.user_admin")
        company = self.env["res.company"].create({"name": "New Shop"})
        admin.company_ids |= company
        admin.company_id = company
        admin.group_ids |= self.env.ref("mrp.group_mrp_manager")
        admin.group_ids |= self.env.ref("mrp_run_cost.mrp_run_cost_group_viewer")
        self.start_tour(
            "/odoo/action-mrp.action_mrp_configuration",
            "job_work_order_trial",
            login="admin",
            timeout=180,
        )
        job = self.env["job.work.order"].search([("company_id", "=", company.id)])
        self.assertEqual(job.state, "done")
        self.assertEqual(job.cost_actual, 5 * (10 * 0.4 + 60))
