from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError

from .common import OPERATOR, OperatorCommon, at


class TestClocks(OperatorCommon):
    def test_two_on_one_operation(self):
        self.cut._start_operators(self.anna | self.bert)
        self.assertEqual(self.cut.working_operator_ids, self.anna | self.bert)
        self.assertEqual(self.cut.state, "progress")
        self.assertEqual(self.order.state, "progress")
        self.cut._stop_operators(self.anna)
        self.assertEqual(self.cut.working_operator_ids, self.bert)
        self.cut._stop_operators()
        self.assertFalse(self.cut.working_operator_ids)

    def test_start_twice(self):
        self.cut._start_operators(self.anna)
        self.cut._start_operators(self.anna | self.bert)
        self.assertEqual(len(self.cut.time_ids), 2)
        with self.assertRaisesRegex(ValidationError, "Anna works on .* already"):
            self._log(self.cut, self.anna, at(8), False)

    def test_one_on_two_operations(self):
        (self.cut | self.form)._start_operators(self.anna)
        self.assertEqual(self.cut.working_operator_ids, self.anna)
        self.assertEqual(self.form.working_operator_ids, self.anna)

    def test_operators_keep_their_user(self):
        user = self._make_user("anna-clock", "mrp.group_mrp_user", self.anna)
        self.cut._start_operators(self.anna | self.bert | self.cora)
        users = {log.operator_id: log.user_id for log in self.cut.time_ids}
        self.assertEqual(users[self.anna], user)
        self.assertFalse(users[self.bert] | users[self.cora])

    def test_own_start(self):
        """Whoever is an operator and clicks works himself."""
        user = self._make_user("anna-own", "mrp.group_mrp_user", self.anna)
        self.cut.operator_ids = self.bert
        cut = self.cut.with_user(user)
        cut.button_start()
        self.assertEqual(cut.working_operator_ids, self.anna)
        self.assertTrue(cut.is_user_working)
        cut._start_operators(self.bert)
        cut.button_pending()
        self.assertEqual(cut.working_operator_ids, self.bert)

    def test_start_for_those_planned(self):
        self.cut.operator_ids = self.anna | self.bert
        cut = self.cut.with_user(self.user)
        cut.button_start()
        self.assertEqual(cut.working_operator_ids, self.anna | self.bert)
        cut.invalidate_recordset(["is_user_working"])
        self.assertTrue(cut.is_user_working)
        cut.button_pending()
        self.assertFalse(cut.working_operator_ids)

    def test_resume_those_who_paused(self):
        self.cut._start_operators(self.anna | self.bert)
        self.cut.with_user(self.user).button_pending()
        self.cut.with_user(self.user).button_start()
        self.assertEqual(self.cut.working_operator_ids, self.anna | self.bert)

    def test_start_of_nobody(self):
        """Who is no operator is never taken for one."""
        cut = self.cut.with_user(self.user)
        action = cut.with_context(ask_operators=True).button_start()
        self.assertEqual(action["res_model"], "mrp.operator.assign")
        self.assertEqual(cut.state, "ready")
        cut.button_start()
        self.assertEqual(cut.state, "progress")
        self.assertFalse(cut.time_ids.operator_id)

    def test_assign(self):
        self.env["mrp.operator.presence"]._sign_in(self.cora, self.saw)
        wizard = (
            self.env["mrp.operator.assign"]
            .with_user(self.user)
            .create({"workorder_ids": [(6, 0, self.cut.ids)]})
        )
        self.assertEqual(wizard.operator_ids, self.cora)
        wizard.operator_ids = self.anna
        wizard.action_start()
        self.assertEqual(self.cut.working_operator_ids, self.anna)

    def test_an_untracked_clock_that_runs(self):
        self.company.mrp_operator_tracking = False
        log = self.env["mrp.workcenter.productivity"].create(
            {
                "workorder_id": self.cut.id,
                "workcenter_id": self.saw.id,
                "loss_id": self.env.ref("mrp.block_reason7").id,
                "operator_id": self.anna.id,
                "date_start": fields.Datetime.subtract(
                    fields.Datetime.now(), minutes=10
                ),
            }
        )
        self.assertFalse(log.date_end)
        self.assertAlmostEqual(self.cut.get_duration(), 10, delta=1)

    def test_whoever_sees_a_work_center_sees_who_is_there(self):
        self.env["mrp.operator.presence"].sudo().create(
            {
                "operator_id": self.anna.id,
                "workcenter_id": self.saw.id,
                "company_id": self.company.id,
                "date_start": fields.Datetime.now(),
            }
        )
        [values] = self.saw.with_user(self.user).read(["crew_ids"])
        self.assertEqual(values["crew_ids"], self.anna.ids)

    def test_not_tracked(self):
        """Nobody is asked, but an operator's time is his."""
        self.company.mrp_operator_tracking = False
        user = self._make_user("anna-quiet", "mrp.group_mrp_user", self.anna)
        self.cut.operator_ids = self.bert
        self.cut.with_user(user).button_start()
        self.assertEqual(self.cut.time_ids.operator_id, self.anna)
        form = self.form.with_user(self.user).with_context(ask_operators=True)
        self.assertIsNone(form.button_start())
        self.assertFalse(form.time_ids.operator_id)
        self.assertEqual(form.time_ids.user_id, self.user)
        form.button_pending()
        self.assertTrue(form.time_ids.date_end)

    def test_not_tracked_is_as_odoo_counts(self):
        """Parallel work shares nothing, a crew is judged by the sum of its time."""
        self.company.mrp_operator_tracking = False
        self.company.mrp_labor_cost = True
        cut = self._log(self.cut, self.anna, at(8), at(9))
        form = self._log(self.form, self.anna, at(8), at(9))
        self.assertEqual((cut.seconds, form.seconds), (3600, 3600))
        self.assertEqual((self.cut.duration, self.form.duration), (60, 60))
        self.assertFalse(cut.labor_rate)

    def test_pause_waits_for_a_reason(self):
        """Whoever stops last pauses the operation; a handover does not."""
        self.company.mrp_delay_tracking = True
        self.cut._start_operators(self.anna | self.bert)
        self.cut._stop_operators(self.anna)
        self.cut._hand_over(self.bert, self.cora)
        self.assertFalse(self.cut.delay_ids)
        self.cut._stop_operators(self.cora)
        self.assertEqual(self.cut.delay_ids.kind, "pause")
        self.cut._start_operators(self.anna)
        self.assertTrue(self.cut.delay_ids.date_end)

    def test_user_of_an_import(self):
        """A log that names a user is the time of his employee."""
        user = self._make_user("anna-import", "mrp.group_mrp_user", self.anna)
        log = self.env["mrp.workcenter.productivity"].create(
            {
                "workorder_id": self.cut.id,
                "workcenter_id": self.saw.id,
                "loss_id": self.env.ref("mrp.block_reason7").id,
                "user_id": user.id,
                "date_start": at(8),
                "date_end": at(9),
            }
        )
        self.assertEqual(log.operator_id, self.anna)

    def test_running_time_is_shared(self):
        with freeze_time(at(8)):
            (self.cut | self.form)._start_operators(self.anna)
        with (
            freeze_time(at(9)),
            patch.object(type(self.env.cr), "now", lambda cr: at(9)),
        ):
            self.assertEqual(self.cut.get_duration(), 30)
            self.cut._stop_operators()
            self.assertEqual(self.cut.duration, 30)

    def test_crew_in_time(self):
        """Two who take the expected time together are not late."""
        self.cut.duration_expected = 60
        with freeze_time(at(8)):
            self.cut._start_operators(self.anna | self.bert)
        with freeze_time(at(9)):
            self.cut._stop_operators()
        self.assertEqual(set(self.cut.time_ids.mapped("loss_type")), {"productive"})

    def test_overrun_is_split(self):
        self.cut.duration_expected = 60
        with freeze_time(at(8)):
            self.cut._start_operators(self.anna | self.bert)
        with freeze_time(at(9, 30)):
            self.cut._stop_operators()
        for operator in (self.anna, self.bert):
            logs = self.cut.time_ids.filtered(
                lambda log, who=operator: log.operator_id == who
            ).sorted("date_start")
            self.assertEqual(logs.mapped("loss_type"), ["productive", "performance"])
            self.assertEqual(logs.mapped("seconds"), [3600, 1800])
            self.assertEqual(logs[0].date_end, logs[1].date_start)

    def test_effectiveness_counts_once(self):
        """A crew of two does not make a work center run twice as long."""
        now = fields.Datetime.now()
        for operator in (self.anna, self.bert):
            self._log(self.cut, operator, now - timedelta(hours=2), now)
        self.env.invalidate_all()
        self.assertEqual(self.saw.productive_time, 2)
        self.assertEqual(self.saw.oee, 100)

    def test_backorder_keeps_the_plan(self):
        self.cut.operator_ids = self.anna
        self.anna.operator_date_end = "2024-12-31"
        self.order.qty_producing = 4
        self.order.with_context(
            skip_consumption=True,
            skip_redirection=True,
            skip_backorder=True,
            mo_ids_to_backorder=self.order.ids,
        ).button_mark_done()
        backorder = self.order.production_group_id.production_ids - self.order
        self.assertEqual(backorder.workorder_ids[0].operator_ids, self.anna)

    def test_archived_operator_stops(self):
        self.cut._start_operators(self.anna)
        self.env["mrp.operator.presence"]._sign_in(self.anna, self.saw)
        self.anna.active = False
        self.assertTrue(self.cut.time_ids.date_end)
        self.assertFalse(self.saw.presence_ids)

    def test_operator_stays_in_his_company(self):
        self._log(self.cut, self.anna, at(8), at(9))
        other = self._make_company("Other Dairy")
        with self.assertRaisesRegex(ValidationError, "logged time for"):
            self.anna.company_id = other


class TestHandover(OperatorCommon):
    def setUp(self):
        super().setUp()
        self.cut._start_operators(self.anna)

    def test_hand_over(self):
        self.cut._hand_over(self.anna, self.bert, "Blade is dull", 4)
        self.assertEqual(self.cut.working_operator_ids, self.bert)
        self.assertEqual(self.cut.qty_good, 4)
        self.assertEqual(self.cut.handover_note, "Blade is dull")
        body = self.order.message_ids[0].body
        self.assertIn("Anna handed over to Bert", body)
        self.assertIn("Blade is dull", body)

    def test_refused_changes_nothing(self):
        self.bert.active = False
        with self.assertRaisesRegex(UserError, "Bert is archived"):
            self.cut._hand_over(self.anna, self.bert, "note", 4)
        self.assertEqual(self.cut.working_operator_ids, self.anna)
        self.assertFalse(self.cut.operation_quantity_ids)

    def test_wizard(self):
        user = self._make_user("anna-hand", OPERATOR, self.anna)
        wizard = (
            self.env["mrp.operator.handover"]
            .with_user(user)
            .create({"workorder_id": self.cut.id})
        )
        self.assertEqual(wizard.leaving_ids, self.anna)
        with self.assertRaisesRegex(UserError, "Choose who goes on"):
            wizard.action_hand_over()
        wizard.arriving_ids = self.bert
        wizard.quantity = 3
        wizard.note = "<b>Mind</b> the blade"
        wizard.action_hand_over()
        self.assertEqual(self.cut.working_operator_ids, self.bert)
        self.assertIn("&lt;b&gt;", self.order.message_ids[0].body)

    def test_others_do_not_hand_over(self):
        user = self._make_user("cora-hand", OPERATOR, self.cora)
        wizard = (
            self.env["mrp.operator.handover"]
            .with_user(user)
            .create(
                {
                    "workorder_id": self.cut.id,
                    "leaving_ids": [(6, 0, self.anna.ids)],
                    "arriving_ids": [(6, 0, self.bert.ids)],
                }
            )
        )
        with self.assertRaisesRegex(UserError, "Only supervisors"):
            wizard.action_hand_over()


class TestPresence(OperatorCommon):
    def test_sign_in_and_out(self):
        presences = self.env["mrp.operator.presence"]
        presence = presences._sign_in(self.anna | self.bert, self.saw)
        self.assertEqual(self.saw.crew_ids, self.anna | self.bert)
        self.assertEqual(presences._sign_in(self.anna, self.saw), presence[0])
        self.cut._start_operators(self.anna | self.bert)
        presence.invalidate_recordset(["workorder_ids"])
        self.assertEqual(presence[0].workorder_ids, self.cut)
        presence[0].action_sign_out()
        self.assertEqual(self.cut.working_operator_ids, self.bert)
        self.assertEqual(self.saw.crew_ids, self.bert)

    def test_self_service(self):
        user = self._make_user("anna-sign", OPERATOR, self.anna)
        self.saw.with_user(user).action_sign_in()
        self.assertEqual(self.saw.crew_ids, self.anna)
        other = self.env["mrp.operator.presence"]._sign_in(self.bert, self.saw)
        with self.assertRaisesRegex(UserError, "Only Bert or a supervisor"):
            other.with_user(user).action_sign_out()
        with self.assertRaises(UserError):
            other.with_user(user).write({"date_end": at(8)})

    def test_other_company(self):
        other = self._make_company("Other Dairy")
        stranger = self._make_operator(
            "Stranger", company_id=other.id, resource_calendar_id=False
        )
        with self.assertRaisesRegex(UserError, "works for Other Dairy"):
            self.env["mrp.operator.presence"]._sign_in(stranger, self.saw)
