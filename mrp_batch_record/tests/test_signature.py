from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BatchCommon

PASSWORD = "a long enough password"


@tagged("post_install", "-at_install")
class TestSignature(BatchCommon):
    """Performer and second person, each with proof of who it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._make()
        cls.record = cls._get_record(cls.order)
        for user in (cls.planner, cls.quality):
            user.password = PASSWORD
        cls.anna = cls.env["hr.employee"].create(
            {
                "name": "Anna Operator",
                "job_title": "Cheese maker",
                "barcode": "BADGE1",
                "is_operator": True,
                "company_id": cls.company.id,
            }
        )
        cls.anna._set_operator_pin("482913")
        # tries are counted in a transaction of their own, which does not see this one
        employees = type(cls.env["hr.employee"])
        cls.classPatch(employees, "_check_own_pin", employees._try_operator_pin)

    def _sign(self, user, meaning="performed", secrets=None, **values):
        wizard = (
            self.env["mrp.batch.sign"]
            .with_user(user)
            .with_context(**(secrets or {"password": PASSWORD}))
            .create({"record_id": self.record.id, "meaning": meaning, **values})
        )
        return wizard.action_sign()

    def test_password(self):
        self._sign(self.planner, device_time="2026-01-01T08:00:00+01:00")
        payload = self._get_payload(self.record, "signature")
        names = self.env["mrp.batch.person"].sudo()._get_names([self.record.key])
        self.assertEqual(names[payload["by"]["person"]], self.planner.name)
        self.assertEqual(payload["meaning_name"], "Performed by")
        self.assertEqual(payload["device_time"], "2026-01-01T08:00:00+01:00")
        self.assertRegex(payload["server_time"], r"Z$")
        entries = self.record._get_entries()
        self.assertEqual(payload["signs"]["hash"], entries[-2]["hash"])
        self.assertIn("Performed by", self.record.paper)

    def test_wrong_or_no_password(self):
        for secrets in (
            {"password": "wrong"},
            {"password": ""},
            {"password": True},
            {"password": None},
            {"password": {"x": 1}},
        ):
            with self.assertRaisesRegex(UserError, "badge and PIN"):
                self._sign(self.planner, secrets=secrets)
        self.assertNotIn("signature", self._get_kinds(self.record))

    def test_the_password_is_never_stored(self):
        fields = self.env["mrp.batch.sign"]._fields
        self.assertFalse(fields["password"].store)
        self.assertFalse(fields["pin"].store)
        self._sign(self.planner)
        for entry in self.record._get_entries():
            self.assertNotIn(PASSWORD, str(entry))

    def test_badge_and_pin(self):
        self._sign(
            self.planner, method="badge", badge="BADGE1", secrets={"pin": "482913"}
        )
        payload = self._get_payload(self.record, "signature")
        names = self.env["mrp.batch.person"].sudo()._get_names([self.record.key])
        self.assertEqual(names[payload["by"]["person"]], "Anna Operator (Cheese maker)")

    def test_one_part_is_not_enough(self):
        for values, secrets in (
            ({"badge": "BADGE1"}, {"pin": ""}),
            ({"badge": "BADGE1"}, {"pin": "000000"}),
            ({"badge": "BADGE1"}, {"pin": None}),
            ({"badge": False}, {"pin": "482913"}),
            ({"badge": "OTHER"}, {"pin": "482913"}),
        ):
            with self.assertRaisesRegex(UserError, "do not belong together"):
                self._sign(self.planner, method="badge", secrets=secrets, **values)

    def test_the_second_person_is_another_one(self):
        self._sign(self.planner)
        for meaning in ("checked", "supervised", "approved"):
            with self.assertRaisesRegex(UserError, "somebody else"):
                self._sign(self.planner, meaning)
        self._sign(self.quality, "checked")
        with self.assertRaisesRegex(UserError, "somebody else"):
            self._sign(self.quality, "performed")

    def test_one_person_by_user_or_by_badge(self):
        self.anna.user_id = self.planner
        self._sign(self.planner)
        with self.assertRaisesRegex(UserError, "somebody else"):
            self._sign(
                self.quality,
                "checked",
                method="badge",
                badge="BADGE1",
                secrets={"pin": "482913"},
            )

    def test_nobody_signs_one_thing_twice(self):
        self._sign(self.planner)
        with self.assertRaisesRegex(UserError, "signed this already"):
            self._sign(self.planner)

    def test_another_user_at_the_same_screen(self):
        secrets = {"password": PASSWORD}
        for login in ("nobody", self.planner.login + "x", " "):
            with self.assertRaisesRegex(UserError, "not the password"):
                self._sign(self.planner, login=login)
        with self.assertRaisesRegex(UserError, "not the password"):
            self._sign(
                self.planner, login=self.quality.login, secrets={"password": "wrong"}
            )
        self._sign(self.planner, login=self.quality.login, secrets=secrets)
        payload = self._get_payload(self.record, "signature")
        names = self.env["mrp.batch.person"].sudo()._get_names([self.record.key])
        self.assertEqual(names[payload["by"]["person"]], self.quality.name)

    def test_somebody_who_may_not_read_does_not_sign(self):
        stranger = self._make_user("test_batch_guest", "base.group_user")
        stranger.password = PASSWORD
        with self.assertRaises(AccessError):
            self._sign(self.planner, login=stranger.login)
        with self.assertRaises(AccessError):
            self.record.with_user(stranger)._sign(
                "performed", {"method": "password", "password": PASSWORD}
            )

    def test_what_other_devices_call(self):
        record = self.record.with_user(self.planner)
        step = self.order.with_user(self.planner).workorder_ids[0]
        proof = {"method": "badge", "badge": "BADGE1", "pin": "482913"}
        for wrong in ({}, {"method": "x"}, {"method": "badge", "pin": "482913"}):
            with self.assertRaises(UserError):
                record._sign("performed", wrong, workorder=step)
        with self.assertRaisesRegex(UserError, "Say what the signature"):
            record._sign("released", proof, workorder=step)
        told = record._sign("checked", proof, workorder=step, device_time="T" * 99)
        self.assertEqual(told["person"], "Anna Operator (Cheese maker)")
        self.assertEqual(told["meaning_name"], "Checked by")
        entry = self.record._get_entries()[-1]
        self.assertEqual(told["entry"], entry["sequence"])
        self.assertEqual(entry["payload"]["device_time"], "T" * 40)
        self.assertNotIn("482913", str(entry))

    def test_significant_steps(self):
        first, second = self.bom.operation_ids
        first.batch_signature = "checked"
        order = self._confirm()
        # what counts is the recipe at the time
        second.batch_signature = "performed"
        record = self._get_record(order)
        steps = order.workorder_ids
        self.assertFalse(record._get_pending_signatures())
        self._complete(order)
        pending = record._get_pending_signatures()
        self.assertEqual(pending[0]["workorder"], steps[0])
        self.assertEqual(
            [each["meaning"] for each in pending], ["performed", "checked"]
        )
        self.assertIn("Pasteurise (Performed by)", record.exceptions)
        action = record.with_user(self.planner).action_sign()
        self.assertEqual(action["context"]["default_workorder_id"], steps[0].id)
        record = self._review(order)
        with self.assertRaisesRegex(UserError, "Signatures are missing"):
            record._decide("released", "All right")
        proof = {"method": "password", "password": PASSWORD}
        record.with_user(self.planner)._sign("performed", proof, workorder=steps[0])
        with self.assertRaisesRegex(UserError, "Checked by"):
            record._decide("released", "All right")
        # any second person will do
        record._sign("approved", proof, workorder=steps[0])
        self.assertFalse(record._get_pending_signatures())
        found = steps.with_user(self.planner)._get_signatures()
        self.assertEqual(found[steps[0]]["needed"], ["performed", "checked"])
        self.assertEqual(
            [each["name"] for each in found[steps[0]]["given"]],
            [self.planner.name, self.quality.name],
        )
        self.assertEqual(found[steps[1]], {"needed": [], "given": [], "pending": []})
        record._decide("released", "All right")

    def test_who_decides_signs(self):
        self.company.mrp_batch_signature = True
        record = self._review(self.order)
        wizard = self.env["mrp.batch.decision"].with_user(self.quality)
        values = {"record_id": record.id, "state": "released", "reason": "All right"}
        by_badge = {**values, "method": "badge", "badge": "BADGE1"}
        with self.assertRaisesRegex(UserError, "has to sign"):
            wizard.with_context(pin="482913").create(by_badge).action_decide()
        with self.assertRaisesRegex(UserError, "has to sign"):
            wizard.with_context(password=PASSWORD).create(
                {**values, "login": self.planner.login}
            ).action_decide()
        self.assertEqual(record.state, "review")
        self.anna.user_id = self.quality
        wizard.with_context(pin="482913").create(by_badge).action_decide()
        self.assertEqual(record.state, "released")

    def test_steps_are_apart(self):
        first, second = self.order.workorder_ids
        self._sign(self.planner, workorder_id=first.id)
        self._sign(self.planner, "checked", workorder_id=second.id)
        with self.assertRaisesRegex(UserError, "somebody else"):
            self._sign(self.planner, "checked", workorder_id=first.id)
        other = self._confirm().workorder_ids[0]
        with self.assertRaisesRegex(UserError, "no step"):
            self._sign(self.planner, workorder_id=other.id)

    def test_signed_release(self):
        self.company.mrp_batch_signature = True
        record = self._review(self.order)
        wizard = self.env["mrp.batch.decision"].with_user(self.quality)
        values = {"record_id": record.id, "state": "released", "reason": "All right"}
        with self.assertRaisesRegex(UserError, "password"):
            wizard.with_context(password="wrong").create(values).action_decide()
        self.assertEqual(record.state, "review")
        wizard.with_context(password=PASSWORD).create(values).action_decide()
        self.assertEqual(record.state, "released")
        self.assertEqual(self._get_payload(record, "signature")["meaning"], "released")
        with self.assertRaisesRegex(UserError, "nothing more is signed"):
            self._sign(self.planner)

    def test_release_without_signature(self):
        record = self._review(self.order)
        self.env["mrp.batch.decision"].with_user(self.quality).create(
            {"record_id": record.id, "state": "rejected", "reason": "Salt"}
        ).action_decide()
        self.assertEqual(record.state, "rejected")
