from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from ..services.taps.time import Start
from .common import MINUTE, ShopFloorCommon

JOURNAL = "odoo.addons.mrp_shop_floor.services.journal"


class TestJournal(ShopFloorCommon):
    """Each tap once, in order, as of when it was made; nothing is dropped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor = cls._make_user("supervisor", "supervisor")

    def setUp(self):
        super().setUp()
        self.token = self._sign_in()

    def test_sent_twice_happens_once(self):
        event = self._event(
            "declare", self.token, payload={"what": "good", "quantity": 2}
        )
        first = self._send(event)[0]
        again = self._send(event, event)
        self.assertState(first, "done")
        self.assertEqual([first, first], again)
        self.assertEqual(self.cut.qty_good, 2)
        self.assertEqual(len(self._find(event["uuid"])), 1)

    def test_changed_payload_is_refused(self):
        event = self._event(
            "declare", self.token, payload={"what": "good", "quantity": 2}
        )
        self._send(event)
        forged = event | {"payload": {"what": "good", "quantity": 7}}
        self.assertState(self._send(forged)[0], "refused", "under this name")
        self.assertEqual(self.cut.qty_good, 2)
        self.assertEqual(self._find(event["uuid"]).payload["quantity"], 2)

    def test_other_users_uuid_tells_nothing(self):
        event = self._event("start", self.token)
        self._send(event)
        answer = self._send(event, user=self.tablet)[0]
        self.assertState(answer, "refused", "under this name")
        self.assertFalse(answer["result"])

    def test_order_of_taps(self):
        start = self._event("start", self.token, minutes=30)
        pause = self._event("pause", self.token, minutes=20)
        go_on = self._event("start", self.token, minutes=10)
        for result in self._send(go_on, pause, start):
            self.assertState(result, "done")
        logs = self.cut.time_ids.sorted("date_start")
        self.assertAgo(logs[0].date_start, 30)
        self.assertAgo(logs[0].date_end, 20)
        self.assertAgo(logs[-1].date_start, 10)
        self.assertFalse(logs[-1].date_end)

    def test_time_of_tap(self):
        self._send(self._event("start", self.token, minutes=45))
        self._send(self._event("pause", self.token, minutes=15))
        seconds = sum(self.cut.time_ids.mapped("seconds"))
        self.assertAlmostEqual(seconds, 30 * 60, delta=2)
        event = self.env["mrp.shop.floor.event"].search([], limit=1)
        self.assertAgo(event.date, 15)
        self.assertAgo(event.received_date, 0)

    def test_small_drift_is_corrected(self):
        now = self._now() - 3 * MINUTE
        event = self._event("start", self.token, device_date=now - 10 * MINUTE)
        result = self._send(event, device_now=now)[0]
        self.assertState(result, "done")
        self.assertAgo(self.cut.time_ids.date_start, 10)
        self.assertAlmostEqual(self._find(result).drift, 180, delta=3)

    def test_wrong_clock_is_kept(self):
        yesterday = self._now() - 24 * 60 * MINUTE
        event = self._event("start", self.token, device_date=yesterday)
        result = self._send(event, device_now=yesterday)[0]
        self.assertState(result, "exception", "clock of the device")
        self.assertFalse(self.cut.time_ids)
        self.assertTrue(self._find(result).is_open)

    def test_wrong_clock_does_not_stop_stopping(self):
        self._tap("start", self.token)
        tomorrow = self._now() + 24 * 60 * MINUTE
        event = self._event("pause", self.token, device_date=tomorrow)
        self.assertState(self._send(event, device_now=tomorrow)[0], "done")
        self.assertFalse(self.cut.working_operator_ids)

    def test_tap_from_the_future_counts_now(self):
        event = self._event("start", self.token, device_date=self._now() + MINUTE)
        self.assertState(self._send(event)[0], "done")
        self.assertLessEqual(self.cut.time_ids.date_start, fields.Datetime.now())
        event = self._event("start", self.token, self.form)
        event["device_date"] += 60 * MINUTE
        self.assertState(self._send(event)[0], "exception", "clock")

    def test_too_late_is_kept(self):
        self.env["mrp.shop.floor.sign.in"].search([]).date_start -= timedelta(days=3)
        result = self._tap("start", self.token, minutes=25 * 60)
        self.assertState(result, "exception", "older than 24 hours")

    def test_refused_at_once_is_no_exception(self):
        self.anna.sudo().operator_date_end = "2020-01-01"
        result = self._tap("start", self.token)
        self.assertState(result, "refused", "Anna")
        self.assertFalse(self._find(result).is_open)

    def test_refused_later_is_an_exception(self):
        self.anna.sudo().operator_date_end = "2020-01-01"
        result = self._tap("start", self.token, minutes=10)
        self.assertState(result, "exception", "Anna")
        event = self._find(result)
        self.assertTrue(event.is_open)
        self.assertFalse(self.cut.time_ids)
        self.anna.sudo().operator_date_end = False
        event.with_user(self.supervisor).action_retry()
        self.assertAgo(self.cut.time_ids.date_start, 10)
        self.assertEqual(event.settled_user_id, self.supervisor)
        self.assertFalse(event.is_open)

    def test_gate_judges_as_of_the_tap(self):
        seen = []

        def check(_self, operators, door, at=None):
            seen.append((door, at))

        gate = patch.object(
            self.registry["mrp.workorder"], "_check_qualifications", check
        )
        with gate:
            self._tap("start", self.token, minutes=20)
        door, at = seen[0]
        self.assertEqual(door, "start")
        self.assertAgo(at, 20)

    def test_defect_neither_loses_nor_holds_up(self):
        with (
            patch.object(Start, "apply", side_effect=KeyError("defect")),
            mute_logger(JOURNAL),
        ):
            bad = self._event("start", self.token)
            good = self._event(
                "declare", self.token, payload={"what": "good", "quantity": 1}
            )
            results = self._send(bad, good)
        self.assertState(results[0], "exception")
        self.assertState(results[1], "done")

    def test_half_done_is_undone(self):
        def apply(tap):
            tap.workorder._start_operators(tap.operator)
            raise ValidationError("no")  # pylint: disable=translation-required

        with patch.object(Start, "apply", apply):
            self.assertState(self._tap("start", self.token), "refused", "no")
        self.assertFalse(self.cut.time_ids)
        self.assertEqual(self.cut.state, "ready")

    def test_many(self):
        events = [
            self._event(
                "declare", self.token, payload={"what": "good", "quantity": 0.01}
            )
            for _n in range(100)
        ]
        for begin in range(0, 100, 20):
            self._send(*events[begin : begin + 20])
            # the answer was lost
            self._send(*events[begin : begin + 20])
        rows = self.cut.operation_quantity_ids
        self.assertEqual(len(rows), 100)
        self.assertAlmostEqual(self.cut.qty_good, 1)

    def test_settle(self):
        self.anna.sudo().operator_date_end = "2020-01-01"
        event = self._find(self._tap("start", self.token, minutes=10))
        with self.assertRaises(AccessError):
            event.with_user(self.anna_user)._settle("mine")
        kept = event.with_user(self.supervisor)
        with self.assertRaisesRegex(UserError, "what was done"):
            kept._settle(" ")
        with self.assertRaisesRegex(UserError, "works here until"):
            kept.action_retry()
        wizard = self.env["mrp.shop.floor.settle"].with_user(self.supervisor)
        wizard.create({"event_ids": event.ids, "note": "By hand"}).action_settle()
        self.assertEqual(event.settled_note, "By hand")
        with self.assertRaisesRegex(UserError, "settled already"):
            kept._settle("again")

    def test_append_only(self):
        event = self._find(self._tap("start", self.token))
        admin = event.with_user(self.env.ref("base.user_admin"))
        with self.assertRaises(UserError):
            event.write({"state": "refused"})
        with self.assertRaises(UserError):
            event.unlink()
        with self.assertRaises(UserError):
            admin.write({"state": "refused"})
        with self.assertRaises(AccessError):
            admin.unlink()
        forged = self.env["mrp.shop.floor.event"].with_context(
            mrp_reason_server_write=True
        )
        with self.assertRaises(UserError):
            forged.create({"uuid": "x", "device": "x", "kind": "start", "digest": "x"})
