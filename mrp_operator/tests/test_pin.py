import threading
from types import SimpleNamespace
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError
from odoo.modules.registry import Registry
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..models import hr_employee_pin, mrp_operator_attempt
from .common import OPERATOR, SUPERVISOR, OperatorCommon


class TestPin(OperatorCommon):
    def setUp(self):
        super().setUp()
        self.anna._set_operator_pin("4711")
        self.env.flush_all()
        self.registry_enter_test_mode()
        self.user_anna = self._make_user("anna-pin", OPERATOR, self.anna)
        self.supervisor = self._make_user("supervisor-pin", SUPERVISOR)
        self.env.flush_all()

    def _get_secret(self):
        self.env.invalidate_all()
        return self.env["mrp.operator.secret"].search(
            [("employee_id", "=", self.anna.id)]
        )

    def _lock(self):
        with patch.object(hr_employee_pin, "FREE_TRIES", 99):
            for _try in range(hr_employee_pin.MOST_TRIES):
                self.assertFalse(self.anna._check_operator_pin("0000"))

    def test_right_and_wrong(self):
        self.assertTrue(self.anna._check_operator_pin("4711"))
        self.assertFalse(self.anna._check_operator_pin("4712"))
        self.assertFalse(self.anna._check_operator_pin(""))
        self.assertFalse(self.bert._check_operator_pin("4711"))

    def test_hashed_and_salted(self):
        secret = self._get_secret()
        self.bert._set_operator_pin("4711")
        other = self.env["mrp.operator.secret"].search(
            [("employee_id", "=", self.bert.id)]
        )
        self.assertNotIn("4711", secret.pin_hash)
        self.assertNotEqual(secret.pin_hash, other.pin_hash)

    def test_format(self):
        for pin in ("123", "12a4", "abcd", "１２"):
            with self.assertRaisesRegex(UserError, "digits"):
                self.anna._set_operator_pin(pin)
        self.assertTrue(self.anna._check_operator_pin("4711"))

    def test_locked(self):
        self._lock()
        with self.assertRaisesRegex(UserError, "PIN of Anna is locked"):
            self.anna._check_operator_pin("4711")
        self.anna._unlock_operator_pin()
        self.env.flush_all()
        self.assertTrue(self.anna._check_operator_pin("4711"))

    def test_throttled(self):
        for _try in range(3):
            self.assertFalse(self.anna._check_operator_pin("0000"))
        with self.assertRaisesRegex(UserError, "Wait a few seconds"):
            self.anna._check_operator_pin("4711")

    def test_right_pin_forgets_tries(self):
        self.anna._check_operator_pin("0000")
        self.anna._check_operator_pin("4711")
        self.assertEqual(self._get_secret().tries, 0)

    def test_nobody_reads(self):
        """Not by reading, grouping, searching, exporting or importing."""
        admin = self.env.ref("base.user_admin")
        roles = self.env.ref("base.group_portal") | self.env.ref("base.group_public")
        admin.group_ids |= self.env["res.groups"].search([]) - roles
        secret = self._get_secret()
        for user in (self.user, self.user_anna, self.supervisor, admin):
            secrets = self.env["mrp.operator.secret"].with_user(user)
            own = secret.with_user(user)
            for attempt in (
                lambda s=own: s.read(["pin_hash"]),
                lambda s=own: s.pin_hash,
                lambda s=own: s.export_data(["pin_hash"]),
                lambda s=own: s.write({"locked": False}),
                lambda s=own: s.unlink(),
                lambda s=secrets: s.search([("pin_hash", "=like", "$%")]),
                lambda s=secrets: s.search_count([]),
                lambda s=secrets: s.formatted_read_group([], ["pin_hash"]),
                lambda s=secrets: s.name_search("A"),
                lambda s=secrets: s.create({"employee_id": self.bert.id}),
            ):
                with self.assertRaises(UserError):
                    attempt()
            result = secrets.load(["employee_id/.id", "pin_hash"], [["1", "x"]])
            self.assertFalse(result["ids"])

    def test_no_way_in_from_employees(self):
        """No field of other models leads to the secrets."""
        for model in self.env.registry.values():
            for field in model._fields.values():
                if model._name != "mrp.operator.secret":
                    self.assertNotEqual(
                        field.comodel_name, "mrp.operator.secret", str(field)
                    )

    def test_core_pin_is_not_used(self):
        self.anna.pin = "1234"
        self.assertFalse(self.anna._check_operator_pin("1234"))

    def test_set_by_oneself_and_supervisors(self):
        wizards = self.env["mrp.operator.pin"]
        own = wizards.with_user(self.user_anna).create({"new_pin": "1357"})
        self.assertEqual(own.operator_id, self.anna)
        own.action_set()
        self.env.flush_all()
        self.assertTrue(self.anna._check_operator_pin("1357"))
        with self.assertRaisesRegex(AccessError, "Only Bert"):
            wizards.with_user(self.user_anna).create(
                {"operator_id": self.bert.id, "new_pin": "1357"}
            )
        wizard = wizards.with_user(self.supervisor).create(
            {"operator_id": self.bert.id, "new_pin": "2468"}
        )
        self.env.flush_all()
        self.assertTrue(self.bert._check_operator_pin("2468"))
        wizard.invalidate_recordset()
        self.assertFalse(wizard.new_pin)
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = 'mrp_operator_pin'"
        )
        self.assertNotIn(("new_pin",), self.env.cr.fetchall())

    def test_unlocked_by_supervisors(self):
        self._lock()
        wizards = self.env["mrp.operator.pin"]
        wizard = wizards.with_user(self.user_anna).create({"operator_id": self.anna.id})
        self.assertEqual(wizard.state, "locked")
        with self.assertRaisesRegex(AccessError, "supervisors"):
            wizard.action_unlock()
        wizards.with_user(self.supervisor).create(
            {"operator_id": self.anna.id}
        ).action_unlock()
        self.assertFalse(self._get_secret().locked)

    def test_badge(self):
        self.anna.barcode = "B4711"
        self.env.flush_all()
        nobody = self.env["hr.employee"].with_user(self.user)
        self.assertEqual(nobody._identify_operator(badge="B4711"), self.anna)
        self.assertFalse(nobody._identify_operator(badge="B4712"))
        self.assertFalse(nobody._identify_operator())
        self.assertEqual(
            nobody._identify_operator(badge="B4711", pin="4711"), self.anna
        )
        self.assertFalse(nobody._identify_operator(badge="B4711", pin="4712"))
        self.anna.is_operator = False
        self.assertFalse(nobody._identify_operator(badge="B4711"))

    def test_shared_device(self):
        """A user who is no operator says who he is by badge or PIN."""
        tablet = self._make_user("tablet", OPERATOR)
        cut = self.cut.with_user(tablet)
        action = cut.action_operator_start()
        self.assertEqual(action["res_model"], "mrp.operator.identify")
        wizards = self.env["mrp.operator.identify"].with_user(tablet)
        wizards = wizards.with_context(**action["context"])
        wrong = wizards.create({"operator_id": self.anna.id, "pin": "0000"})
        with self.assertRaisesRegex(UserError, "no badge or PIN"):
            wrong.action_confirm()
        with self.assertRaisesRegex(UserError, "Use your badge"):
            wrong.write({"identified_id": self.anna.id})
        forged = wizards.with_context(default_identified_id=self.anna.id).create(
            {"operator_id": self.anna.id, "identified_id": self.anna.id}
        )
        with self.assertRaisesRegex(UserError, "no badge or PIN"):
            forged.action_confirm()
        self.assertFalse(self.cut.time_ids)
        wizards.create({"operator_id": self.anna.id, "pin": "4711"}).action_confirm()
        self.assertEqual(self.cut.working_operator_ids, self.anna)
        action = cut.action_operator_stop()
        wizards = wizards.with_context(**action["context"])
        wizards.create({"operator_id": self.anna.id, "pin": "4711"}).action_confirm()
        self.assertFalse(self.cut.working_operator_ids)

    def _try_badges(self, count, start=0):
        nobody = self.env["hr.employee"].with_user(self.user)
        for number in range(start, start + count):
            self.assertFalse(nobody._identify_operator(badge=f"WRONG{number}"))

    def test_wrong_badges_lock_the_device(self):
        """Whomever they were tried for; also for those whose badge is right."""
        self.anna.barcode = "B4711"
        self.env.flush_all()
        nobody = self.env["hr.employee"].with_user(self.user)
        most = mrp_operator_attempt.MOST_OF_USER
        self._try_badges(most - 1)
        # a right one neither counts nor forgets the wrong ones
        self.assertEqual(nobody._identify_operator(badge="B4711"), self.anna)
        self._try_badges(1, most)
        for way in ({"badge": "B4711"}, {"badge": "B4712", "pin": "4711"}):
            with self.assertRaisesRegex(UserError, "this device.*minutes"):
                nobody._identify_operator(**way)
        with self.assertRaisesRegex(UserError, "this device"):
            self.anna.with_user(self.user)._check_operator_pin("4711")
        # another device goes on
        other = self._make_user("other-device", OPERATOR)
        found = self.env["hr.employee"].with_user(other)
        self.assertEqual(found._identify_operator(badge="B4711"), self.anna)

    def test_device_is_open_again(self):
        self.anna.barcode = "B4711"
        self.env.flush_all()
        self._try_badges(mrp_operator_attempt.MOST_OF_USER)
        attempts = self.env["mrp.operator.attempt"]
        attempt = attempts.search([("source", "=", f"user:{self.user.id}")])
        attempt.date_start -= mrp_operator_attempt.SPAN * 1.1
        self.env.flush_all()
        nobody = self.env["hr.employee"].with_user(self.user)
        self.assertEqual(nobody._identify_operator(badge="B4711"), self.anna)
        attempt.invalidate_recordset()
        self.assertEqual(attempt.tries, 0)
        attempt.date_start -= mrp_operator_attempt.SPAN * 3
        attempts._gc_attempts()
        self.assertFalse(attempt.exists())

    def test_session_is_locked_before_the_user(self):
        """A session that guesses does not lock the other devices of the user."""
        self.anna.barcode = "B4711"
        self.env.flush_all()
        nobody = self.env["hr.employee"].with_user(self.user)
        session = SimpleNamespace(session=SimpleNamespace(sid="one"))
        with patch.object(mrp_operator_attempt, "request", session):
            self._try_badges(mrp_operator_attempt.MOST_OF_SESSION)
            with self.assertRaisesRegex(UserError, "this device"):
                nobody._identify_operator(badge="B4711")
            session.session.sid = "two"
            self.assertEqual(nobody._identify_operator(badge="B4711"), self.anna)
        kept = self.env["mrp.operator.attempt"].search([]).mapped("source")
        self.assertFalse([key for key in kept if key in ("session:one", "session:two")])

    def test_waiting_does_not_lock_the_device(self):
        """Who is told to wait, or whose PIN is locked, does not lock the device."""
        self._lock()
        for _try in range(mrp_operator_attempt.MOST_OF_USER):
            with self.assertRaisesRegex(UserError, "PIN of Anna is locked"):
                self.anna._check_operator_pin("4711")

    def test_nobody_reads_attempts(self):
        self._try_badges(1)
        for user in (self.user, self.supervisor, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self.env["mrp.operator.attempt"].with_user(user).search([]).read()

    def test_error_does_not_forget_the_try(self):
        """The request that fails rolls back everything but the count."""
        with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
            self.anna._check_operator_pin("0000")
            _error = 1 / 0
        # in a test the transaction of the count is part of the one rolled back: that
        # it is another one is shown by the test that commits
        self.assertTrue(hasattr(self.registry, "cursor"))


@tagged("post_install", "-at_install", "-standard", "destructive")
class TestPinSessions(TransactionCase):
    """Many sessions at once, each with a real transaction of its own."""

    def _commit(self, function):
        with self.registry.cursor() as cr:
            return function(api.Environment(cr, SUPERUSER_ID, {}))

    def setUp(self):
        super().setUp()

        def make(env):
            operator = env["hr.employee"].create({"name": "Eva", "is_operator": True})
            operator._set_operator_pin("4711")
            # what the other tests here tried counts, too: they commit
            env["mrp.operator.attempt"].search([]).unlink()
            return operator.id

        self.operator_id = self._commit(make)

    def _guess_at_once(self, guess, count):
        # the test holds the lock that environments of other threads need
        with patch.object(Registry, "_lock", threading.RLock()):
            threads = [
                threading.Thread(target=guess, args=(number,), daemon=True)
                for number in range(count)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)

    @mute_logger("odoo.sql_db")
    def test_many_sessions_with_badges(self):
        """Sessions of a user that guess badges at once: none is looked at too many."""
        answers = []

        def guess(number):
            def check(env):
                found = env["hr.employee"]._identify_operator(badge=f"WRONG{number}")
                return bool(found)

            try:
                answers.append(self._commit(check))
            except UserError as error:
                answers.append(str(error))

        with patch.object(mrp_operator_attempt, "MOST_OF_USER", 10):
            self._guess_at_once(guess, 24)
        self.assertEqual(len(answers), 24)
        self.assertEqual(answers.count(False), 10)
        self.assertEqual(sum("this device" in str(a) for a in answers), 14)

    def _get_secret(self):
        return self._commit(
            lambda env: (
                env["mrp.operator.secret"]
                .search([("employee_id", "=", self.operator_id)])
                .read(["tries", "locked"])[0]
            )
        )

    def test_rolled_back_request(self):
        def fail(env):
            env["hr.employee"].browse(self.operator_id)._check_operator_pin("0000")
            raise ZeroDivisionError

        with self.assertRaises(ZeroDivisionError):
            self._commit(fail)
        self.assertEqual(self._get_secret()["tries"], 1)

    @mute_logger("odoo.sql_db")
    def test_many_sessions(self):
        """Guessing at once gains nothing over guessing one after another."""
        answers = []

        def guess(number):
            def check(env):
                operator = env["hr.employee"].browse(self.operator_id)
                return operator._check_operator_pin(f"{number:04}")

            try:
                answers.append(self._commit(check))
            except UserError as error:
                answers.append(str(error))

        with patch.object(hr_employee_pin, "FREE_TRIES", 99):
            self._guess_at_once(guess, 12)
        self.assertEqual(answers.count(False), hr_employee_pin.MOST_TRIES)
        self.assertEqual(len(answers), 12)
        self.assertTrue(self._get_secret()["locked"])
        with self.assertRaisesRegex(UserError, "locked"):
            self._commit(
                lambda env: (
                    env["hr.employee"]
                    .browse(self.operator_id)
                    ._check_operator_pin("4711")
                )
            )
