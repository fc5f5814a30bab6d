from odoo.exceptions import UserError
from odoo.tests import Form

from .common import ReasonCommon


class TestScrap(ReasonCommon):
    def test_nothing_is_asked_until_configured(self):
        order = self._make_order(self.bom, 5)
        self.assertEqual(self._scrap(order, self.milk).state, "done")

    def test_a_component_needs_a_reason_where_the_company_says_so(self):
        self.company.mrp_scrap_reason_required = True
        order = self._make_order(self.bom, 5)
        before = self._get_stock(self.milk)
        with self.assertRaisesRegex(UserError, "needs a reason"), self.cr.savepoint():
            self._scrap(order, self.milk)
        self.assertEqual(self._get_stock(self.milk), before)
        with self.assertRaisesRegex(UserError, "T-DL"), self.cr.savepoint():
            self._scrap(order, self.milk, mrp_reason_id=self.delay_reason.id)
        scrap = self._scrap(order, self.milk, mrp_reason_id=self.scrap_reason.id)
        self.assertEqual(scrap.state, "done")
        # goods that no order scraps are nobody's business here
        loose = self.env["stock.scrap"].create(
            {"product_id": self.milk.id, "company_id": self.company.id}
        )
        loose.action_validate()
        self.assertEqual(loose.state, "done")

    def test_a_note_may_follow_until_it_is_scrapped(self):
        self.scrap_reason.note_required = True
        order = self._make_order(self.bom, 5)
        scrap = self.env["stock.scrap"].create(
            self._prepare_scrap(order, self.milk, mrp_reason_id=self.scrap_reason.id)
        )
        with self.assertRaisesRegex(UserError, "note"), self.cr.savepoint():
            scrap.action_validate()
        scrap.mrp_reason_note = "Sour"
        scrap.action_validate()
        self.assertEqual(scrap.state, "done")

    def test_rejects_in_process_leave_no_negative_stock(self):
        """Core: -1 in stock, 10 produced, 9 on hand, and the order says 10."""
        order = self._make_order(self.bom, 10)
        scrap = self._scrap(order, self.cheese, 1, mrp_reason_id=self.scrap_reason.id)
        self.assertEqual(scrap.state, "done")
        self.assertFalse(scrap.move_ids)
        self.assertEqual(self._get_stock(self.cheese), 0)
        before = self._get_stock(self.milk)
        self._complete(order)
        self.assertEqual(order.qty_produced, 9)
        self.assertEqual(self._get_stock(self.cheese), 9)
        self.assertEqual(before - self._get_stock(self.milk), 10)
        self.assertBalanced(order)

    def test_dialog_offers_the_product_being_made(self):
        order = self._make_order(self.bom, 10)
        action = order.button_scrap()
        self.assertIn(self.cheese.id, action["context"]["product_ids"])
        self.cheese.tracking = "lot"
        form = Form(self.env["stock.scrap"].with_context(**action["context"]))
        form.product_id = self.cheese
        form.scrap_qty = 2
        form.mrp_reason_id = self.scrap_reason
        form.save().action_validate()
        self.assertEqual(order._get_rejected_quantity(), 2)

    def test_expected_consumption_includes_rejects(self):
        self.bom.consumption = "strict"
        order = self._make_order(self.bom, 10)
        self._declare(order, "scrap", 2, 0, reason_id=self.scrap_reason.id)
        order.qty_producing = 8
        order._set_qty_producing()
        self.assertEqual(order.move_raw_ids.quantity, 10)
        self.assertFalse(order._get_consumption_issues())
        order.move_raw_ids.quantity = 11
        self.assertEqual(order._get_consumption_issues()[0][2:], (11, 10))

    def test_a_unit_used_only_what_came_before_its_reject(self):
        paint = self._make_product("Paint", price=1)
        self._receive(paint, 100, 1)
        self.bom.write(
            {
                "bom_line_ids": [
                    (
                        0,
                        0,
                        {
                            "product_id": paint.id,
                            "product_qty": 1,
                            "operation_id": self.bom.operation_ids[2].id,
                        },
                    )
                ]
            }
        )
        order = self._make_order(self.bom, 10)
        self._declare(order, "scrap", 2, 0, reason_id=self.scrap_reason.id)
        self._complete(order)
        used = {move.product_id: move.quantity for move in order.move_raw_ids}
        self.assertEqual(used[self.milk], 10)
        self.assertEqual(used[paint], 8)

    def test_everything_rejected(self):
        order = self._make_order(self.bom, 2)
        self._declare(order, "scrap", 2, 0, reason_id=self.scrap_reason.id)
        with self.assertRaisesRegex(UserError, "rejected"):
            self._complete(order)

    def test_an_output_that_is_not_made_yet(self):
        cream = self._make_product("Cream")
        self.bom.byproduct_ids = [(0, 0, {"product_id": cream.id, "product_qty": 1})]
        order = self._make_order(self.bom, 2)
        with self.assertRaisesRegex(UserError, "Cream"), self.cr.savepoint():
            self.env["stock.scrap"].create(self._prepare_scrap(order, cream)).do_scrap()

    def test_unscrap_brings_back_lot_and_value(self):
        for method in ("average", "fifo"):
            product = self._make_product(f"Part {method}", method, tracking="lot")
            lots = self.env["stock.lot"].create(
                [{"name": f"{method} {i}", "product_id": product.id} for i in range(2)]
            )
            self._receive(product, 10, 4, lots[0])
            order = self._make_order(
                self._make_bom(self._make_product(f"Made {method}"), [(product, 1)])
            )
            scrap = self._scrap(
                order, product, 3, lot_id=lots[0].id, mrp_reason_id=self.scrap_reason.id
            )
            self._receive(product, 10, 9, lots[1])
            value = product.total_value
            scrap.action_unscrap()
            self.assertEqual(scrap.state, "returned")
            self.assertAlmostEqual(product.total_value - value, 12)
            self.assertEqual(lots[0].product_qty, 10)
            with self.assertRaises(UserError):
                scrap.action_unscrap()

    def test_unscrap_in_process(self):
        order = self._make_order(self.bom, 10)
        scrap = self._scrap(order, self.cheese, 4, mrp_reason_id=self.scrap_reason.id)
        scrap.action_unscrap()
        self.assertEqual(scrap.state, "returned")
        self.assertFalse(order._get_rejected_quantity())
        self._complete(order)
        self.assertEqual(self._get_stock(self.cheese), 10)
        with self.assertRaises(UserError):
            scrap.operation_quantity_ids.action_reverse()

    def test_what_a_run_bears_can_not_come_back_beside_it(self):
        order = self._make_order(self.bom, 10)
        scrap = self._scrap(order, self.milk, 4, mrp_reason_id=self.scrap_reason.id)
        self._complete(order)
        with self.assertRaisesRegex(UserError, "completed"):
            scrap.action_unscrap()

    def test_tag_and_reason_tell_one_story(self):
        tag = self.env["stock.scrap.reason.tag"].create({"name": "Sour milk"})
        self.scrap_reason.scrap_tag_id = tag
        order = self._make_order(self.bom, 10)
        scrap = self._scrap(order, self.milk, scrap_reason_tag_ids=[(4, tag.id)])
        self.assertEqual(scrap.mrp_reason_id, self.scrap_reason)
        scrap = self._scrap(order, self.milk, mrp_reason_id=self.scrap_reason.id)
        self.assertEqual(scrap.scrap_reason_tag_ids, tag)
