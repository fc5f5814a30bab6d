from datetime import timedelta

from odoo import fields

from odoo.addons.mrp_reason_code.tools import as_server

from ..services import labels
from .common import ShopFloorCommon


class TestTaps(ShopFloorCommon):
    """A shift: start, declare, stop with a reason, hand over, finish; and undo."""

    def setUp(self):
        super().setUp()
        self.token = self._sign_in()
        self.company.mrp_delay_tracking = True

    def _declare(self, what, quantity, **payload):
        return self._tap(
            "declare",
            self.token,
            payload={"what": what, "quantity": quantity, **payload},
        )

    def _undo(self, result, **kw):
        return self._tap("undo", self.token, payload={"uuid": result["uuid"]}, **kw)

    def test_shift(self):
        self.assertState(self._tap("start", self.token), "done")
        self.assertEqual(self.cut.working_operator_ids, self.anna)
        self.assertState(self._declare("good", 7), "done")
        result = self._declare("scrap", 1, reason_id=self.scrap_reason.id)
        self.assertState(result, "done")
        why = {"reason_id": self.stop_reason.id}
        self.assertState(self._tap("pause", self.token, payload=why), "done")
        self.assertEqual(self.cut.delay_ids.line_ids.reason_id, self.stop_reason)
        self.assertState(self._tap("start", self.token), "done")
        self.assertTrue(self.cut.delay_ids.date_end)
        self.assertState(self._declare("good", 2), "done")
        self.assertState(self._tap("finish", self.token), "done")
        self.assertEqual(self.cut.state, "done")
        self.assertEqual(self.cut.qty_produced, 9)
        self.assertEqual(self.cut.qty_scrapped, 1)

    def test_start_twice(self):
        self._tap("start", self.token)
        self.assertState(self._tap("start", self.token), "refused", "already")
        self.assertEqual(len(self.cut.time_ids), 1)

    def test_pause_without_reason_waits_for_it(self):
        self._tap("start", self.token)
        wrong = {"reason_id": self.scrap_reason.id}
        self.assertState(self._tap("pause", self.token, payload=wrong), "done")
        self.assertEqual(self.cut.delay_ids.state, "pending")
        self.assertFalse(self.cut.delay_ids.line_ids)

    def test_late_pause_began_when_tapped(self):
        self._tap("start", self.token, minutes=60)
        self._tap("pause", self.token, minutes=40)
        self.assertAgo(self.cut.delay_ids.date_start, 40)
        self._tap("start", self.token, minutes=30)
        self.assertAgo(self.cut.delay_ids.date_end, 30)

    def test_one_pauses_the_other_goes_on(self):
        self._tap("start", self.token)
        answer = self._identify(badge="BADGEBERT")
        bert = answer["data"]["signed_in"]["token"]
        self.assertState(self._tap("start", bert, user=self.tablet), "done")
        self.assertEqual(self.cut.working_operator_ids, self.anna | self.bert)
        self.assertState(self._tap("pause", bert, user=self.tablet), "done")
        self.assertEqual(self.cut.working_operator_ids, self.anna)
        self.assertFalse(self.cut.delay_ids)

    def test_finish_without_start(self):
        self.assertState(self._tap("finish", self.token), "done")
        self.assertEqual(self.cut.state, "done")

    def _be_late(self, minutes):
        now = fields.Datetime.now()
        as_server(self.cut).write(
            {
                "baseline_start": now - timedelta(minutes=minutes + 60),
                "baseline_end": now - timedelta(minutes=minutes),
            }
        )

    def _get_late(self):
        return self.cut.delay_ids.filtered(lambda d: d.kind == "late_operation")

    def test_late_finish_with_its_reason(self):
        self._be_late(40)
        run = self._get_run(self.token)["data"]["run"]
        self.assertLess(run["late_after"], labels.moment(fields.Datetime.now()))
        why = {"reason_id": self.stop_reason.id}
        result = self._tap("finish", self.token, payload=why)
        self.assertState(result, "done")
        self.assertTrue(result["result"]["late"])
        self.assertEqual(self._get_late().line_ids.reason_id, self.stop_reason)

    def test_late_finish_is_never_refused(self):
        """Without a reason, or with one that does not fit, it waits for another one."""
        self._be_late(40)
        for payload in ({}, {"reason_id": self.scrap_reason.id}, {"reason_id": "x"}):
            self.cut.state = "progress"
            self.cut.delay_ids.sudo().unlink()
            self.assertState(self._tap("finish", self.token, payload=payload), "done")
            self.assertEqual(self.cut.state, "done")
            self.assertEqual(self._get_late().state, "pending")
        result = self._tap("explain", self.token, payload={"reason_id": False})
        self.assertState(result, "refused", "Choose a reason")
        why = {"reason_id": self.scrap_reason.id}
        result = self._tap("explain", self.token, payload=why)
        self.assertState(result, "refused", "does not fit")
        why = {"reason_id": self.stop_reason.id}
        self.assertState(self._tap("explain", self.token, payload=why), "done")
        self.assertEqual(self._get_late().line_ids.reason_id, self.stop_reason)
        # told twice, by two devices: the first holds
        self.assertState(self._tap("explain", self.token, payload=why), "done")

    def test_late_as_of_the_tap(self):
        """What was finished in time is not late because the network came later."""
        self._be_late(30)
        result = self._tap("finish", self.token, minutes=60)
        self.assertState(result, "done")
        self.assertFalse(self._get_late())
        self.assertFalse(result["result"]["late"])

    def test_late_by_as_much_as_it_was(self):
        self._be_late(100)
        self._tap("finish", self.token, minutes=30)
        late = self._get_late()
        self.assertAgo(late.date_end, 30)

    def test_hand_over(self):
        self._tap("start", self.token)
        payload = {"to_id": self.cora.id, "note": "Blade is dull"}
        self.assertState(self._tap("hand_over", self.token, payload=payload), "done")
        self.assertEqual(self.cut.working_operator_ids, self.cora)
        self.assertEqual(self.cut.handover_note, "Blade is dull")
        result = self._tap("hand_over", self.token, payload=payload)
        self.assertState(result, "refused")

    def test_block_and_unblock(self):
        self._tap("start", self.token)
        why = {"reason_id": self.stop_reason.id}
        result = self._tap("block", self.token, payload=why)
        self.assertState(result, "done")
        self.assertEqual(self.saw.working_state, "blocked")
        self.assertFalse(self.cut.working_operator_ids)
        self.assertState(self._tap("start", self.token), "refused", "unblock")
        self.assertState(self._tap("unblock", self.token), "refused", "supervisor")
        self.anna_user.group_ids |= self.env.ref(
            "mrp_operator.mrp_operator_group_supervisor"
        )
        self.assertState(self._tap("unblock", self.token), "done")
        self.assertNotEqual(self.saw.working_state, "blocked")

    def test_undo_start(self):
        result = self._tap("start", self.token)
        self.assertState(self._undo(result), "done")
        self.assertFalse(self.cut.time_ids)
        self.assertEqual(self.cut.state, "ready")
        self.assertState(self._undo(result), "refused", "nothing to undo")

    def test_undo_pause(self):
        self._tap("start", self.token, minutes=5)
        result = self._tap("pause", self.token)
        self.assertState(self._undo(result), "done")
        self.assertEqual(self.cut.working_operator_ids, self.anna)
        logs = self.cut.time_ids.sorted("date_start")
        self.assertEqual(logs[-1].date_start, logs[-2].date_end)

    def test_undo_declared(self):
        result = self._declare("good", 3)
        self.assertState(self._undo(result), "done")
        self.assertEqual(self.cut.qty_good, 0)

    def test_undo_too_late(self):
        result = self._tap("start", self.token, minutes=2)
        self.assertState(self._undo(result), "refused", "too late")
        self.assertTrue(self.cut.time_ids)
        finished = self._tap("finish", self.token)
        self.assertState(self._undo(finished), "refused", "too late")

    def test_take_back(self):
        self._declare("good", 3)
        row = self.cut.operation_quantity_ids
        payload = {"row_id": row.id}
        self.assertState(self._tap("take_back", self.token, payload=payload), "done")
        self.assertEqual(self.cut.qty_good, 0)
        other = self._tap("take_back", self.token, self.form, payload)
        self.assertState(other, "refused")

    def test_units(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.assertState(self._declare("good", 0.5, unit_id=dozen.id), "done")
        self.assertEqual(self.cut.qty_good, 6)
        hour = self.env.ref("uom.product_uom_hour")
        self.assertState(self._declare("good", 1, unit_id=hour.id), "refused")

    def test_closed_meanwhile(self):
        """It was made before the order was closed: a person has to look at it."""
        self._tap("start", self.token)
        self.order.button_mark_done()
        event = self._event(
            "declare", self.token, payload={"what": "good", "quantity": 1}, minutes=10
        )
        self.assertState(self._send(event)[0], "exception")
