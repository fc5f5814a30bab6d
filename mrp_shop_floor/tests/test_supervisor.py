from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError

from ..controllers.api import SUPERVISOR as ACTIONS
from ..services.supervisor import SupervisorService
from .common import ShopFloorCommon


class SupervisorCommon(ShopFloorCommon):
    """Dora supervises; she is an operator, too. Anna works."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mrp_delay_tracking = True
        # whatever the time of the day: outside working hours stops have no length
        cls.company.mrp_micro_stop_limit = 0
        cls.dora_user = cls._make_user("dora", "supervisor")
        cls.dora = cls.env["hr.employee"].create(
            {
                "name": "Dora",
                "is_operator": True,
                "company_id": cls.company.id,
                "user_id": cls.dora_user.id,
            }
        )

    def setUp(self):
        super().setUp()
        self.token = self._sign_in()
        self.dora_token = self._start_page(self.dora_user)[0]["token"]
        self._sign_in_earlier()

    def _supervise(self, action="open", user=None, token=None, **params):
        service = self._serve(
            SupervisorService, user or self.dora_user, token or self.dora_token
        )
        answer = getattr(service, action)(**params)
        self.env.flush_all()
        self.env.invalidate_all()
        return answer

    def _require_saw(self):
        kind = self.env["hr.skill.type"].create(
            {
                "name": "Machines",
                "skill_ids": [Command.create({"name": "Slicer"})],
                "skill_level_ids": [
                    Command.create({"name": "Able", "level_progress": 60})
                ],
            }
        )
        return self.env["mrp.skill.requirement"].create(
            {
                "workcenter_id": self.saw.id,
                "skill_id": kind.skill_ids.id,
                "skill_level_id": kind.skill_level_ids.id,
                "certificate_required": False,
            }
        )


class TestSupervisor(SupervisorCommon):
    def _queue(self, workcenter=None):
        queue = self._supervise()["data"]["queue"]
        place = next(p for p in queue if p["id"] == (workcenter or self.saw).id)
        return [row["id"] for row in place["rows"]]

    # Who

    def test_operators_are_kept_out(self):
        """Of every action: also by those who are signed in on her phone."""
        bert_token = self._identify(self.dora_user, badge="BADGEBERT")["data"][
            "signed_in"
        ]["token"]
        params = {
            "open": {},
            "order": {"workcenter_id": self.saw.id, "workorder_ids": []},
            "assign": {"workorder_id": self.cut.id, "operator_ids": []},
            "hand_over": {"workorder_id": self.cut.id, "from_id": 1, "to_id": 2},
            "answer": {"help_id": 1, "text": "x"},
            "decide": {"override_id": 1, "approve": True},
            "unblock": {"workcenter_id": self.saw.id},
            "explain": {"delay_id": 1, "reason_id": self.stop_reason.id},
        }
        self.assertEqual(set(params), ACTIONS)
        for action, values in params.items():
            with self.assertRaisesRegex(AccessError, "supervisors"):
                self._supervise(action, self.anna_user, self.token, **values)
            with self.assertRaisesRegex(AccessError, "Bert"):
                self._supervise(action, self.dora_user, bert_token, **values)

    def test_supervisor_without_an_employee(self):
        user = self._make_user("office", "supervisor")
        self.assertFalse(self._start_page(user))
        answer = self._serve(SupervisorService, user).open()
        self.assertTrue(answer["data"]["queue"])

    def test_other_company(self):
        """Nothing of another company is seen or changed."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        user = self._make_user("other", "supervisor", other)
        data = self._serve(SupervisorService, user).open()["data"]
        self.assertFalse(data["queue"] or data["crew"] or data["late"])
        with self.assertRaises(UserError):
            self._serve(SupervisorService, user).assign(self.cut.id, [])
        with self.assertRaises(UserError):
            self._serve(SupervisorService, user).unblock(self.saw.id)

    # Crew

    def test_crew(self):
        self.env["mrp.operator.presence"]._sign_in(self.bert, self.press)
        self._tap("start", self.token)
        crew = {one["name"]: one for one in self._supervise()["data"]["crew"]}
        self.assertEqual(crew["Anna"]["works"][0]["operation"], "Cut")
        self.assertTrue(crew["Anna"]["works"][0]["since"])
        self.assertTrue(crew["Anna"]["phone"])
        self.assertEqual(crew["Bert"]["at"][0]["place"], self.press.name)
        self.assertFalse(crew["Cora"]["at"] or crew["Cora"]["works"])
        self.assertEqual(next(iter(crew)), "Anna")

    # Order of work

    def test_order(self):
        first = self.cut
        second = self._make_order(self.bom, 3).workorder_ids[0]
        third = self._make_order(self.bom, 4).workorder_ids[0]
        for days, workorder in enumerate(first | second | third):
            workorder.date_start = fields.Datetime.now() + timedelta(days=days)
        self.assertEqual(self._queue(), [first.id, second.id, third.id])
        dates = (first | second | third).mapped("date_start")
        self._supervise(
            "order", workcenter_id=self.saw.id, workorder_ids=[third.id, first.id]
        )
        expected = [third.id, first.id, second.id]
        self.assertEqual(self._queue(), expected)
        # operators see the same order; the plan is not touched
        rows = self._get_work(self.token)["data"]["rows"]
        ids = [row["id"] for row in rows if row["workcenter"] == self.saw.name]
        self.assertEqual(ids, expected)
        self.assertEqual((first | second | third).mapped("date_start"), dates)
        self._supervise("order", workcenter_id=self.saw.id, workorder_ids=[])
        self.assertEqual(self._queue(), [first.id, second.id, third.id])

    def test_order_of_garbage(self):
        for ids in (["x", None, True], [10**9], None, [self.form.id]):
            self._supervise("order", workcenter_id=self.saw.id, workorder_ids=ids)
        self.assertEqual(self.form.shop_floor_rank, 1000)

    # Reassign

    def test_assign(self):
        self._supervise("assign", workorder_id=self.cut.id, operator_ids=self.bert.ids)
        self.assertEqual(self.cut.operator_ids, self.bert)
        rows = self._get_work(self.token)["data"]["rows"]
        self.assertNotIn(self.cut.id, [row["id"] for row in rows])
        self._supervise("assign", workorder_id=self.cut.id, operator_ids=[])
        self.assertFalse(self.cut.operator_ids)

    def test_assign_goes_through_the_gate(self):
        self._require_saw()
        with self.assertRaisesRegex(UserError, "Slicer"):
            self._supervise(
                "assign", workorder_id=self.cut.id, operator_ids=self.bert.ids
            )
        self.assertFalse(self.cut.operator_ids)

    def test_hand_over(self):
        self._tap("start", self.token)
        self._supervise(
            "hand_over",
            workorder_id=self.cut.id,
            from_id=self.anna.id,
            to_id=self.bert.id,
        )
        self.assertEqual(self.cut.working_operator_ids, self.bert)
        with self.assertRaisesRegex(UserError, "any more"):
            self._supervise(
                "hand_over",
                workorder_id=self.cut.id,
                from_id=self.anna.id,
                to_id=self.bert.id,
            )

    # Overrides

    def _ask_override(self):
        self._require_saw()
        self.assertState(self._tap("ask_override", self.token), "done")
        return self.env["mrp.skill.override"].search(
            [("workorder_id", "=", self.cut.id)]
        )

    def test_approve(self):
        override = self._ask_override()
        reason = self.override_reason
        (row,) = self._supervise()["data"]["overrides"]
        self.assertEqual((row["operator"], row["operation"]), ("Anna", "Cut"))
        self.assertIn("Slicer", row["missing"])
        self.assertIn(reason.id, row["reasons"])
        with self.assertRaisesRegex(UserError, "reason"):
            self._supervise("decide", override_id=override.id, approve=True)
        answer = self._supervise(
            "decide", override_id=override.id, approve=True, reason_id=reason.id
        )
        self.assertFalse(answer["data"]["overrides"])
        self.assertEqual(override.state, "approved")
        self.assertEqual(override.supervisor_id, self.dora_user)
        self.assertState(self._tap("start", self.token), "done")
        with self.assertRaisesRegex(UserError, "already"):
            self._supervise("decide", override_id=override.id, approve=False)

    def test_decline(self):
        override = self._ask_override()
        self._supervise("decide", override_id=override.id, approve=False)
        self.assertEqual(override.state, "refused")
        self.assertState(self._tap("start", self.token), "refused", "Slicer")
        run = self._get_run(self.token)["data"]["run"]
        self.assertTrue(run["ask"]["refused"])

    def test_never_for_oneself(self):
        self._require_saw()
        self._tap("ask_override", self.dora_token, user=self.dora_user)
        reason = self.override_reason
        override = self.env["mrp.skill.override"].search(
            [("operator_id", "=", self.dora.id)]
        )
        # she is not asked about herself, and nobody else is there
        self.assertFalse(override)
        other = self._make_user("other-sup", "supervisor")
        self._tap("ask_override", self.dora_token, user=self.dora_user)
        override = self.env["mrp.skill.override"].search(
            [("operator_id", "=", self.dora.id)]
        )
        (row,) = self._supervise()["data"]["overrides"]
        self.assertTrue(row["own"])
        with self.assertRaisesRegex(UserError, "for himself"):
            self._supervise(
                "decide", override_id=override.id, approve=True, reason_id=reason.id
            )
        self._serve(SupervisorService, other).decide(override.id, True, reason.id)
        self.assertEqual(override.state, "approved")

    # What stands, and why

    def test_unblock(self):
        self._tap("block", self.token, payload={"reason_id": self.stop_reason.id})
        (row,) = self._supervise()["data"]["blocked"]
        self.assertEqual(row["reason"], self.stop_reason.name)
        self.assertIn("Cut", row["waiting"][0])
        answer = self._supervise("unblock", workcenter_id=self.saw.id)
        self.assertFalse(answer["data"]["blocked"])
        self.assertNotEqual(self.saw.working_state, "blocked")
        # twice does no harm
        self._supervise("unblock", workcenter_id=self.saw.id)

    def test_explain(self):
        self._tap("start", self.token, minutes=60)
        self._tap("pause", self.token, minutes=30)
        self._tap("start", self.token)
        (row,) = self._supervise()["data"]["delays"]
        self.assertIn(self.stop_reason.id, row["reasons"])
        delay = self.cut.delay_ids
        # also after the shift: the role decides
        delay.sudo().deadline = fields.Datetime.now() - timedelta(days=1)
        self._supervise("explain", delay_id=delay.id, reason_id=self.stop_reason.id)
        self.assertEqual(delay.line_ids.reason_id, self.stop_reason)
        self.assertEqual(delay.line_ids.user_id, self.dora_user)
        with self.assertRaisesRegex(UserError, "already"):
            self._supervise("explain", delay_id=delay.id, reason_id=self.stop_reason.id)

    def test_explain_with_a_reason_that_does_not_fit(self):
        self._tap("start", self.token, minutes=60)
        self._tap("pause", self.token, minutes=30)
        self._tap("start", self.token)
        (row,) = self._supervise()["data"]["delays"]
        self.assertNotIn(self.scrap_reason.id, row["reasons"])
        with self.assertRaises(UserError):
            self._supervise(
                "explain", delay_id=row["id"], reason_id=self.scrap_reason.id
            )

    def test_late(self):
        self.assertFalse(self._supervise()["data"]["late"])
        now = fields.Datetime.now()
        self.order._set_baseline(now - timedelta(hours=9), now - timedelta(hours=5))
        (row,) = self._supervise()["data"]["late"]
        self.assertEqual(row["order"], self.order.name)
        self.assertAlmostEqual(row["hours"], 5, 1)
        self.assertTrue(row["operations"])

    def test_count_on_my_work(self):
        self._tap("help", self.token, payload={"topic": "machine"})
        self._tap("block", self.token)
        data = self._get_work(self.dora_token, self.dora_user)["data"]
        self.assertEqual(data["for_supervisor"], 2)
        self.assertEqual(self._get_work(self.token)["data"]["for_supervisor"], 0)

    def test_queries_do_not_grow(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._serve(SupervisorService, self.dora_user, self.dora_token).open()
            return self.env.cr.sql_log_count - before

        self._make_order(self.bom, 3)
        count()
        few = count()
        for _n in range(10):
            self._make_order(self.bom, 3)
        count()
        self.assertLessEqual(count(), few + 6)
