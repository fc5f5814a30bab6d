import io
import zipfile
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import GenealogyCommon


class RecallCommon(GenealogyCommon):
    """Milk of a farm in two cheeses, one of them sliced, both sold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.slice = cls._make_product("Slices")
        cls.m1, cls.m2 = cls._make_lot("M1"), cls._make_lot("M2")
        cls.m1.supplier_lot = "FARM-0815"
        cls._receive(cls.m1, 100)
        cls._receive(cls.m2, 100)
        cls.c1, cls.c2, cls.c3 = (
            cls._make_lot(name, product=cls.cheese) for name in ("C1", "C2", "C3")
        )
        cls.s1 = cls._make_lot("S1", product=cls.slice)
        cls.order = cls._run(cls.cheese, 10, [(cls.milk, cls.m1, 60)], cls.c1)
        cls._run(
            cls.cheese, 8, [(cls.milk, cls.m1, 30), (cls.milk, cls.m2, 10)], cls.c2
        )
        cls._run(cls.cheese, 5, [(cls.milk, cls.m2, 40)], cls.c3)
        cls._run(cls.slice, 20, [(cls.cheese, cls.c1, 4)], cls.s1)
        cls._deliver(cls.s1, 15)
        cls._deliver(cls.c2, 3)

    @classmethod
    def _make_recall(cls, **values):
        return cls.env["mrp.recall"].create({"title": "Listeria", **values})

    def _get_lots(self, recall):
        return set(recall.line_ids.lot_id.mapped("name"))

    def _get_line(self, recall, lot):
        return recall.line_ids.filtered(lambda line: line.lot_id == lot)


@tagged("at_install", "-post_install")
class TestFind(RecallCommon):
    def test_from_a_lot(self):
        recall = self._make_recall(lot_ids=self.m1.ids)
        recall.action_compute()
        self.assertEqual(self._get_lots(recall), {"M1", "C1", "C2", "S1"})
        self.assertEqual(recall.line_ids.filtered("is_origin").lot_id, self.m1)
        self.assertEqual(recall.state, "computed")
        self.assertTrue(recall.name.startswith("RC/"))

    def test_from_a_suppliers_lot(self):
        recall = self._make_recall(supplier_lot=" farm-0815 ")
        recall.action_compute()
        self.assertEqual(self._get_lots(recall), {"M1", "C1", "C2", "S1"})

    def test_a_suppliers_lot_is_no_pattern(self):
        recall = self._make_recall(supplier_lot="FARM%")
        with self.assertRaises(UserError):
            recall.action_compute()

    def test_from_a_complaint_back_to_the_milk(self):
        recall = self._make_recall(lot_ids=self.s1.ids)
        recall.action_compute()
        self.assertEqual(self._get_lots(recall), {"S1"})
        recall.action_draft()
        recall.trace_back = True
        recall.action_compute()
        self.assertEqual(self._get_lots(recall), {"S1", "C1", "M1", "C2"})

    def test_from_a_product_and_a_period(self):
        now = fields.Datetime.now()
        recall = self._make_recall(
            product_id=self.cheese.id,
            date_from=now - timedelta(hours=1),
            date_to=now + timedelta(hours=1),
        )
        recall.action_compute()
        self.assertEqual(self._get_lots(recall), {"C1", "C2", "C3", "S1"})
        recall = self._make_recall(
            product_id=self.cheese.id, date_to=now - timedelta(days=1)
        )
        with self.assertRaisesRegex(UserError, "No lot matches"):
            recall.action_compute()
        self.assertEqual(recall.state, "draft")

    def test_from_a_work_center(self):
        vat, press = self.env["mrp.workcenter"].create(
            [{"name": name, "company_id": self.company.id} for name in ("Vat", "Press")]
        )
        bom = self._make_bom(
            self.cheese,
            [(self.milk, 1)],
            operation_ids=[Command.create({"name": "Cook", "workcenter_id": vat.id})],
        )
        order = self._make_order(self.cheese, 1, bom)
        order.lot_producing_ids = self._make_lot("C9", product=self.cheese)
        order.qty_producing = 1
        self._consume(order, [(self.milk, self.m2, 1)])
        self._complete(order)
        recall = self._make_recall(workcenter_id=vat.id)
        recall.action_compute()
        self.assertEqual(self._get_lots(recall), {"C9"})
        with self.assertRaises(UserError):
            self._make_recall(workcenter_id=press.id).action_compute()
        with self.assertRaises(UserError):
            self._make_recall(
                workcenter_id=vat.id, date_to=order.date_start - timedelta(days=9)
            ).action_compute()

    def test_a_recall_of_nothing(self):
        with self.assertRaisesRegex(UserError, "Say what is recalled"):
            self._make_recall().action_compute()

    def test_a_period_backwards(self):
        now = fields.Datetime.now()
        with self.assertRaises(ValidationError):
            self._make_recall(date_from=now, date_to=now - timedelta(days=1))

    def test_criteria_stay_with_what_was_found(self):
        recall = self._make_recall(lot_ids=self.m1.ids)
        recall.action_compute()
        with self.assertRaises(UserError):
            recall.lot_ids = self.m2
        recall.action_draft()
        recall.lot_ids = self.m2
        recall.action_compute()
        self.assertEqual(self._get_lots(recall), {"M2", "C2", "C3"})

    def test_looking_again_finds_what_came_later(self):
        recall = self._make_recall(lot_ids=self.m1.ids)
        recall.action_compute()
        started = recall.start_date
        lot = self._make_lot("S2", product=self.slice)
        self._run(self.slice, 5, [(self.cheese, self.c1, 1)], lot)
        recall.action_compute()
        self.assertIn("S2", self._get_lots(recall))
        self.assertEqual(recall.start_date, started)


@tagged("at_install", "-post_install")
class TestBalance(RecallCommon):
    def test_everything_is_accounted_for(self):
        recall = self._make_recall(lot_ids=self.m1.ids)
        recall.action_compute()
        milk = self._get_line(recall, self.m1)
        self.assertEqual(
            (milk.received_quantity, milk.consumed_quantity, milk.on_hand_quantity),
            (100, 90, 10),
        )
        slices = self._get_line(recall, self.s1)
        self.assertEqual(
            (
                slices.received_quantity,
                slices.delivered_quantity,
                slices.on_hand_quantity,
            ),
            (20, 15, 5),
        )
        self.assertEqual(set(recall.line_ids.mapped("unaccounted_quantity")), {0})
        self.assertEqual(recall.found_percent, 100)

    def test_scrap_returns_and_losses(self):
        self.env["stock.scrap"].create(
            {
                "product_id": self.milk.id,
                "lot_id": self.m1.id,
                "scrap_qty": 2,
                "location_id": self.stock.id,
            }
        ).do_scrap()
        self._take(self.m1, self.suppliers, 3)
        quant = self.m1.quant_ids.filtered(lambda q: q.location_id == self.stock)
        quant.with_context(inventory_mode=True).inventory_quantity = 1
        quant.action_apply_inventory()
        back = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "location_id": self.customers.id,
                "location_dest_id": self.stock.id,
            }
        )
        self._post(back, self.s1, 5)
        recall = self._make_recall(lot_ids=self.m1.ids)
        recall.action_compute()
        milk = self._get_line(recall, self.m1)
        self.assertEqual(
            (milk.scrapped_quantity, milk.vendor_quantity, milk.on_hand_quantity),
            (2, 3, 1),
        )
        # 10 were left: 2 scrapped, 3 sent back, 1 found, so 4 are missing
        self.assertEqual(milk.unaccounted_quantity, 4)
        self.assertEqual(milk.unaccounted_percent, 4)
        slices = self._get_line(recall, self.s1)
        self.assertEqual((slices.returned_quantity, slices.on_hand_quantity), (5, 10))
        self.assertEqual(slices.unaccounted_quantity, 0)
        self.assertAlmostEqual(recall.found_percent, 99, places=6)

    def test_stock_that_was_only_counted_in(self):
        lot = self._make_lot("OPENING")
        quant = (
            self.env["stock.quant"]
            .with_context(inventory_mode=True)
            .create(
                {
                    "product_id": self.milk.id,
                    "location_id": self.stock.id,
                    "lot_id": lot.id,
                    "inventory_quantity": 50,
                }
            )
        )
        quant.action_apply_inventory()
        self._take(lot, self.customers, 20)
        recall = self._make_recall(lot_ids=lot.ids)
        recall.action_compute()
        self.assertEqual(recall.line_ids.received_quantity, 50)
        self.assertEqual(recall.line_ids.unaccounted_quantity, 0)


@tagged("at_install", "-post_install")
class TestAct(RecallCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recall = cls._make_recall(lot_ids=cls.m1.ids)
        cls.recall.action_compute()

    def test_hold_what_is_on_hand(self):
        waiting = self._make_move(self.customers, 2, self.slice)
        waiting._action_assign()
        self.assertEqual(waiting.move_line_ids.lot_id, self.s1)
        self.recall.with_user(self.releaser).action_hold()
        for lot in (self.m1, self.c1, self.c2, self.s1):
            self.assertEqual(lot.hold_state, "hold", lot.name)
            self.assertIn(self.recall.name, lot.hold_reason)
        self.assertEqual(self.c3.hold_state, "released")
        self.assertFalse(waiting.move_line_ids)
        self.assertEqual(self.recall.held_count, 4)
        with self.assertRaises(UserError):
            self._take(self.c1, self.production, 1)

    def test_an_exercise_holds_nothing(self):
        recall = self._make_recall(lot_ids=self.m1.ids, is_mock=True)
        recall.action_compute()
        with self.assertRaisesRegex(UserError, "exercise"):
            recall.action_hold()
        self.assertEqual(self.m1.hold_state, "released")
        recall.action_done()
        self.assertTrue(recall.end_date)
        self.assertEqual(recall.found_percent, 100)
        with self.assertRaisesRegex(UserError, "evidence"):
            recall.unlink()

    def test_time_is_kept(self):
        self.recall.start_date = fields.Datetime.now() - timedelta(minutes=90)
        self.recall.action_done()
        self.assertAlmostEqual(self.recall.duration, 1.5, places=1)

    def test_who_received_it(self):
        contacts = {contact.product_id: contact for contact in self.recall.contact_ids}
        self.assertEqual(set(contacts), {self.slice, self.cheese})
        slices = contacts[self.slice]
        self.assertEqual(slices.customer, "Frischmarkt")
        self.assertEqual(slices.delivered_quantity, 15)
        self.assertEqual(slices.lot_names, "S1")
        slices.with_user(self.releaser).action_contacted()
        self.assertEqual(slices.user_id, self.releaser)
        self.assertTrue(slices.contact_date)
        slices.write(
            {
                "state": "answered",
                "answer": "Half is sold",
                "returned_quantity": 5,
                "destroyed_quantity": 2,
            }
        )
        self.assertEqual(slices.open_quantity, 8)
        with self.assertRaises(ValidationError):
            slices.destroyed_quantity = 11

    def test_looking_again_keeps_what_was_said(self):
        slices = self.recall.contact_ids.filtered(
            lambda contact: contact.product_id == self.slice
        )
        slices.write({"state": "answered", "answer": "Sold"})
        self._deliver(self.c1, 1, self.env["res.partner"].create({"name": "New"}))
        self.recall.action_compute()
        self.assertEqual(slices.answer, "Sold")
        self.assertEqual(
            sorted(self.recall.contact_ids.mapped("customer")),
            ["Frischmarkt", "Frischmarkt", "New"],
        )

    def test_an_edited_delivery_hides_nobody(self):
        delivery = self.env["stock.picking"].search(
            [("partner_id", "=", self.customer.id), ("product_id", "=", self.slice.id)]
        )
        delivery.partner_id = self.supplier
        self.recall.action_compute()
        self.assertEqual(
            set(self.recall.contact_ids.mapped("customer")), {"Frischmarkt"}
        )

    def test_the_spreadsheet(self):
        with zipfile.ZipFile(io.BytesIO(self.recall._get_xlsx())) as book:
            names = book.read("xl/workbook.xml").decode()
            text = "".join(
                book.read(name).decode()
                for name in book.namelist()
                if name.startswith("xl/worksheets/") or "sharedStrings" in name
            )
        for sheet in ("Lots", "Transformation", "Shipping", "Contacts"):
            self.assertIn(f'name="{sheet}"', names)
        for value in ("M1", "FARM-0815", "S1", "Frischmarkt", self.order.name):
            self.assertIn(value, text)

    def test_a_lot_named_like_a_formula(self):
        self.m1.name = '=HYPERLINK("http://evil")'
        with zipfile.ZipFile(io.BytesIO(self.recall._get_xlsx())) as book:
            for name in book.namelist():
                if name.startswith("xl/worksheets/sheet"):
                    self.assertNotIn("<f>", book.read(name).decode())

    def test_the_printed_list(self):
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("mrp_genealogy.mrp_recall_report", self.recall.ids)[0]
            .decode()
        )
        for value in ("Listeria", "M1", "C2", "S1", "Frischmarkt"):
            self.assertIn(value, html)
