from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError

from .test_supervisor import SupervisorCommon


class TestHelp(SupervisorCommon):
    def _find_help(self):
        return self.env["mrp.shop.floor.help"].search([])

    def test_ask_and_answer(self):
        result = self._tap(
            "help", self.token, payload={"topic": "machine", "note": "It smokes"}
        )
        self.assertState(result, "done")
        request = self._find_help()
        self.assertEqual(request.asked_user_ids, self.dora_user)
        self.assertEqual(request.activity_ids.user_id, self.dora_user)
        self.assertIn("Anna", request.activity_ids.summary)
        run = self._get_run(self.token)["data"]["run"]
        self.assertEqual(run["help"]["asked"], self.dora_user.name)
        self.assertTrue(run["help"]["at"])
        (row,) = self._supervise()["data"]["help"]
        self.assertEqual((row["operator"], row["note"]), ("Anna", "It smokes"))
        answer = self._supervise("answer", help_id=row["id"], text="I am coming.")
        self.assertFalse(answer["data"]["help"])
        self.assertEqual(request.state, "answered")
        self.assertFalse(request.activity_ids)
        told = self._get_run(self.token)["data"]["run"]["help"]
        self.assertEqual(told["answer"], "I am coming.")
        self.assertEqual(told["by"], self.dora_user.name)

    def test_bus(self):
        users = type(self.env["res.users"])
        with patch.object(users, "_bus_send", autospec=True) as sent:
            self._tap("help", self.token, payload={"topic": "hands"})
        notices = [
            call.args
            for call in sent.call_args_list
            if call.args[1] == "simple_notification"
        ]
        ((user, _kind, message),) = notices
        self.assertEqual(user, self.dora_user)
        self.assertIn("Anna", message["message"])

    def test_counts_from_the_tap(self):
        self._tap("help", self.token, payload={"topic": "quality"}, minutes=20)
        self.assertAgo(self._find_help().date, 20)

    def test_asked_once(self):
        """Two taps are one request; after the answer there may be another one."""
        payload = {"topic": "material"}
        self._tap("help", self.token, payload=payload)
        again = self._tap("help", self.token, payload=payload)
        self.assertState(again, "refused", "floor-dora.*know already")
        self.assertEqual(len(self._find_help()), 1)
        self._find_help().with_user(self.dora_user).action_come()
        self.assertState(self._tap("help", self.token, payload=payload), "done")

    def test_answered_once(self):
        self._tap("help", self.token, payload={"topic": "other"})
        request = self._find_help().with_user(self.dora_user)
        with self.assertRaisesRegex(UserError, "what you answer"):
            request._answer(" ")
        request.action_come()
        other = self._make_user("second", "supervisor")
        with self.assertRaisesRegex(UserError, "answered already"):
            request.with_user(other)._answer("Me too")

    def test_topic(self):
        for topic in ("coffee", None, 3, ["machine"], {}):
            result = self._tap("help", self.token, payload={"topic": topic})
            self.assertState(result, "refused", "what you need")

    def test_nobody_to_ask(self):
        self.dora_user.group_ids = self.env.ref("base.group_user")
        result = self._tap("help", self.token, payload={"topic": "machine"})
        self.assertState(result, "refused", "role Supervisor")

    def test_through_every_door(self):
        """Nobody writes, answers or deletes a request but the server."""
        self._tap("help", self.token, payload={"topic": "machine"})
        request = self._find_help()
        admin = self.env.ref("base.user_admin")
        admin.group_ids |= self.env.ref("mrp.group_mrp_manager")
        for user in (self.anna_user, self.dora_user, admin):
            own = request.with_user(user)
            for attempt in (
                lambda r=own: r.write({"answer": "x"}),
                lambda r=own: r.unlink(),
                lambda r=own: r.create({"operator_id": self.anna.id}),
                lambda r=own: r.with_context(mrp_server_write=True).write(
                    {"answered_date": fields.Datetime.now()}
                ),
            ):
                with self.assertRaises(UserError):
                    attempt()
        with self.assertRaises(AccessError):
            request.with_user(self.anna_user).action_come()
        self.assertEqual(request.state, "open")

    def test_company_rule(self):
        self._tap("help", self.token, payload={"topic": "machine"})
        other = self.env["res.company"].create({"name": "Elsewhere"})
        user = self._make_user("elsewhere", "supervisor", other)
        env = self.env(user=user, context={})
        self.assertFalse(env["mrp.shop.floor.help"].search([]))
        with self.assertRaises(AccessError):
            self._find_help().with_env(env).action_come()

    # The one next step where a qualification is missing

    def test_ask_override(self):
        self._require_saw()
        row = self._get_work(self.token)["data"]["rows"][0]
        self.assertEqual(row["ask"]["who"], [self.dora_user.name])
        self.assertFalse(row["ask"]["waits"])
        self.assertState(self._tap("ask_override", self.token), "done")
        override = self.env["mrp.skill.override"].search([])
        self.assertEqual(override.operator_id, self.anna)
        self.assertEqual(override.activity_ids.user_id, self.dora_user)
        run = self._get_run(self.token)["data"]["run"]
        self.assertTrue(run["ask"]["waits"])
        self.assertTrue(run["ask"]["at"])
        again = self._tap("ask_override", self.token)
        self.assertState(again, "refused", "asked for already")

    def test_nothing_is_missing(self):
        self.assertFalse(self._get_run(self.token)["data"]["run"]["ask"])
        self.assertState(
            self._tap("ask_override", self.token), "refused", "Nothing is missing"
        )

    def test_contract_ended(self):
        """An override does not help somebody whose contract is over."""
        self._require_saw()
        self.anna.sudo().operator_date_end = fields.Date.today() - timedelta(days=1)
        self.assertFalse(self._get_run(self.token)["data"]["run"]["ask"])
