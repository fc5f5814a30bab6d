from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError

from ..services.sign_in import SignInService
from .common import ShopFloorCommon


class TestSignIn(ShopFloorCommon):
    def setUp(self):
        super().setUp()
        # PINs are checked in a transaction of their own
        self.bert._set_operator_pin("1234")
        self.env.flush_all()
        self.registry_enter_test_mode()

    def test_own_login(self):
        (one,) = self._start_page()
        self.assertEqual(one["id"], self.anna.id)
        self.assertTrue(one["own"])

    def test_sticky(self):
        (one,) = self._start_page()
        service = self._serve(SignInService, self.anna_user)
        again = service.start([one["token"]])["data"]["signed_in"]
        self.assertEqual(again, [one])
        self.assertEqual(len(self.env["mrp.shop.floor.sign.in"].search([])), 1)

    def test_ends_with_the_shift(self):
        (one,) = self._start_page()
        sign_in = self.env["mrp.shop.floor.sign.in"].search([])
        sign_in.date_start -= timedelta(hours=13)
        sign_in.date_end -= timedelta(hours=13)
        service = self._serve(SignInService, self.anna_user)
        again = service.start([one["token"]])["data"]["signed_in"]
        self.assertNotEqual(again[0]["token"], one["token"])

    def test_badge(self):
        answer = self._identify(badge="BADGEBERT")
        self.assertEqual(answer["next_state"], "my_work")
        self.assertEqual(answer["data"]["signed_in"]["id"], self.bert.id)

    def test_badge_and_pin(self):
        self.company.shop_floor_badge_pin = True
        answer = self._identify(badge="BADGEBERT")
        self.assertEqual(answer["popup"]["kind"], "pin")
        self.assertFalse(answer["data"])
        self.assertFalse(self._identify(badge="BADGEBERT", pin="9999")["data"])
        answer = self._identify(badge="BADGEBERT", pin="1234")
        self.assertEqual(answer["data"]["signed_in"]["id"], self.bert.id)

    def test_pin(self):
        answer = self._identify(operator_id=self.cora.id, pin="4711")
        self.assertEqual(answer["data"]["signed_in"]["id"], self.cora.id)

    def test_wrong_pin(self):
        answer = self._identify(operator_id=self.cora.id, pin="0000")
        self.assertEqual(answer["next_state"], "sign_in")
        self.assertEqual(answer["message"]["kind"], "danger")
        self.assertFalse(answer["data"])

    def test_guessing_locks(self):
        with self.assertRaisesRegex(UserError, "wrong|wait|locked"):
            for pin in range(1000, 1010):
                self._identify(operator_id=self.cora.id, pin=str(pin))

    def test_neither_badge_nor_pin(self):
        for params in (
            {},
            {"badge": ""},
            {"badge": ["BADGEBERT"]},
            {"operator_id": self.cora.id},
            {"operator_id": self.cora.id, "pin": ""},
            {"operator_id": "1", "pin": "4711"},
            {"pin": "4711"},
            {"badge": "nobody's"},
        ):
            with self.subTest(params=params):
                self.assertFalse(self._identify(**params)["data"])

    def test_choices_have_a_pin(self):
        answer = self._serve(SignInService, self.tablet).start()
        names = [one["name"] for one in answer["data"]["operators"]]
        self.assertEqual(names, ["Bert", "Cora"])
        self.assertEqual(answer["next_state"], "sign_in")

    def test_sign_out(self):
        token = self._sign_in()
        self._serve(SignInService, self.anna_user, token).sign_out()
        sign_in = self.env["mrp.shop.floor.sign.in"].search([])
        self.assertLessEqual(sign_in.date_end, fields.Datetime.now())
        # what was tapped before is still theirs
        self.assertState(self._tap("start", token, minutes=0.01), "done")

    def test_device_has_a_uuid(self):
        for device in ("x", "", None, 5):
            with self.subTest(device=device), self.assertRaises(ValueError):
                SignInService(self.env(user=self.tablet), device).start()

    def test_speaks_the_operators_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.anna.sudo().lang = "fr_FR"
        self.cut.with_context(lang="fr_FR").workcenter_id.name = "Scie"
        token = self._sign_in()
        run = self._get_run(token)["data"]["run"]
        self.assertEqual(self._start_page()[0]["lang"], "fr_FR")
        self.assertIn(run["workcenter"], ("Scie", "Saw"))
