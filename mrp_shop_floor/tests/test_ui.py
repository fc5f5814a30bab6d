from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker

from .common import ShopFloorCommon


class ShopFloorHttpCase(ShopFloorCommon, HttpCase):
    browser_size = "375x667"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mrp_delay_tracking = True
        cls.company.mrp_scrap_reason_required = True
        cls.env["mrp.operation.instruction"].create(
            {"operation_id": cls.cut.operation_id.id, "body": "<p>Wear gloves</p>"}
        ).action_publish()


@tagged("post_install", "-at_install", "browser")
class TestPhone(ShopFloorHttpCase):
    def _run_tour(self, name, login="floor-anna"):
        self.env.flush_all()
        self.start_tour("/shop_floor", f"mrp_shop_floor_{name}", login=login)
        self.env.invalidate_all()

    def test_shift(self):
        self._run_tour("shift")
        self.assertEqual(self.cut.state, "done")
        self.assertEqual(self.cut.qty_good, 9)
        self.assertEqual(self.cut.qty_scrapped, 1)
        self.assertEqual(self.cut.time_ids.operator_id, self.anna)
        pauses = self.cut.delay_ids.filtered(lambda d: d.kind == "pause")
        self.assertEqual(pauses.line_ids.reason_id, self.stop_reason)
        events = self.env["mrp.shop.floor.event"].search([])
        self.assertEqual(set(events.mapped("state")), {"done"})

    def test_undo_finish(self):
        self._run_tour("undo_finish")
        self.assertEqual(self.cut.state, "progress")
        self.assertEqual(self.cut.working_operator_ids, self.anna)

    def test_tablet(self):
        self._run_tour("tablet", "floor-tablet")
        self.assertEqual(self.cut.working_operator_ids, self.anna | self.bert)

    def test_block(self):
        self.anna_user.group_ids |= self.env.ref(
            "mrp_operator.mrp_operator_group_supervisor"
        )
        self._run_tour("block")
        self.assertNotEqual(self.saw.working_state, "blocked")

    def test_scan(self):
        salt = self._make_product("Salt", tracking="lot")
        operation = {
            "name": "Mix",
            "workcenter_id": self.saw.id,
            "time_cycle_manual": 1,
        }
        bom = self._make_bom(
            self.cheese, [(salt, 1)], operation_ids=[(0, 0, operation)]
        )
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        for name in ("S-1", "S-2", "S-3"):
            lot = self.env["stock.lot"].create(
                {"name": name, "product_id": salt.id, "company_id": self.company.id}
            )
            self.env["stock.quant"]._update_available_quantity(
                salt, warehouse.lot_stock_id, 50, lot_id=lot
            )
        lot.decide("hold", "Smells")
        order = self._make_order(bom, 10)
        self._run_tour("scan")
        line = order.move_raw_ids.move_line_ids
        self.assertEqual((line.lot_id.name, line.quantity), ("S-2", 10))


@tagged("post_install", "-at_install", "browser")
class TestContainers(ShopFloorHttpCase):
    """Pallet after pallet, with labels, on a phone."""

    def test_containers(self):
        self.company.shop_floor_containers = True
        kilogram = self.env.ref("uom.product_uom_kgm")
        gouda, whey = (
            self._make_product(name, tracking="lot", uom_id=kilogram.id)
            for name in ("Gouda", "Whey")
        )
        bom = self._make_bom(
            gouda,
            [(self.milk, 10)],
            byproducts=[
                {
                    "product_id": whey.id,
                    "product_qty": 7,
                    "product_uom_id": kilogram.id,
                    "output_type": "by_product",
                }
            ],
            operation_ids=[(0, 0, {"name": "Pack", "workcenter_id": self.saw.id})],
        )
        order = self._make_order(bom, 100)
        self.env.flush_all()
        self.start_tour("/shop_floor", "mrp_shop_floor_containers", login="floor-anna")
        self.env.invalidate_all()
        lines = order.move_finished_ids._get_declared_lines()
        self.assertEqual(sorted(lines.mapped("quantity")), [40, 80])
        self.assertEqual(
            set(lines.mapped("lot_id.name")) - {"W-1"}, {order.lot_producing_ids.name}
        )
        heavy = lines.filtered(lambda line: line.product_id == gouda)
        self.assertEqual(heavy.result_package_id.shipping_weight, 42.5)
        labels = self.env["mrp.output.label"].search([("production_id", "=", order.id)])
        self.assertEqual(labels.mapped("reason"), ["damaged", False])
        photo = self.env["ir.attachment"].search(
            [("res_model", "=", "mrp.production"), ("res_id", "=", order.id)]
        )
        self.assertEqual(photo.mimetype, "image/jpeg")
        self.assertEqual(order.workorder_ids.state, "done")


@tagged("post_install", "-at_install", "browser")
class TestNarrow(TestPhone):
    browser_size = "360x640"

    # Odoo runs no inherited tests
    def test_shift(self):
        return super().test_shift()

    def test_block(self):
        return super().test_block()


@tagged("post_install", "-at_install", "browser")
class TestJs(HOOTCommon):
    @no_retry
    def test_hoot(self):
        self._test_params = [("+", "@mrp_shop_floor")]
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"{self.get_hoot_filters()}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
