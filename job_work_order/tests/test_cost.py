from odoo.exceptions import AccessError

from .common import JobCommon


class TestCost(JobCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.viewer = cls._make_user("viewer", "mrp_run_cost.mrp_run_cost_group_viewer")

    def test_planned_and_actual(self):
        job = self._make_planned(self._prepare_line(10, run_size=5))
        seen = job.with_user(self.viewer)
        self.assertEqual((seen.cost_planned, seen.cost_actual), (700, 0))
        first, second = job.production_ids
        self._log_time(first.workorder_ids, 360)
        self._complete(first)
        seen.invalidate_recordset()
        self.assertEqual(seen.cost_actual, 50 + 360)
        self.assertEqual(seen.cost_variance, 60)
        first_wip = seen.wip_value
        self.assertEqual(first_wip, 0)
        self._log_time(second.workorder_ids, 60)
        seen.invalidate_recordset()
        self.assertEqual(seen.wip_value, 60)

    def test_sheet(self):
        job = self._make_planned()
        self._complete(job.production_ids)
        rows = {row[0].code: row[1:] for row in job.sudo()._get_cost_by_element()}
        self.assertEqual(rows["material"], (100, 100, 0))
        self.assertEqual(sum(row[1] for row in rows.values()), job.sudo().cost_actual)

    def test_subassembly_counts_once(self):
        part = self._make_product("Curd")
        self._make_bom(part, [(self.milk, 5)])
        whole = self._make_product("Wheel")
        self._make_bom(whole, [(part, 2)])
        job = self._make_job(
            self._prepare_line(3, product=whole, make_subassemblies=True)
        )
        job.action_complete()
        self.assertEqual(job.sudo().cost_actual, 30)
        lines = self.env["job.cost.report"].search([("job_id", "=", job.id)])
        own = lines.filtered(lambda line: not line.is_child)
        self.assertEqual(sum(own.mapped("amount")), 30)
        self.assertEqual(sum((lines - own).mapped("amount")), 30)

    def test_unfolded(self):
        """Labour of a sub-assembly is labour of the job; the sum stays the same."""
        part = self._make_product("Curd")
        self._make_bom(part, [(self.milk, 5)], minutes=30)
        whole = self._make_product("Wheel")
        self._make_bom(whole, [(part, 2), (self.milk, 1)], minutes=60)
        job = self._make_job(
            self._prepare_line(3, product=whole, make_subassemblies=True)
        )
        job.action_submit()
        job.action_plan()
        for run in job.production_ids.sorted("job_is_child", reverse=True):
            self._log_time(run.workorder_ids, 60)
            self._complete(run)
        job = job.sudo()
        rows = {row[0].code: row[1:] for row in job._get_unfolded_cost()}
        hours = self.workcenter.hour_cost_element
        # six curds took an hour and thirty litres, three wheels an hour and three
        self.assertEqual(rows["material"][1], 33)
        self.assertEqual(rows[hours][1], 120)
        self.assertEqual(rows[hours][3], 60)
        self.assertEqual(sum(row[2] for row in rows.values()), job.cost_variance)
        self.assertEqual(sum(row[1] for row in rows.values()), job.cost_actual)
        self.assertEqual(sum(row[0] for row in rows.values()), job.cost_planned)

    def test_unfolded_from_stock(self):
        """What was taken from stock stays material."""
        part = self._make_product("Curd")
        self._make_bom(part, [(self.milk, 5)], minutes=30)
        whole = self._make_product("Wheel")
        self._make_bom(whole, [(part, 2)])
        self._receive(part, 100, 7)
        job = self._make_job(self._prepare_line(3, product=whole))
        job.action_complete()
        rows = {row[0].code: row[1:] for row in job.sudo()._get_unfolded_cost()}
        self.assertEqual(rows["material"][1], 42)
        self.assertEqual(set(rows), {"material"})

    def test_variances(self):
        """Ten were planned, eight made: with 90 litres instead of 80, at 1.10."""
        job = self._make_planned()
        run = job.sudo().production_ids
        self.milk.standard_price = 1.1
        run.qty_producing = 8
        run._set_qty_producing()
        self._log_time(run.workorder_ids, 480)
        run.workorder_ids.button_finish()
        run.move_raw_ids.manual_consumption = True
        run.move_raw_ids.quantity = 90
        self._complete(run)
        lines = self.env["job.cost.report"].search([("job_id", "=", job.id)])
        material = lines.filtered(lambda line: line.element_id.code == "material")
        self.assertAlmostEqual(material.output_variance, -20)
        self.assertAlmostEqual(material.usage_variance, 10)
        self.assertAlmostEqual(material.price_variance, 9)
        for line in lines:
            self.assertAlmostEqual(
                line.output_variance
                + line.usage_variance
                + line.efficiency_variance
                + line.price_variance
                + line.rate_variance,
                line.variance,
            )
        # eight were to take eight hours, and took eight
        hours = lines - material
        self.assertAlmostEqual(sum(hours.mapped("output_variance")), -120)
        self.assertAlmostEqual(sum(hours.mapped("efficiency_variance")), 0)
        self.assertAlmostEqual(sum(hours.mapped("usage_variance")), 0)
        causes = dict(job.sudo()._get_variance_by_cause())
        self.assertAlmostEqual(sum(causes.values()), job.sudo().cost_variance)

    def test_expensed(self):
        """A prototype is stocked without value; its cost is a loss of the period."""
        job = self._make_job(type_id=self.prototype.id, instructions="Try")
        job.action_complete()
        run = job.production_ids.sudo()
        self.assertEqual(run.abnormal_loss, 700)
        self.assertEqual(job.sudo().cost_actual, 700)
        self.assertEqual(self._get_values(run), {self.cheese: 0})
        self.assertBalanced(run)
        loss = run._get_abnormal_loss_account()
        self.assertEqual(self._get_balance(loss), 700)

    def test_viewers_only(self):
        job = self._make_planned()
        for name in ("cost_planned", "cost_actual", "wip_value", "estimated_value"):
            with self.assertRaises(AccessError):
                job.with_user(self.planner).read([name])
        with self.assertRaises(AccessError):
            self.env["job.cost.report"].with_user(self.planner).search([])
        change = self._change(
            job, "quantity", production_id=job.production_ids.id, quantity=4
        )
        with self.assertRaises(AccessError):
            change.with_user(self.planner).read(["cost_effect"])
        self.assertEqual(change.with_user(self.viewer).cost_effect, -420)

    def test_report_of_other_company(self):
        self._make_planned()
        other = self._make_company("Dryer")
        stranger = self._make_user(
            "stranger", "mrp_run_cost.mrp_run_cost_group_viewer", other
        )
        report = self.env["job.cost.report"].with_user(stranger)
        self.assertFalse(report.with_context(allowed_company_ids=other.ids).search([]))
