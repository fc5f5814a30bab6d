from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import LotHoldCommon


@tagged("at_install", "-post_install")
class TestDecisions(LotHoldCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls._make_lot("M1", 100)

    def test_lots_are_usable_until_somebody_says_no(self):
        self.assertEqual(self.lot.hold_state, "released")
        self.assertFalse(self.lot.hold_log_ids)

    def test_who_when_why_is_kept(self):
        self.lot.with_user(self.worker).decide("hold", "  Foreign body ")
        self.lot.with_user(self.releaser).decide("rejected", "Metal found")
        newest, first = self.lot.hold_log_ids
        self.assertEqual((first.state_from, first.state_to), ("released", "hold"))
        self.assertEqual(first.user_id, self.worker)
        self.assertEqual(first.reason, "Foreign body")
        self.assertTrue(first.date)
        self.assertEqual((newest.state_from, newest.state_to), ("hold", "rejected"))
        self.assertEqual(self.lot.hold_user_name, self.releaser.name)
        self.assertEqual(self.lot.hold_reason, "Metal found")

    def test_a_reason_is_needed(self):
        for reason in ("", "   ", False, None, 7):
            with self.assertRaises(UserError, msg=repr(reason)):
                self.lot.decide("hold", reason)
        self.assertEqual(self.lot.hold_state, "released")

    def test_unknown_states_are_refused(self):
        for state in ("expired", "free", None):
            with self.assertRaises(UserError):
                self.lot.decide(state, "Test")

    def test_the_same_decision_twice_is_one(self):
        self.lot.decide("hold", "Smell")
        self.assertFalse(self.lot.decide("hold", "Smell again"))
        self.assertEqual(len(self.lot.hold_log_ids), 1)

    def test_many_lots_cost_a_fixed_number_of_queries(self):
        lots = self.env["stock.lot"]
        for number in range(30):
            lots |= self._make_lot(f"N{number}")
        few, many = lots[:2], lots[2:]
        few.decide("hold", "Warm up")
        self.env.flush_all()
        counts = []
        for batch in (few, many):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            batch.decide("quarantine", "Test")
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2, counts)

    def test_the_wizard_decides_about_many(self):
        lots = self.lot | self._make_lot("M2")
        action = lots.with_user(self.worker).action_hold()
        wizard = Form(
            self.env["stock.lot.decision"]
            .with_user(self.worker)
            .with_context(**action["context"])
        )
        wizard.reason = "Complaint 118"
        wizard.save().action_apply()
        self.assertEqual(set(lots.mapped("hold_state")), {"hold"})
        self.assertEqual(set(lots.mapped("hold_reason")), {"Complaint 118"})

    def test_workers_stop_and_few_release(self):
        lot = self.lot.with_user(self.worker)
        for state in ("quarantine", "rejected"):
            with self.assertRaises(AccessError):
                lot.decide(state, "I want to")
        lot.decide("hold", "Smell")
        with self.assertRaises(AccessError):
            lot.decide("released", "I want to")
        self.lot.with_user(self.releaser).decide("rejected", "Sour")
        with self.assertRaises(AccessError):
            lot.decide("hold", "I want to")
        self.assertEqual(self.lot.hold_state, "rejected")

    def test_a_new_name_does_not_change_what_was_decided(self):
        self.lot.decide("hold", "Smell")
        self.lot.name = "M1-NEW"
        self.assertEqual(self.lot.hold_log_ids.lot_name, "M1")
        self.assertEqual(self.lot.hold_state, "hold")

    def test_a_user_who_is_gone_is_still_named(self):
        self.lot.with_user(self.worker).decide("hold", "Smell")
        log, name = self.lot.hold_log_ids, self.worker.name
        self.env.flush_all()
        self.cr.execute(
            "UPDATE stock_lot_hold_log SET user_id = NULL WHERE id = %s", [log.id]
        )
        log.invalidate_recordset()
        self.assertEqual(log.user_name, name)


@tagged("at_install", "-post_install")
class TestRequiredRelease(LotHoldCommon):
    def _receive(self, name, product=None, source=None):
        product = product or self.milk
        move = self._make_move(self.stock, 10, product, source or self.suppliers)
        move._do_unreserve()
        lot = self.env["stock.lot"].search(
            [("name", "=", name), ("product_id", "=", product.id)]
        ) or self._make_lot(name, product=product)
        self._make_line(move, lot)
        move.picked = True
        move._action_done()
        return lot

    def test_nothing_is_required_until_configured(self):
        self.assertEqual(self._receive("R1").hold_state, "released")

    def test_the_company_says(self):
        self.company.lot_release_policy = "received"
        lot = self._receive("R1")
        self.assertEqual(lot.hold_state, "quarantine")
        self.assertIn("Received", lot.hold_reason)
        self.assertEqual(
            self._receive("P1", source=self.production).hold_state, "released"
        )

    def test_the_product_says_otherwise(self):
        self.company.lot_release_policy = "both"
        self.milk.lot_release_policy = "made"
        self.assertEqual(self._receive("R1").hold_state, "released")
        self.assertEqual(
            self._receive("P1", source=self.production).hold_state, "quarantine"
        )

    def test_a_decided_lot_stays_decided(self):
        self.milk.lot_release_policy = "both"
        lot = self._receive("R1")
        lot.decide("released", "Analysis 12 in order")
        self.assertEqual(self._receive("R1"), lot)
        self.assertEqual(lot.hold_state, "released")

    def test_what_is_received_is_not_reserved_at_once(self):
        self.milk.lot_release_policy = "both"
        delivery = self._make_move(self.customers)
        self._receive("R1")
        self.assertFalse(self._assign(delivery))

    def test_counting_needs_no_release(self):
        self.milk.lot_release_policy = "both"
        lot = self._make_lot("R1")
        quant = (
            self.env["stock.quant"]
            .with_context(inventory_mode=True)
            .create(
                {
                    "product_id": self.milk.id,
                    "location_id": self.stock.id,
                    "lot_id": lot.id,
                    "inventory_quantity": 5,
                }
            )
        )
        quant.action_apply_inventory()
        self.assertEqual(lot.hold_state, "released")

    def test_a_receipt_that_names_its_lot_only_then(self):
        self.milk.lot_release_policy = "received"
        receipt = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "location_id": self.suppliers.id,
                "location_dest_id": self.stock.id,
            }
        )
        move = self._make_move(
            self.stock, 10, source=self.suppliers, picking_id=receipt.id
        )
        move.move_line_ids.unlink()
        self.env["stock.move.line"].create(
            {
                "move_id": move.id,
                "picking_id": receipt.id,
                "product_id": self.milk.id,
                "lot_name": "NEW-1",
                "quantity": 10,
                "location_id": self.suppliers.id,
                "location_dest_id": self.stock.id,
            }
        )
        move.picked = True
        receipt._action_done()
        lot = self.env["stock.lot"].search([("name", "=", "NEW-1")])
        self.assertEqual(lot.hold_state, "quarantine")
