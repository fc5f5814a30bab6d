from odoo.tools import mute_logger

from .common import ShopFloorCommon


class TestMaterial(ShopFloorCommon):
    """Material by scan: the lot that was scanned is what the order uses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salt = cls._make_product("Salt", tracking="lot", barcode="4006381333931")
        cls.salt_bom = cls._make_bom(
            cls.cheese, [(cls.salt, 1)], operation_ids=[(0, 0, cls._operation())]
        )
        cls.lots = cls.env["stock.lot"].create(
            [
                {"name": name, "product_id": cls.salt.id, "company_id": cls.company.id}
                for name in ("S-1", "S-2", "S-3")
            ]
        )
        location = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        for lot in cls.lots[:2]:
            cls.env["stock.quant"]._update_available_quantity(
                cls.salt, location.lot_stock_id, 50, lot_id=lot
            )
        cls.batch = cls._make_order(cls.salt_bom, 10)
        cls.batch.action_assign()
        cls.mix = cls.batch.workorder_ids
        cls.move = cls.batch.move_raw_ids

    @classmethod
    def _operation(cls):
        return {"name": "Mix", "workcenter_id": cls.saw.id, "time_cycle_manual": 1}

    def setUp(self):
        super().setUp()
        self.token = self._sign_in()

    def _issue(self, lot, quantity=10, **kw):
        payload = {"move_id": self.move.id, "lot": lot, "quantity": quantity}
        return self._tap("issue", self.token, self.mix, payload, **kw)

    def test_scanned_lot_is_used(self):
        self.assertEqual(self.move.move_line_ids.lot_id.name, "S-1")
        self.assertState(self._issue("S-2"), "done")
        line = self.move.move_line_ids
        self.assertEqual(line.lot_id.name, "S-2")
        self.assertEqual(line.quantity, 10)
        self.assertTrue(line.picked)
        material = self._get_run(self.token, self.mix)["data"]["run"]["materials"][0]
        self.assertEqual((material["done"], material["used"]), (10, ["S-2"]))
        self.batch.qty_producing = 10
        self.batch.lot_producing_ids = False
        self.batch.button_mark_done()
        done = self.batch.move_raw_ids.move_line_ids
        self.assertEqual(done.lot_id.name, "S-2")

    def test_what_odoo_filled_in_gives_way(self):
        self._tap("start", self.token, self.mix)
        self.batch.qty_producing = 10
        self.batch._set_qty_producing()
        material = self._get_run(self.token, self.mix)["data"]["run"]["materials"][0]
        self.assertEqual(material["done"], 0)
        self._issue("S-2")
        line = self.move.move_line_ids
        self.assertEqual((line.lot_id.name, line.quantity), ("S-2", 10))

    def test_two_lots(self):
        self._issue("S-1", 4)
        self._issue("S-2", 6)
        lines = self.move.move_line_ids
        self.assertEqual(
            sorted((line.lot_id.name, line.quantity) for line in lines),
            [("S-1", 4), ("S-2", 6)],
        )
        self._issue("S-2", 1)
        self.assertEqual(sum(self.move.move_line_ids.mapped("quantity")), 11)

    def test_lots_that_are_offered(self):
        self.lots[0].decide("hold", "Smells")
        lots = self._get_run(self.token, self.mix)["data"]["run"]["materials"][0][
            "lots"
        ]
        self.assertEqual(
            lots,
            [{"name": "S-1", "usable": False}, {"name": "S-2", "usable": True}],
        )

    def test_lot_on_hold(self):
        self.lots[1].decide("hold", "Smells")
        self.assertState(self._issue("S-2"), "refused", "may not be used")
        self.assertEqual(self.move.move_line_ids.lot_id.name, "S-1")
        self.assertState(self._issue("S-2", minutes=10), "exception")

    def test_wrong_lot(self):
        for lot in ("nothing", "", None, 5):
            with self.subTest(lot=lot):
                self.assertState(self._issue(lot), "refused", "no lot of Salt")

    def test_other_orders_material(self):
        payload = {"move_id": self.order.move_raw_ids.id, "quantity": 1}
        result = self._tap("issue", self.token, self.mix, payload)
        self.assertState(result, "refused", "no material")

    def test_without_lot(self):
        payload = {"move_id": self.order.move_raw_ids.id, "quantity": 3}
        with mute_logger("odoo.sql_db"):
            self.assertState(self._tap("issue", self.token, self.cut, payload), "done")
        lines = self.order.move_raw_ids.move_line_ids.filtered("picked")
        self.assertEqual(sum(lines.mapped("quantity")), 3)

    def test_undo(self):
        result = self._issue("S-2", 4)
        undo = self._tap("undo", self.token, self.mix, payload={"uuid": result["uuid"]})
        self.assertState(undo, "done")
        self.assertFalse(self.move.move_line_ids.filtered("picked"))

    def test_too_much(self):
        self.assertState(self._issue("S-2", 101), "refused", "10 times")
