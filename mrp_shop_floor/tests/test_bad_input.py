from odoo.tools import mute_logger

from ..services.work import WorkService
from .common import ShopFloorCommon


class TestBadInput(ShopFloorCommon):
    def setUp(self):
        super().setUp()
        self.token = self._sign_in()

    def _declare(self, **payload):
        return self._tap("declare", self.token, payload={"what": "good", **payload})

    def test_quantities(self):
        for quantity in (0, -1, "5", None, True, [], {}, 1e13, float("inf")):
            with self.subTest(quantity=quantity):
                self.assertState(self._declare(quantity=quantity), "refused")
        self.assertFalse(self.cut.operation_quantity_ids)

    def test_ten_times_the_plan(self):
        self.assertState(self._declare(quantity=101), "refused", "10 times")
        self.assertState(self._declare(quantity=101, sure=True), "done")

    def test_malformed_events(self):
        good = self._event("start", self.token)
        for change in (
            {"uuid": None},
            {"uuid": "1"},
            {"uuid": "x" * 36},
            {"kind": "drop_table"},
            {"kind": None},
            {"payload": None},
            {"payload": []},
            {"payload": {"note": "x" * 30000}},
        ):
            with self.subTest(change=str(change)[:40]):
                self.assertState(self._send(good | change)[0], "refused")
        self.assertFalse(self.cut.time_ids)
        self.assertEqual(self._send("no event", None, 3), [])

    def test_strange_values(self):
        for change in (
            {"sequence": "x"},
            {"sequence": 2**70},
            {"workorder_id": "1"},
            {"workorder_id": 2**70},
            {"workorder_id": None},
            {"token": None},
            {"token": 5},
            {"device_date": "yesterday"},
            {"device_date": 1e300},
        ):
            with self.subTest(change=change):
                event = self._event("start", self.token) | change
                result = self._send(event)[0]
                self.assertIn(result["state"], ("refused", "exception", "done"))
                if result["state"] == "done":
                    self._tap("pause", self.token)

    def test_unknown_device_time(self):
        event = self._event("start", self.token)
        result = self._send(event, device_now="noon")[0]
        self.assertState(result, "exception", "did not say when")

    def test_wrong_reasons(self):
        for reason in ("1", 2**31 - 1, None, self.stop_reason.id):
            with self.subTest(reason=reason):
                self.company.mrp_scrap_reason_required = True
                result = self._declare(what="scrap", quantity=1, reason_id=reason)
                self.assertState(result, "refused")

    def test_unknown_codes(self):
        service = self._serve(WorkService, self.anna_user, self.token)
        for code in ("", "abc", None, 5, "/wo/99999999", "https://x/shop_floor/wo/abc"):
            with self.subTest(code=code):
                answer = service.find(code)
                self.assertEqual(answer["message"]["kind"], "danger")
        url = self.cut.shop_floor_url
        self.assertEqual(service.find(url)["data"]["run"]["id"], self.cut.id)

    def test_two_on_the_last_units(self):
        """Both were there: what is too much is judged by the order's own rules."""
        answer = self._identify(badge="BADGEBERT")
        bert = answer["data"]["signed_in"]["token"]
        payload = {"what": "good", "quantity": 10}
        first = self._event("declare", self.token, payload=payload)
        second = self._event("declare", bert, payload=payload)
        self._send(first)
        with mute_logger("odoo.sql_db"):
            self._send(second, user=self.tablet)
        self.assertEqual(len(self.cut.operation_quantity_ids), 2)
