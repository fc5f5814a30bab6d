from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError

from .common import JobCommon

START = datetime(2025, 3, 3, 8)


class TestChange(JobCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._make_planned(cls._prepare_line(10, run_size=5), date_start=START)
        cls.first, cls.second = cls.job.production_ids.sorted("date_start")

    def test_add(self):
        """A run more of five costs 350 more."""
        change = self._change(
            self.job, "add", quantity=5, date_start=START + timedelta(days=7)
        )
        added = self.job.production_ids - self.first - self.second
        self.assertEqual(added.state, "confirmed")
        self.assertEqual(change.production_id, added)
        self.assertEqual(change.sudo().cost_effect, 350)
        self.assertEqual((change.reason, change.user_id), ("Asked for", self.planner))
        self.assertEqual(self.job.line_ids.quantity, 15)
        self.assertFalse(change.approved_by_id)

    def test_add_needs_approval(self):
        self._make_rule()
        change = self._change(self.job, "add", quantity=5, date_start=START)
        self.assertEqual(self.job.state, "to_approve")
        self.assertEqual(change.production_id.state, "draft")
        self.assertEqual(self.first.state, "confirmed")
        with self.assertRaisesRegex(UserError, "cannot go to the floor"):
            change.production_id.action_confirm()
        self.job.with_user(self.boss).action_approve()
        self.assertTrue(self.job.has_unplanned)
        self.job.action_plan()
        self.assertEqual(change.production_id.state, "confirmed")
        change.invalidate_recordset()
        self.assertEqual(change.approved_by_id, self.boss)

    def test_quantity(self):
        change = self._change(
            self.job, "quantity", production_id=self.first.id, quantity=2
        )
        self.assertEqual(self.first.product_qty, 2)
        self.assertEqual(self.first.move_raw_ids.product_uom_qty, 20)
        self.assertEqual(change.sudo().cost_effect, -210)
        self.assertEqual(self.job.line_ids.quantity, 7)
        self.assertEqual(self.job.line_ids.run_ids[0].quantity, 2)
        self._change(self.job, "quantity", production_id=self.first.id, quantity=5)
        self.assertEqual(self.job.line_ids.quantity, 10)

    def test_quantity_needs_approval(self):
        self._make_rule()
        with self.assertRaisesRegex(UserError, "add a run"):
            self._change(self.job, "quantity", production_id=self.first.id, quantity=6)
        self._change(self.job, "quantity", production_id=self.first.id, quantity=4)
        self.assertEqual(self.job.phase, "approved")

    def test_date(self):
        """The frozen plan moves along, and says why."""
        later = START + timedelta(days=1)
        change = self._change(
            self.job, "date", production_id=self.first.id, date_start=later
        )
        self.assertEqual(self.first.date_start, later)
        self.assertEqual(self.first.baseline_start, later)
        self.assertEqual(self.first.baseline_change_ids.note, "Asked for")
        self.assertEqual(change.sudo().cost_effect, 0)
        self.assertIn("2025-03-04", change.description)

    def test_split(self):
        self._change(self.job, "split", production_id=self.first.id, parts=2)
        self.assertEqual(
            sorted(self.job.production_ids.mapped("product_qty")), [2.5, 2.5, 5]
        )
        rows = self.job.line_ids.run_ids
        self.assertEqual(sum(rows.mapped("quantity")), 10)
        self.assertEqual(rows.production_id, self.job.production_ids)
        self.assertEqual(self.job.change_ids.mapped("kind"), ["split"])

    def test_cancel(self):
        change = self._change(self.job, "cancel", production_id=self.first.id)
        self.assertEqual(self.first.state, "cancel")
        self.assertEqual(change.sudo().cost_effect, -350)
        self.assertEqual(self.job.line_ids.quantity, 5)
        self.assertEqual(len(self.job.change_ids), 1)

    def test_on_the_order(self):
        """Odoo's own buttons are recorded, too."""
        self.second.sudo().action_cancel()
        self.first.product_qty = 4
        kinds = self.job.change_ids.mapped("kind")
        self.assertEqual(kinds, ["quantity", "cancel"])
        self.assertEqual(
            set(self.job.change_ids.mapped("reason")), {"On the manufacturing order"}
        )
        self.assertEqual(self.job.change_ids.user_id, self.planner)
        self.assertEqual(self.job.line_ids.quantity, 4)

    def test_begun(self):
        self.first.workorder_ids.button_start()
        with self.assertRaisesRegex(UserError, "has begun"):
            self._change(self.job, "cancel", production_id=self.first.id)

    def test_lacks(self):
        for kind, values, word in (
            ("add", {"date_start": START}, "Quantity above 0"),
            ("add", {"quantity": 1}, "Start"),
            ("quantity", {"quantity": 1}, "Run of the job"),
            ("split", {"production_id": self.first.id, "parts": 1}, "two parts"),
            ("cancel", {"production_id": self._make_order(self.bom).id}, "Run of"),
        ):
            with self.assertRaisesRegex(UserError, word):
                self._change(self.job, kind, **values)

    def test_finished_run(self):
        self._complete(self.first)
        with self.assertRaisesRegex(UserError, "is over"):
            self._change(self.job, "cancel", production_id=self.first.id)

    def test_no_planner(self):
        user = self._make_user("user", "mrp.group_mrp_user")
        with self.assertRaises(AccessError):
            self.env["job.run.change"].with_user(user).create(
                {"job_id": self.job.id, "reason": "x"}
            )
        for model in ("job.work.order.change", "job.work.order.approval"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.planner).create({"job_id": self.job.id})

    def test_revised_lines(self):
        """While a job is revised, what runs were made of stays."""
        self.env["job.revision"].with_user(self.planner).create(
            {"job_id": self.job.id, "reason": "Other cheese"}
        ).action_apply()
        with self.assertRaisesRegex(UserError, "has runs already"):
            self.job.line_ids.product_id = self.milk
        self.job.line_ids = [self._prepare_line(3)]
        self.job.action_submit()
        self.job.action_plan()
        self.assertEqual(len(self.job.production_ids), 3)
