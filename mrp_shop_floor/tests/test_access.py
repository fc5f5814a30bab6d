import gzip
import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user
from odoo.tools import file_open, mute_logger

from .common import ShopFloorCommon

FONT = "web/static/src/libs/fontawesome/fonts/fontawesome-webfont.woff2"
ROUTES = (
    ("sign_in", "start"),
    ("work", "list"),
    ("run", "open"),
    ("events", "send"),
)


class TestAccess(ShopFloorCommon):
    """Attacks: what is sent decides nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls.env["res.company"].create({"name": "Foreign"})
        cls.foreign_user = cls._make_user("foreign", company=cls.foreign)
        cls.fritz = cls.env["hr.employee"].create(
            {
                "name": "Fritz",
                "is_operator": True,
                "company_id": cls.foreign.id,
                "user_id": cls.foreign_user.id,
                "barcode": "BADGEFRITZ",
            }
        )

    def test_other_companys_operation(self):
        token = self._sign_in(self.foreign_user)
        for kind in ("start", "finish", "block", "declare", "issue"):
            with self.subTest(kind=kind):
                result = self._tap(
                    kind,
                    token,
                    payload={"what": "good", "quantity": 1},
                    user=self.foreign_user,
                )
                self.assertState(result, "refused", "no such operation")
        answer = self._get_run(token, user=self.foreign_user)
        self.assertEqual(answer["data"], {})
        rows = self._get_work(token, self.foreign_user)["data"]["rows"]
        self.assertEqual(rows, [])
        self.assertFalse(self.cut.time_ids | self.cut.operation_quantity_ids.time_ids)

    def test_order_that_is_not_released(self):
        draft = self.env["mrp.production"].create(
            {"product_id": self.cheese.id, "bom_id": self.bom.id, "product_qty": 5}
        )
        token = self._sign_in()
        workorder = draft.workorder_ids[0]
        for kind in ("start", "finish", "declare", "take_back", "hand_over"):
            payload = {"what": "good", "quantity": 1, "to_id": self.cora.id}
            with self.subTest(kind=kind):
                result = self._tap(kind, token, workorder, payload)
                self.assertState(result, "refused", "not released")
        self.assertEqual(draft.state, "draft")

    def test_other_companys_badge(self):
        self.assertFalse(self._identify(badge="BADGEFRITZ")["data"])

    def test_forged_operator(self):
        """Nobody taps for somebody who did not sign in on this device."""
        token = self._sign_in()
        for attack in (
            {"token": "guessed"},
            {"token": None},
            {"operator_id": self.bert.id, "token": ""},
        ):
            with self.subTest(attack=attack):
                result = self._send(self._event("start", token) | attack)[0]
                self.assertState(result, "refused", "not signed in")
        # the operator named in the event means nothing
        result = self._send(self._event("start", token) | {"operator_id": self.bert.id})
        self.assertEqual(self._find(result[0]).operator_id, self.anna)

    def test_stolen_token(self):
        token = self._sign_in()
        other_user = self._tap("start", token, user=self.tablet)
        self.assertState(other_user, "refused", "not signed in")
        other_device = self._send(
            self._event("start", token), device="00000000-0000-4000-8000-000000000000"
        )[0]
        self.assertState(other_device, "refused", "not signed in")

    def test_signed_out(self):
        token = self._sign_in()
        sign_in = self.env["mrp.shop.floor.sign.in"].search([])
        sign_in.date_start = sign_in.date_end = "2020-01-01"
        self.assertState(self._tap("start", token), "refused", "not signed in")

    def test_stopping_after_the_shift(self):
        token = self._sign_in()
        self._tap("start", token)
        sign_in = self.env["mrp.shop.floor.sign.in"].search([])
        sign_in.date_start = sign_in.date_end = "2020-01-01"
        self.assertState(self._tap("pause", token), "done")

    def test_archived_operator(self):
        token = self._sign_in()
        self.anna.active = False
        self.assertState(self._tap("start", token), "refused")

    def test_supervisor_only_by_own_login(self):
        """On a supervisor's session a colleague is no supervisor."""
        boss = self._make_user("boss", "supervisor")
        self._identify(boss, badge="BADGEBERT")
        token = self._identify(boss, badge="BADGEBERT")["data"]["signed_in"]["token"]
        self._tap("block", token, user=boss)
        self.assertState(self._tap("unblock", token, user=boss), "refused")

    def test_models_are_closed(self):
        event = self._find(self._tap("start", self._sign_in()))
        sign_in = self.env["mrp.shop.floor.sign.in"].search([])
        for record in (event, sign_in):
            with self.assertRaises(AccessError):
                record.with_user(self.anna_user).read(["device"])
        boss = self._make_user("boss", "supervisor")
        self.assertEqual(event.with_user(boss).state, "done")
        with self.assertRaises(AccessError):
            sign_in.with_user(boss).read(["token_hash"])
        foreign_boss = self._make_user("foreign-boss", "supervisor", self.foreign)
        with self.assertRaises(AccessError):
            event.with_user(foreign_boss).read(["device"])

    def test_undo_of_others(self):
        token = self._sign_in()
        result = self._tap("start", token)
        bert = self._identify(badge="BADGEBERT")["data"]["signed_in"]["token"]
        undo = self._tap(
            "undo", bert, payload={"uuid": result["uuid"]}, user=self.tablet
        )
        self.assertState(undo, "refused", "nothing to undo")


class TestRoutes(ShopFloorCommon, HttpCase):
    def _call(self, kind, action, **params):
        return self.url_open(
            f"/shop_floor/api/{kind}/{action}",
            json={"jsonrpc": "2.0", "params": {"device": self.device, **params}},
        ).json()

    def test_page(self):
        self.authenticate("floor-anna", "floor-anna")
        for path in ("/shop_floor", f"/shop_floor/wo/{self.cut.id}"):
            page = self.url_open(path)
            self.assertEqual(page.status_code, 200)
            self.assertEqual(page.headers["Cache-Control"], "no-store")
            self.assertIn("mrp_shop_floor.assets", page.text)
            self.assertNotIn("csrf", page.text)

    def test_size(self):
        """What a phone loads before the first screen; icons are of one font."""
        bundle = self.env["ir.qweb"]._get_asset_bundle("mrp_shop_floor.assets")
        with file_open(FONT, "rb") as file:
            font = file.read()
        parts = (bundle.js().raw, bundle.css().raw)
        raw = sum(map(len, parts)) + len(font)
        packed = sum(len(gzip.compress(part, 6)) for part in parts) + len(font)
        self.assertLess(raw, 1_200_000)
        self.assertLess(packed, 300_000)
        text = bundle.js().raw.decode()
        self.assertNotIn("ZXingBarcodeDetector", text)

    def test_log_in_first(self):
        self.authenticate(None, None)
        page = self.url_open("/shop_floor")
        self.assertIn("/web/login", page.url)
        for kind, action in ROUTES:
            self.assertIn("error", self._call(kind, action))

    @mute_logger("odoo.http")
    def test_not_for_others(self):
        new_test_user(self.env, "floor-clerk", groups="base.group_user")
        self.authenticate("floor-clerk", "floor-clerk")
        self.assertEqual(self.url_open("/shop_floor").status_code, 403)
        for kind, action in ROUTES:
            self.assertIn("error", self._call(kind, action))

    @mute_logger("odoo.http")
    def test_actions_are_named(self):
        self.authenticate("floor-anna", "floor-anna")
        for kind, action in (
            ("sign_in", "_open"),
            ("run", "describe"),
            ("events", "retry"),
            ("work", "__init__"),
        ):
            self.assertIn("error", self._call(kind, action))

    def test_envelope(self):
        self.authenticate("floor-anna", "floor-anna")
        answer = self._call("sign_in", "start")["result"]
        self.assertEqual(set(answer), {"next_state", "data", "message", "popup"})
        token = answer["data"]["signed_in"][0]["token"]
        work = self._call("work", "list", token=token)["result"]
        self.assertIn(self.cut.id, [row["id"] for row in work["data"]["rows"]])
        event = self._event("start", token)
        sent = self._call("events", "send", events=[event], device_now=self._now())
        self.assertEqual(sent["result"]["data"]["results"][0]["state"], "done")

    def test_signed_out(self):
        self.authenticate("floor-anna", "floor-anna")
        answer = self._call("work", "list", token="old")["result"]
        self.assertEqual(answer["next_state"], "sign_in")
        self.assertNotIn("Traceback", json.dumps(answer))

    def test_worker(self):
        self.authenticate(None, None)
        worker = self.url_open("/shop_floor/service-worker.js")
        self.assertEqual(worker.headers["Service-Worker-Allowed"], "/shop_floor")
        self.assertIn("javascript", worker.headers["Content-Type"])

    def test_install(self):
        self.authenticate("floor-anna", "floor-anna")
        page = self.url_open("/scoped_app?app_id=mrp_shop_floor&path=shop_floor")
        self.assertEqual(page.status_code, 200)
        manifest = self.url_open(
            "/web/manifest.scoped_app_manifest?app_id=mrp_shop_floor&path=/shop_floor"
        ).json()
        self.assertEqual(manifest["scope"], "/shop_floor")
        self.assertEqual(manifest["start_url"], "/shop_floor")

    def test_translations(self):
        self.authenticate("floor-anna", "floor-anna")
        terms = self.url_open("/shop_floor/translations?lang=en_US").json()
        self.assertTrue(terms["lang_parameters"])
        again = self.url_open(
            f"/shop_floor/translations?lang=en_US&hash={terms['hash']}"
        ).json()
        self.assertNotIn("modules", again)
