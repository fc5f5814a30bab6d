from odoo import Command

from .common import ShopFloorCommon


class OutputCommon(ShopFloorCommon):
    """Two operations; cheese by the lot, whey and fines beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.shop_floor_containers = True
        cls.kilogram = cls.env.ref("uom.product_uom_kgm")
        cls.gouda = cls._make_product(
            "Gouda", tracking="lot", uom_id=cls.kilogram.id, barcode="4006381333931"
        )
        cls.whey = cls._make_product("Whey", tracking="lot", uom_id=cls.kilogram.id)
        cls.fines = cls._make_product("Fines", uom_id=cls.kilogram.id)
        cls.whole_bom = cls._make_bom(
            cls.gouda,
            [(cls.milk, 10)],
            byproducts=[
                {
                    "product_id": cls.whey.id,
                    "product_qty": 8,
                    "product_uom_id": cls.kilogram.id,
                    "output_type": "by_product",
                },
                {
                    "product_id": cls.fines.id,
                    "product_qty": 0.1,
                    "product_uom_id": cls.kilogram.id,
                    "output_type": "waste",
                },
            ],
            operation_ids=[
                Command.create(
                    {"name": name, "workcenter_id": cls.saw.id, "time_cycle_manual": 1}
                )
                for name in ("Curdle", "Press")
            ],
        )
        cls.batch = cls._make_order(cls.whole_bom, 100)
        cls.curdle, cls.pressing = cls.batch.workorder_ids

    def setUp(self):
        super().setUp()
        self.token = self._sign_in()

    def _get_move(self, product):
        return self.batch.move_finished_ids.filtered(lambda m: m.product_id == product)

    def _get_lines(self, product):
        return self._get_move(product)._get_declared_lines()

    def _declare_good(self, quantity, product=None, workorder=None, **payload):
        move = self._get_move(product) if product else self.env["stock.move"]
        result = self._tap(
            "declare",
            self.token,
            workorder or self.pressing,
            {"what": "good", "quantity": quantity, "output_id": move.id, **payload},
        )
        return result

    def _get_outputs(self, workorder=None):
        answer = self._get_run(self.token, workorder or self.pressing)
        return answer["data"]["run"]

    def _finish(self):
        for workorder in (self.curdle, self.pressing):
            self._tap("finish", self.token, workorder)


class TestOutputs(OutputCommon):
    """What came out is declared container by container, in core's own lines."""

    def test_container(self):
        """One declaration is one line of the output, with its lot and its package."""
        result = self._declare_good(40, self.gouda, lot="G-1")
        self.assertState(result, "done")
        self.assertState(self._declare_good(30, self.gouda), "done")
        self.assertState(self._declare_good(25, self.gouda, lot="G-2"), "done")
        lines = self._get_lines(self.gouda)
        self.assertEqual(lines.mapped("quantity"), [40, 30, 25])
        self.assertEqual(lines.mapped("lot_id.name"), ["G-1", "G-2"])
        self.assertEqual(lines[1].lot_id.name, "G-1")
        self.assertEqual(len(lines.result_package_id), 3)
        self.assertEqual(lines.declared_operator_id, self.anna)
        self.assertEqual(self.pressing.qty_good, 95)
        self.assertEqual(result["result"]["line_id"], lines[0].id)

    def test_only_at_the_last_operation(self):
        """What is worked on further is no output yet."""
        self.assertState(self._declare_good(100, workorder=self.curdle), "done")
        self.assertFalse(self._get_lines(self.gouda))
        self.assertEqual(self.curdle.qty_good, 100)
        first = self._get_outputs(self.curdle)["outputs"][0]
        self.assertEqual((first["id"], first["main"]), (0, True))

    def test_stock(self):
        """What is in the containers is what the order produced."""
        self._declare_good(60, self.gouda, lot="G-1")
        self._declare_good(36, self.gouda, lot="G-2")
        self._declare_good(700, self.whey, lot="W-1")
        self._declare_good(3, self.fines)
        self._declare_good(1, self.fines)
        self._finish()
        self._complete(self.batch)
        self.assertEqual(self.batch.state, "done")
        quants = self.env["stock.quant"].search(
            [("product_id", "=", self.gouda.id), ("location_id.usage", "=", "internal")]
        )
        found = {(q.lot_id.name, q.package_id.id != 0, q.quantity) for q in quants}
        self.assertEqual(found, {("G-1", True, 60), ("G-2", True, 36)})
        self.assertTrue(all(quants.mapped("package_id")))
        self.assertEqual(self._get_move(self.whey).quantity, 700)
        self.assertEqual(self._get_move(self.whey).move_line_ids.lot_id.name, "W-1")
        self.assertEqual(self._get_move(self.fines).quantity, 4)

    def test_backorder(self):
        self._declare_good(60, self.gouda, lot="G-1")
        lines = self._get_move(self.gouda).move_line_ids
        self._finish()
        self._complete(self.batch, mo_ids_to_backorder=self.batch.ids)
        self.assertEqual(lines.mapped("state"), ["done"])
        self.assertEqual(lines.move_id.production_id.qty_produced, 60)
        orders = self.batch.production_group_id.production_ids
        self.assertEqual(sorted(orders.mapped("product_qty")), [40, 60])

    def test_more_than_declared(self):
        """The office may enter more; less than is in the containers it may not."""
        self._declare_good(60, self.gouda, lot="G-1")
        self._finish()
        self.batch.qty_producing = 50
        with self.assertRaisesRegex(Exception, "declared in containers"):
            self._complete(self.batch)
        self.batch.qty_producing = 70
        self._complete(self.batch)
        lines = self._get_move(self.gouda).move_line_ids
        self.assertEqual(sorted(lines.mapped("quantity")), [10, 60])

    def test_unreserve_keeps_containers(self):
        self._declare_good(60, self.gouda, lot="G-1")
        self.batch.do_unreserve()
        self.assertEqual(self._get_move(self.gouda).quantity, 60)

    def test_undo_and_take_back(self):
        result = self._declare_good(60, self.gouda, lot="G-1")
        package = self._get_move(self.gouda).move_line_ids.result_package_id
        undo = self._tap("undo", self.token, self.pressing, {"uuid": result["uuid"]})
        self.assertState(undo, "done")
        self.assertFalse(self._get_lines(self.gouda))
        self.assertFalse(package.exists())
        self.assertEqual(self.pressing.qty_good, 0)
        self._declare_good(700, self.whey)
        line = self._get_move(self.whey).move_line_ids
        other = self._tap("take_back", self.token, self.cut, {"line_id": line.id})
        self.assertState(other, "refused")
        back = self._tap("take_back", self.token, self.pressing, {"line_id": line.id})
        self.assertState(back, "done")
        self.assertFalse(self._get_lines(self.whey))
        again = self._tap("take_back", self.token, self.pressing, {"line_id": line.id})
        self.assertState(again, "refused", "already")

    def test_row_taken_back_in_the_office(self):
        self._declare_good(60, self.gouda, lot="G-1")
        self.pressing.operation_quantity_ids.action_reverse()
        self.assertFalse(self._get_lines(self.gouda))

    def test_sent_twice(self):
        event = self._event(
            "declare",
            self.token,
            self.pressing,
            {"what": "good", "quantity": 5, "output_id": self._get_move(self.gouda).id},
        )
        first = self._send(event)[0]
        self.assertEqual(self._send(event)[0], first)
        self.assertEqual(self._get_move(self.gouda).quantity, 5)

    def test_lot_of_the_run(self):
        """Without a name it is the lot of the run; a new one when it is asked for."""
        self._declare_good(10, self.gouda)
        self.assertEqual(
            self._get_move(self.gouda).move_line_ids.lot_id,
            self.batch.lot_producing_ids,
        )
        self._declare_good(10, self.gouda, new_lot=True)
        self.assertEqual(len(self._get_move(self.gouda).move_line_ids.lot_id), 2)

    def test_ten_times_the_plan(self):
        result = self._declare_good(8001, self.whey)
        self.assertState(result, "refused", "10 times the plan")
        self.assertState(self._declare_good(8001, self.whey, sure=True), "done")

    def test_bad_input(self):
        self.assertState(self._declare_good(0, self.gouda), "refused", "above 0")
        self.assertState(self._declare_good(-1, self.gouda), "refused", "above 0")
        payload = {"what": "good", "quantity": 1, "output_id": 99999999}
        result = self._tap("declare", self.token, self.pressing, payload)
        self.assertState(result, "refused", "does not come out")
        payload = {"what": "scrap", "quantity": 1}
        payload["output_id"] = self._get_move(self.whey).id
        result = self._tap("declare", self.token, self.pressing, payload)
        self.assertState(result, "refused", "Gouda")

    def test_inert_until_configured(self):
        self.company.shop_floor_containers = False
        self.assertState(self._declare_good(100), "done")
        self.assertFalse(self._get_lines(self.gouda))
        self.assertState(self._declare_good(700, self.whey), "done")
        self.assertFalse(self._get_move(self.whey).move_line_ids.result_package_id)

    def test_weight_and_pieces(self):
        """Pieces may be weighed, too, or be counted by their weight."""
        wheel = self._make_product("Wheel", weight=0.25)
        bom = self._make_bom(
            wheel,
            [(self.milk, 1)],
            operation_ids=[
                Command.create({"name": "Wrap", "workcenter_id": self.saw.id})
            ],
        )
        order = self._make_order(bom, 100)
        wrap = order.workorder_ids
        run = self._get_outputs(wrap)
        units = {unit["name"]: unit for unit in run["outputs"][0]["units"]}
        self.assertAlmostEqual(units["kg"]["factor"], 4)
        self.assertAlmostEqual(units["g"]["factor"], 0.004)
        payload = {"what": "good", "quantity": 12, "weight": 3.05, "gross": 4.1}
        self.assertState(self._tap("declare", self.token, wrap, payload), "done")
        line = order.move_finished_ids.move_line_ids
        self.assertEqual((line.quantity, line.net_weight), (12, 3.05))
        self.assertEqual(line.result_package_id.shipping_weight, 4.1)
        payload = {"what": "good", "quantity": 5, "unit_id": units["kg"]["id"]}
        self.assertState(self._tap("declare", self.token, wrap, payload), "done")
        self.assertEqual(order.move_finished_ids.quantity, 32)

    def test_told(self):
        self._declare_good(40, self.gouda, lot="G-1")
        self._declare_good(3, self.fines)
        run = self._get_outputs()
        told = {one["product"]: one for one in run["outputs"]}
        self.assertEqual(set(told), {"Gouda", "Whey", "Fines"})
        self.assertEqual(run["outputs"][0]["product"], "Gouda")
        self.assertEqual(told["Gouda"]["good"], 40)
        self.assertEqual(told["Fines"]["type"], "waste")
        self.assertEqual(told["Gouda"]["lots"], ["G-1"])
        last, first = run["declared"]
        self.assertEqual((last["product"], last["quantity"]), ("Fines", 3))
        self.assertEqual((first["lot"], first["prints"]), ("G-1", 0))
        self.assertTrue(first["container"])

    def test_in_its_own_company(self):
        """Another company's setting and current company change nothing."""
        other = self._make_company("Other Creamery")
        self.env.user.company_id = other
        self.assertFalse(other.shop_floor_containers)
        self._declare_good(40, self.gouda, lot="G-1")
        line = self._get_move(self.gouda).move_line_ids
        self.assertEqual(line.company_id, self.company)
        self.assertTrue(line.result_package_id)

    def test_who_declared_it_stays(self):
        self._declare_good(40, self.gouda, lot="G-1")
        line = self._get_move(self.gouda).move_line_ids
        with self.assertRaisesRegex(Exception, "recorded on the shop floor"):
            line.declared_operator_id = self.bert
