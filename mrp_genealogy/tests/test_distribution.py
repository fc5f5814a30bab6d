from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GenealogyCommon


@tagged("at_install", "-post_install")
class TestDistribution(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.m1 = cls._make_lot("M1", 100)
        cls.m2 = cls._make_lot("M2", 100)
        cls.delivery = cls._deliver(cls.m1, 10)

    def _get_events(self, *lots):
        self.env.flush_all()
        events = self.env["stock.lot.distribution"].search(
            [("lot_id", "in", [lot.id for lot in lots])], order="id"
        )
        return [(e.kind, e.lot_name, e.quantity) for e in events]

    def test_a_delivery_is_written_down(self):
        event = self.env["stock.lot.distribution"].search([("lot_id", "=", self.m1.id)])
        self.assertEqual(event.customer, "Frischmarkt")
        self.assertEqual(event.partner_id, self.customer)
        self.assertEqual(event.document, self.delivery.name)
        self.assertEqual(event.product_name, "Milk")
        self.assertEqual(event.quantity, 10)
        self.assertEqual(event.company_id, self.company)
        self.assertTrue(event.date)

    def test_it_stays_whatever_happens(self):
        line = self.delivery.move_line_ids
        line.quantity = 8
        line.lot_id = self.m2
        self.assertEqual(
            self._get_events(self.m1, self.m2),
            [
                ("delivery", "M1", 10),
                ("correction", "M1", -2),
                ("correction", "M1", -8),
                ("correction", "M2", 8),
            ],
        )
        self.customer.name = "Renamed"
        self.m1.name = "M1-NEW"
        first = self.env["stock.lot.distribution"].search(
            [("lot_id", "=", self.m1.id)], order="id", limit=1
        )
        self.assertEqual((first.customer, first.lot_name), ("Frischmarkt", "M1"))

    def test_a_line_added_to_a_posted_delivery(self):
        self._make_line(self.delivery.move_ids, self.m2, 3)
        self.assertEqual(self._get_events(self.m2), [("delivery", "M2", 3)])

    def test_what_comes_back(self):
        back = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "location_id": self.customers.id,
                "location_dest_id": self.stock.id,
                "partner_id": self.customer.id,
            }
        )
        self._post(back, self.m1, 4)
        self.assertEqual(
            self._get_events(self.m1), [("delivery", "M1", 10), ("return", "M1", -4)]
        )

    def test_in_the_unit_of_the_product(self):
        self.milk.uom_id = self.kg
        move = self._make_move(self.customers, 500, product_uom=self.gram.id)
        move._do_unreserve()
        self.env["stock.move.line"].create(
            {
                "move_id": move.id,
                "product_id": self.milk.id,
                "product_uom_id": self.gram.id,
                "lot_id": self.m2.id,
                "quantity": 500,
                "location_id": self.stock.id,
                "location_dest_id": self.customers.id,
            }
        )
        move.picked = True
        move._action_done()
        self.assertEqual(self._get_events(self.m2), [("delivery", "M2", 0.5)])

    def test_only_what_goes_to_a_customer(self):
        self._take(self.m2, self.shelf)
        self._take(self.m2, self.suppliers)
        self.assertFalse(self._get_events(self.m2))

    def test_nobody_writes_it(self):
        events = self.env["stock.lot.distribution"].search(
            [("lot_id", "=", self.m1.id)]
        )
        forged = {"mrp_genealogy_recording": True}
        for user in (self.worker, self.releaser):
            mine = events.with_user(user).with_context(**forged)
            self.assertEqual(mine.quantity, 10)
            with self.assertRaises(UserError):
                mine.write({"quantity": 0})
            with self.assertRaises(UserError):
                mine.create({"lot_name": "X"})
            with self.assertRaises(AccessError):
                mine.unlink()
        with self.assertRaises(UserError):
            events.sudo().write({"quantity": 0})
        with self.assertRaises(UserError):
            events.sudo().unlink()

    def test_the_supplier_names_his_lot_on_the_receipt(self):
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
        values = {
            "move_id": move.id,
            "picking_id": receipt.id,
            "product_id": self.milk.id,
            "quantity": 5,
            "location_id": self.suppliers.id,
            "location_dest_id": self.stock.id,
        }
        self.env["stock.move.line"].create(
            [
                {**values, "lot_name": "NEW", "supplier_lot": "F-1"},
                {**values, "lot_id": self.m2.id, "supplier_lot": "F-2"},
            ]
        )
        move.picked = True
        receipt._action_done()
        new = self.env["stock.lot"].search([("name", "=", "NEW")])
        self.assertEqual(new.supplier_lot, "F-1")
        self.assertEqual(self.m2.supplier_lot, "F-2")
