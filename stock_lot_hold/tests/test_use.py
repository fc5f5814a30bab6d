from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import LotHoldCommon


@tagged("at_install", "-post_install")
class TestReserve(LotHoldCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bad = cls._make_lot("BAD", 100)
        cls.good = cls._make_lot("GOOD", 6)

    def test_other_lots_are_taken_instead(self):
        self.bad.decide("hold", "Smell")
        self.assertEqual(self._assign(self._make_move(self.customers)), {self.good: 6})

    def test_every_state_but_released_stops(self):
        for state in ("quarantine", "hold", "rejected"):
            self.bad.decide(state, "Test")
            move = self._make_move(self.production)
            self.assertNotIn(self.bad, self._assign(move))
            move._do_unreserve()
        self.bad.decide("released", "Test")
        self.assertIn(self.bad, self._assign(self._make_move(self.production)))

    def test_free_is_what_may_be_used(self):
        self.bad.decide("hold", "Smell")
        self.milk.invalidate_recordset()
        self.assertEqual(self.milk.qty_available, 106)
        self.assertEqual(self.milk.free_qty, 6)
        quants = self.env["stock.quant"].search([("lot_id", "=", self.bad.id)])
        self.assertEqual(quants.available_quantity, 0)
        self.assertEqual(
            self.env["stock.quant"]._get_available_quantity(self.milk, self.stock), 6
        )

    def test_bookkeeping_still_sees_held_goods(self):
        """What updates quants searches strictly and must find them."""
        self.bad.decide("hold", "Smell")
        quants = self.env["stock.quant"]
        self.assertEqual(
            quants._get_available_quantity(
                self.milk, self.stock, lot_id=self.bad, strict=True
            ),
            100,
        )
        quants._update_available_quantity(self.milk, self.stock, -1, lot_id=self.bad)
        self.assertEqual(len(self.bad.quant_ids), 1)
        self.assertEqual(self.bad.quant_ids.quantity, 99)

    def test_a_hold_takes_reservations_back(self):
        move = self._make_move(self.customers)
        self.assertEqual(self._assign(move), {self.bad: 10})
        self.bad.decide("hold", "Smell")
        self.assertEqual(self.bad.quant_ids.reserved_quantity, 0)
        self.assertEqual(
            {line.lot_id: line.quantity for line in move.move_line_ids}, {self.good: 6}
        )
        self.assertEqual(move.state, "partially_available")

    def test_a_hold_leaves_moves_into_quarantine(self):
        move = self._make_move(self.cage)
        move._action_assign()
        self.bad.decide("hold", "Smell")
        self.assertEqual(move.move_line_ids.lot_id, self.bad)

    def test_what_was_picked_stays_recorded_and_is_refused(self):
        move = self._make_move(self.customers)
        move._action_assign()
        move.move_line_ids.picked = True
        self.bad.decide("hold", "Smell")
        self.assertEqual(move.move_line_ids.lot_id, self.bad)
        with self.assertRaisesRegex(UserError, "BAD of Milk: On Hold since"):
            move._action_done()

    def test_naming_a_held_lot_by_hand_is_refused(self):
        self.bad.decide("hold", "Smell")
        move = self._make_move(self.customers)
        move._do_unreserve()
        with self.assertRaises(UserError):
            self._make_line(move, self.bad)
        line = self._make_line(move, self.good, 1)
        with self.assertRaises(UserError):
            line.lot_id = self.bad
        with self.assertRaises(UserError):
            move.lot_ids = [Command.set(self.bad.ids)]

    def test_quantity_grows_on_a_held_lot_is_refused(self):
        move = self._make_move(self.customers, 20)
        move._do_unreserve()
        line = self._make_line(move, self.bad, 5)
        line.picked = True
        self.bad.decide("hold", "Smell")
        with self.assertRaises(UserError):
            line.quantity = 6
        line.quantity = 4
        self.assertEqual(line.quantity, 4)

    def test_moves_into_quarantine_take_held_lots_by_themselves(self):
        self.bad.decide("rejected", "Smell")
        self.assertEqual(self._assign(self._make_move(self.cage)), {self.bad: 10})
        vendor = self._make_move(self.suppliers, 5)
        self.assertEqual(self._assign(vendor), {self.bad: 5})

    def test_plain_storage_takes_usable_lots_by_itself(self):
        self.bad.decide("hold", "Smell")
        self.assertEqual(self._assign(self._make_move(self.shelf)), {self.good: 6})

    def test_goods_just_received_are_put_away(self):
        """A chain that brought a lot carries on with it, waiting or not."""
        receipt = self._make_move(self.stock, 10, source=self.suppliers)
        put_away = self._make_move(self.shelf, 10, move_orig_ids=receipt.ids)
        lot = self._make_lot("NEW")
        lot.decide("quarantine", "New")
        receipt._do_unreserve()
        self._make_line(receipt, lot)
        receipt.picked = True
        receipt._action_done()
        self.assertEqual(put_away.move_line_ids.lot_id, lot)
        put_away.picked = True
        put_away._action_done()
        quants = lot.quant_ids.filtered(lambda quant: quant.quantity > 0)
        self.assertEqual(quants.location_id, self.shelf)

    def test_a_pick_for_a_customer_is_a_use(self):
        self.bad.decide("hold", "Smell")
        out = self._make_location("Output")
        pick = self._make_move(out, location_final_id=self.customers.id)
        self.assertEqual(self._assign(pick), {self.good: 6})
        ship = self._make_move(self.customers, 10, source=out)
        pick = self._make_move(out, move_dest_ids=ship.ids)
        with self.assertRaises(UserError):
            self._make_line(pick, self.bad)


@tagged("at_install", "-post_install")
class TestUse(LotHoldCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls._make_lot("BAD", 100)

    def _get_quantity(self, location):
        return sum(
            self.env["stock.quant"]
            .search([("lot_id", "=", self.lot.id), ("location_id", "=", location.id)])
            .mapped("quantity")
        )

    def test_refused_by_name(self):
        self.lot.with_user(self.worker).decide("hold", "Complaint 118")
        for destination in (self.customers, self.production):
            with self.assertRaises(UserError) as refusal:
                self._take(self.lot, destination)
            text = str(refusal.exception)
            for word in ("BAD", "Milk", "On Hold", self.worker.name, "Complaint 118"):
                self.assertIn(word, text)

    def test_what_stays_possible(self):
        self.lot.decide("rejected", "Sour")
        loss = self.milk.with_company(self.company).property_stock_inventory
        for destination in (self.cage, self.shelf, self.suppliers, loss):
            self._take(self.lot, destination)
            self.assertEqual(self._get_quantity(destination), 10, destination.name)

    def test_scrap_and_count(self):
        self.lot.decide("rejected", "Sour")
        scrap = self.env["stock.scrap"].create(
            {
                "product_id": self.milk.id,
                "lot_id": self.lot.id,
                "scrap_qty": 30,
                "location_id": self.stock.id,
            }
        )
        scrap.do_scrap()
        self.assertEqual(self._get_quantity(self.stock), 70)
        quant = self.lot.quant_ids.filtered(lambda q: q.location_id == self.stock)
        quant.with_context(inventory_mode=True).inventory_quantity = 65
        quant.action_apply_inventory()
        self.assertEqual(self._get_quantity(self.stock), 65)

    def test_goods_that_left_may_come_back(self):
        move = self._take(self.lot, self.customers)
        self.lot.decide("hold", "Complaint")
        back = self._make_move(self.stock, 10, source=self.customers)
        back._do_unreserve()
        self._make_line(back, self.lot)
        back.picked = True
        back._action_done()
        self.assertEqual(self._get_quantity(self.stock), 100)
        self.assertEqual(move.state, "done")

    def test_a_lot_named_only_at_posting(self):
        """An operation type that makes lots also finds those there are by name."""
        self.lot.decide("hold", "Smell")
        self.warehouse.out_type_id.use_create_lots = True
        move = self._make_move(
            self.customers, picking_type_id=self.warehouse.out_type_id.id
        )
        move._do_unreserve()
        line = self._make_line(move, self.lot.browse())
        line.lot_name = "BAD"
        move.picked = True
        with self.assertRaises(UserError):
            move._action_done()

    def test_posted_lines_do_not_become_uses_of_held_lots(self):
        good = self._make_lot("GOOD", 50)
        move = self._take(good, self.customers)
        self.lot.decide("hold", "Smell")
        with self.assertRaises(UserError):
            move.move_line_ids.lot_id = self.lot
        with self.assertRaises(UserError):
            self._make_line(move, self.lot, 1)

    def test_posted_uses_of_a_held_lot_shrink_only(self):
        move = self._take(self.lot, self.customers)
        self.lot.decide("hold", "Complaint")
        move.move_line_ids.quantity = 8
        self.assertEqual(self._get_quantity(self.stock), 92)
        with self.assertRaises(UserError):
            move.move_line_ids.quantity = 9

    def test_another_company_is_a_use(self):
        other = self.env["res.company"].create({"name": "Other Creamery"})
        self.env.user.company_ids |= other
        between, within = self.env["stock.location"].create(
            [
                {"name": "Between", "usage": "transit", "company_id": False},
                {"name": "Within", "usage": "transit", "company_id": self.company.id},
            ]
        )
        self.lot.decide("hold", "Smell")
        with self.assertRaises(UserError):
            self._take(self.lot, between)
        self._take(self.lot, within)
        self.assertEqual(self._get_quantity(within), 10)

    def test_a_long_refusal_is_cut(self):
        lots = self.env["stock.lot"]
        move = self._make_move(self.customers, 30)
        move._do_unreserve()
        for number in range(30):
            lot = self._make_lot(f"L{number:02}", 1)
            self._make_line(move, lot, 1)
            lots |= lot
        move.picked = True
        lots.decide("hold", "Test")
        with self.assertRaises(UserError) as refusal:
            move._action_done()
        self.assertEqual(str(refusal.exception).count("- L"), 20)


@tagged("at_install", "-post_install")
class TestQuarantineLocation(LotHoldCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shelf_in_cage = cls._make_location("Row", location_id=cls.cage.id)
        cls._stock_up(cls.salt, 10, location=cls.shelf_in_cage)

    def test_places_below_count(self):
        self.assertTrue(self.shelf_in_cage.in_quarantine)
        self.cage.is_quarantine = False
        self.assertFalse(self.shelf_in_cage.in_quarantine)

    def test_only_stock_can_be_in_quarantine(self):
        with self.assertRaises(ValidationError):
            self.customers.is_quarantine = True
        with self.assertRaises(ValidationError):
            self.cage.usage = "production"

    def test_goods_without_lot_are_not_reserved(self):
        move = self._make_move(self.production, product=self.salt)
        self.assertFalse(self._assign(move))
        self.assertEqual(self.salt.free_qty, 0)
        self.assertEqual(self.salt.qty_available, 10)

    def test_nor_used(self):
        move = self._make_move(self.production, product=self.salt)
        with self.assertRaisesRegex(UserError, "in the quarantine"):
            self._make_line(move, self.env["stock.lot"], 5, self.shelf_in_cage)

    def test_few_take_them_out(self):
        def take(user):
            move = self._make_move(
                self.stock, 5, self.salt, self.shelf_in_cage
            ).with_user(user)
            move._action_assign()
            move.picked = True
            return move._action_done()

        with self.assertRaises(UserError):
            take(self.worker)
        self.assertEqual(take(self.releaser).state, "done")

    def test_a_held_lot_does_not_leave(self):
        lot = self._make_lot("M1", 10, location=self.cage)
        lot.decide("hold", "Smell")
        with self.assertRaisesRegex(UserError, "until they are released"):
            self._take(lot, self.shelf, source=self.cage)
        lot.decide("released", "In order")
        self._take(lot, self.shelf, source=self.cage)
        self._take(lot, self.customers, source=self.shelf)
