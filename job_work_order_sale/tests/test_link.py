from odoo import Command
from odoo.exceptions import AccessError

from .common import JobSaleCommon


class TestLink(JobSaleCommon):
    """Orders sell jobs, jobs make what orders sell, and nothing is made twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mto = cls.env.ref("stock.route_warehouse0_mto")
        cls.mto.active = True
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.to_order = cls._make_product("Cheese to order", list_price=40)
        cls.to_order.route_ids = [
            Command.set((cls.mto + warehouse.manufacture_pull_id.route_id).ids)
        ]
        cls._make_bom(cls.to_order, [(cls.milk, 10)], minutes=60)

    def _get_runs(self, product):
        return self.env["mrp.production"].search(
            [("product_id", "=", product.id), ("state", "!=", "cancel")]
        )

    def test_job_from_order(self):
        order = self._make_order_of((self.cheese, 8, 50), (self.milk, 5, 1))
        self.assertTrue(order.can_make_job)
        order.with_user(self.env.user).action_create_job()
        job = order.job_ids
        # what has no recipe is not made
        self.assertEqual(job.line_ids.product_id, self.cheese)
        self.assertEqual(job.line_ids.quantity, 8)
        self.assertEqual(job.line_ids.sale_line_id, order.order_line[0])
        self.assertEqual(job.customer_ref, "PO-77")
        self.assertEqual(job.partner_id, self.customer)
        self.assertFalse(order.can_make_job)
        with self.assertRefused("no line left"):
            order.action_create_job()

    def test_adopt_procured(self):
        order = self._make_order_of((self.to_order, 6, 40))
        order.action_confirm()
        run = self._get_runs(self.to_order)
        self.assertEqual(len(run), 1)
        order.action_create_job()
        job = order.job_ids
        self.assertEqual(job.production_ids, run)
        self.assertEqual(run.job_line_id, job.line_ids)
        self.assertEqual(job.line_ids.run_ids.production_id, run)
        job.action_submit()
        self.assertFalse(job.has_unplanned)
        self._complete(run)
        self.assertEqual(job.line_ids.qty_made, 6)
        self.assertEqual(self._get_runs(self.to_order), run)

    def test_job_first(self):
        """The order that is confirmed later takes the runs of the job."""
        job = self._make_job(
            self._prepare_line(6, product=self.to_order), partner_id=self.customer.id
        ).with_env(self.env)
        job.action_create_quotation()
        job.action_submit()
        job.action_plan()
        run = self._get_runs(self.to_order)
        job.sale_order_id.action_confirm()
        self.assertEqual(self._get_runs(self.to_order), run)
        delivery = job.sale_order_id.order_line.move_ids
        self.assertEqual(delivery.move_orig_ids.production_id, run)
        self._complete(run)
        self.assertEqual(delivery.state, "assigned")

    def test_order_confirmed_before_plan(self):
        job = self._make_job(
            self._prepare_line(6, product=self.to_order), partner_id=self.customer.id
        ).with_env(self.env)
        job.action_create_quotation()
        job.sale_order_id.action_confirm()
        self.assertFalse(self._get_runs(self.to_order))
        job.action_submit()
        job.action_plan()
        run = self._get_runs(self.to_order)
        self.assertEqual(run.job_id, job)
        self.assertEqual(
            job.sale_order_id.order_line.move_ids.move_orig_ids.production_id, run
        )

    def test_made_before_order(self):
        job = self._make_job(
            self._prepare_line(6, product=self.to_order), partner_id=self.customer.id
        ).with_env(self.env)
        job.action_create_quotation()
        job.action_complete()
        job.sale_order_id.action_confirm()
        self.assertEqual(len(self._get_runs(self.to_order)), 1)
        self.assertEqual(job.sale_order_id.order_line.move_ids.state, "assigned")

    def test_more_is_sold(self):
        """Nothing is made behind the job's back; its planner is told."""
        job = self._make_job(
            self._prepare_line(6, product=self.to_order), partner_id=self.customer.id
        ).with_env(self.env)
        job.action_create_quotation()
        job.sale_order_id.action_confirm()
        job.sale_order_id.order_line.product_uom_qty = 9
        self.assertFalse(self._get_runs(self.to_order))
        self.assertIn("sells 9", job.activity_ids.mapped("summary")[0])

    def test_twice(self):
        order = self._make_order_of((self.to_order, 6, 40))
        order.action_confirm()
        job = self._make_planned(self._prepare_line(6, product=self.to_order))
        with self.assertRefused("made twice"):
            job.with_env(self.env).sale_order_id = order

    def test_other_customer(self):
        order = self._make_order_of((self.cheese, 6, 40))
        other = self.env["res.partner"].create({"name": "Other"})
        job = self._make_job(partner_id=other.id)
        with self.assertRefused("is an order of"):
            job.with_env(self.env).sale_order_id = order

    def test_order_without_line(self):
        order = self._make_order_of((self.milk, 6, 40))
        with self.assertRefused("no line for"):
            self._make_job().with_env(self.env).sale_order_id = order

    def test_link_by_hand(self):
        job = self._make_sold_job()
        with self.assertRefused("linked on the job"):
            job.line_ids.sale_line_id = False
        with self.assertRefused("is made by"):
            self._make_sold_job(confirm=False).sale_order_id.order_line.unlink()

    def test_off_the_order(self):
        job = self._make_sold_job(confirm=False)
        order = job.sale_order_id
        job.sale_order_id = False
        self.assertFalse(job.line_ids.sale_line_id)
        order.order_line.unlink()

    def test_no_customer(self):
        with self.assertRefused("Who pays"):
            self._make_job().with_env(self.env).action_create_quotation()

    def test_not_billed(self):
        rework = self.env.ref("job_work_order.job_work_order_type_rework")
        self.assertFalse(rework.is_billable)
        job = self._make_job(type_id=rework.id, partner_id=self.customer.id)
        with self.assertRefused("not billed"):
            job.with_env(self.env).action_create_quotation()

    def test_who_makes_jobs(self):
        order = self._make_order_of((self.cheese, 8, 50))
        self.all_leads = self._make_user(
            "leads", "sales_team.group_sale_salesman_all_leads"
        )
        with self.assertRefused("Only planners", AccessError):
            order.with_user(self.all_leads).action_create_job()
        planner = self._make_user(
            "selling-planner",
            "job_work_order.job_work_order_group_planner,"
            "sales_team.group_sale_salesman_all_leads",
        )
        order.with_user(planner).action_create_job()
        self.assertEqual(order.job_ids.user_id, planner)
