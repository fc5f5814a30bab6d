from odoo.exceptions import AccessError, UserError, ValidationError

from .common import JobCommon


class TestApproval(JobCommon):
    def test_inert(self):
        """Nobody asked for approval: submitting is enough."""
        self.production.approval_required = True
        job = self._make_job()
        job.action_submit()
        self.assertEqual(job.state, "approved")
        self.assertFalse(job.approval_ids)
        self.assertEqual(job.submitted_by_id, self.planner)

    def test_approve(self):
        rule = self._make_rule()
        job = self._make_job()
        job.action_submit()
        self.assertEqual(job.state, "to_approve")
        self.assertEqual(job.activity_ids.user_id, self.boss)
        with self.assertRaisesRegex(UserError, "cannot be planned"):
            job.action_plan()
        self.assertFalse(job.can_approve)
        as_boss = job.with_user(self.boss)
        self.assertTrue(as_boss.can_approve)
        as_boss.action_approve()
        self.assertEqual(job.state, "approved")
        approval = job.approval_ids
        self.assertEqual(
            (approval.rule_id, approval.user_id, approval.state),
            (rule, self.boss, "approved"),
        )
        self.assertTrue(approval.date)
        self.assertIn("10 Units Cheese", approval.content)
        self.assertFalse(job.activity_ids)
        job.action_plan()
        self.assertEqual(job.production_ids.state, "confirmed")

    def test_nobody_else(self):
        self._make_rule()
        job = self._make_job()
        job.action_submit()
        with self.assertRaisesRegex(AccessError, "is approved by job-boss"):
            job.action_approve()
        with self.assertRaises(AccessError):
            job.with_user(self.boss).write({"title": "Mine"})

    def test_four_eyes(self):
        rule = self._make_rule(approver_ids=(self.planner | self.boss).ids)
        job = self._make_job()
        job.action_submit()
        self.assertEqual(job.activity_ids.user_id, self.boss)
        with self.assertRaisesRegex(AccessError, "submitted .* yourself"):
            job.action_approve()
        job.with_user(self.boss).action_approve()
        rule.four_eyes = False
        job = self._make_job()
        job.action_submit()
        job.action_approve()
        self.assertEqual(job.state, "approved")

    def test_all_rules(self):
        """Every rule that applies is answered."""
        other = self._make_user("other", "job_work_order.job_work_order_group_reader")
        self._make_rule()
        self._make_rule(name="Other", approver_ids=other.ids)
        job = self._make_job()
        job.action_submit()
        job.with_user(self.boss).action_approve()
        self.assertEqual(job.state, "to_approve")
        with self.assertRaises(AccessError):
            job.with_user(self.boss).action_approve()
        job.with_user(other).action_approve()
        self.assertEqual(job.state, "approved")

    def test_value(self):
        """Ten cheeses of ten litres at one each and an hour of 60 are 700."""
        rule = self._make_rule(minimum_value=700.01)
        job = self._make_job()
        self.assertEqual(job.sudo().estimated_value, 700)
        job.action_submit()
        self.assertEqual(job.state, "approved")
        rule.minimum_value = 700
        job = self._make_job()
        job.action_submit()
        self.assertEqual(job.state, "to_approve")

    def test_type_and_customer(self):
        address = self.env["res.partner"].create(
            {"name": "Dock", "parent_id": self.customer.id}
        )
        self._make_rule(type_ids=self.production.ids, partner_ids=self.customer.ids)
        for values, state in (
            ({"partner_id": self.customer.id}, "to_approve"),
            ({"partner_id": address.id}, "to_approve"),
            ({}, "approved"),
        ):
            job = self._make_job(**values)
            job.action_submit()
            self.assertEqual(job.state, state, values)

    def test_type_without_rule(self):
        """Where a type asks for approval and no rule says by whom: administrators."""
        self.company.job_approval = True
        self.production.approval_required = True
        manager = self._make_user(
            "manager", "job_work_order.job_work_order_group_manager"
        )
        job = self._make_job()
        job.action_submit()
        self.assertIn(manager, job.approval_ids.approver_ids)
        job.with_user(manager).action_approve()
        self.assertEqual(job.state, "approved")

    def test_refuse(self):
        self._make_rule()
        job = self._make_job()
        job.action_submit()
        self.env["job.revision"].with_user(self.boss).create(
            {"job_id": job.id, "reason": "Too dear", "is_refusal": True}
        ).action_apply()
        self.assertEqual(job.state, "draft")
        self.assertEqual(job.approval_ids.state, "refused")
        self.assertEqual(job.approval_ids.note, "Too dear")
        self.assertFalse(job.activity_ids)

    def test_revise(self):
        """What was approved is approved again when it changes."""
        self._make_rule()
        job = self._make_job()
        job.action_submit()
        job.with_user(self.boss).action_approve()
        with self.assertRaisesRegex(UserError, "Press Revise"):
            job.line_ids.quantity = 20
        with self.assertRaisesRegex(UserError, "Press Revise"):
            job.line_ids = [self._prepare_line(1)]
        with self.assertRaisesRegex(UserError, "Press Revise"):
            job.partner_id = self.customer
        self.env["job.revision"].with_user(self.planner).create(
            {"job_id": job.id, "reason": "He wants more"}
        ).action_apply()
        self.assertEqual(job.state, "draft")
        job.line_ids.quantity = 20
        job.action_submit()
        self.assertEqual(job.state, "to_approve")
        job.with_user(self.boss).action_approve()
        self.assertEqual(job.state, "approved")
        self.assertEqual(job.change_ids.kind, "revise")
        self.assertEqual(job.change_ids.reason, "He wants more")
        self.assertEqual(job.change_ids.approved_by_id, self.boss)
        self.assertIn("20 Units", job.approval_ids[0].content)

    def test_decided_once(self):
        self._make_rule()
        job = self._make_job()
        job.action_submit()
        approval = job.approval_ids
        job.with_user(self.boss).action_approve()
        with self.assertRaisesRegex(UserError, "decided already"):
            approval.sudo()._decide("refused")
        with self.assertRaisesRegex(UserError, "does not wait"):
            job.with_user(self.boss).action_approve()

    def test_append_only(self):
        """Nobody writes history, not even administrators of jobs."""
        self._make_rule()
        job = self._make_job()
        job.action_submit()
        manager = self._make_user(
            "manager", "job_work_order.job_work_order_group_manager"
        )
        for user in (self.planner, self.boss, manager):
            approval = job.approval_ids.with_user(user)
            with self.assertRaises(AccessError):
                approval.state = "approved"
            with self.assertRaises(AccessError):
                approval.unlink()
            with self.assertRaises(AccessError):
                approval.create({"job_id": job.id, "state": "approved"})

    def test_approver_of_another_company(self):
        other = self._make_company("Dryer")
        stranger = self._make_user(
            "stranger", "job_work_order.job_work_order_group_reader", other
        )
        with self.assertRaisesRegex(ValidationError, "do not work for"):
            self._make_rule(approver_ids=stranger.ids)
        with self.assertRaisesRegex(ValidationError, "needs an approver"):
            self._make_rule(approver_ids=[])

    def test_rules_of_other_companies(self):
        other = self._make_company("Dryer")
        boss = self._make_user(
            "otherboss", "job_work_order.job_work_order_group_reader", other
        )
        self.env["job.approval.rule"].create(
            {"name": "Dryer", "company_id": other.id, "approver_ids": boss.ids}
        )
        self.company.job_approval = True
        job = self._make_job()
        job.action_submit()
        self.assertEqual(job.state, "approved")

    def test_archived_rule(self):
        self._make_rule().active = False
        job = self._make_job()
        job.action_submit()
        self.assertEqual(job.state, "approved")
