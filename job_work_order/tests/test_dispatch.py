from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError

from .common import JobCommon

START = datetime(2025, 3, 3, 8)


class TestDispatch(JobCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.normal = cls._make_planned(date_start=START)
        cls.later = cls._make_planned(date_start=START + timedelta(days=1))
        cls.supervisor = cls._make_user(
            "supervisor", "mrp_operator.mrp_operator_group_supervisor"
        )

    def _get_jobs(self):
        return self.workcenter._get_dispatch().job_id

    def test_priority(self):
        """High before normal, urgent before all."""
        high = self._make_planned(priority="1", date_start=START + timedelta(days=9))
        self.assertEqual(self._get_jobs().ids, (high + self.normal + self.later).ids)
        urgent = self._make_planned(priority="2", date_start=START + timedelta(days=9))
        self.assertEqual(
            self._get_jobs().ids, (urgent + high + self.normal + self.later).ids
        )
        self.assertEqual(urgent.production_ids.priority, "1")
        self.assertEqual(self.normal.production_ids.priority, "0")

    def test_drag(self):
        """What a supervisor arranged comes first, unless something is urgent."""
        moved = self.later.production_ids.workorder_ids.with_user(self.supervisor)
        moved.web_resequence({}, "dispatch_sequence", 0)
        self.assertEqual(self._get_jobs().ids, (self.later + self.normal).ids)
        urgent = self._make_planned(priority="2", date_start=START)
        self.assertEqual(self._get_jobs().ids, (urgent + self.later + self.normal).ids)

    def test_change_priority(self):
        self.later.priority = "2"
        run = self.later.production_ids
        self.assertEqual(run.priority, "1")
        self.assertEqual(set(run.move_raw_ids.mapped("priority")), {"1"})
        self.assertEqual(self._get_jobs().ids, (self.later + self.normal).ids)
        self.later.priority = "0"
        self.assertEqual(self._get_jobs().ids, (self.normal + self.later).ids)

    def test_who_drags(self):
        workorder = self.normal.production_ids.workorder_ids
        user = self._make_user("user", "mrp.group_mrp_user")
        for method, args in (
            ("web_resequence", ({}, "dispatch_sequence", 0)),
            ("write", ({"dispatch_sequence": 3},)),
        ):
            with self.assertRaisesRegex(AccessError, "Only supervisors"):
                getattr(workorder.with_user(user), method)(*args)
        workorder.with_user(self.planner).dispatch_sequence = 3
        with self.assertRaises(AccessError):
            workorder.with_user(self.supervisor).name = "Mine"

    def test_other_company(self):
        other = self._make_company("Dryer")
        stranger = self._make_user(
            "stranger", "mrp_operator.mrp_operator_group_supervisor", other
        )
        workorder = self.normal.production_ids.workorder_ids
        with self.assertRaises(AccessError):
            workorder.with_user(stranger).with_context(
                allowed_company_ids=other.ids
            ).web_resequence({}, "dispatch_sequence", 0)

    def test_tomorrow(self):
        """What is overdue or due until tomorrow night is on the sheet."""
        now = fields.Datetime.now()
        far = self._make_planned(date_start=now + timedelta(days=3))
        self.assertEqual(self._get_jobs(), self.normal | self.later)
        self.assertNotIn(far, self._get_jobs())
        action = self.env["mrp.workcenter"].action_print_dispatch()
        self.assertEqual(action["context"]["active_ids"], self.workcenter.ids)
        (self.normal | self.later).action_cancel()
        with self.assertRaisesRegex(UserError, "anything to do"):
            self.env["mrp.workcenter"].action_print_dispatch()
