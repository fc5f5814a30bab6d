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

    def test_rejects_after_the_start_are_not_put_in_stock(self):
        order = self._make_order(self.bom, 10)
        order.workorder_ids[0].button_start()
        self.assertEqual(order.qty_producing, 10)
        row = self._declare(order, "scrap", 2, 0, reason_id=self.scrap_reason.id)
        self.assertEqual(order.qty_producing, 8)
        row.action_reverse()
        self.assertEqual(order.qty_producing, 10)
        self._declare(order, "scrap", 2, 0, reason_id=self.scrap_reason.id)
        order.workorder_ids.button_finish()
        # neither a wizard nor a backorder: rejected units are not left to be made
        self.assertIs(
            order.with_context(skip_consumption=True).button_mark_done(), True
        )
        self.assertEqual(order.state, "done")
        self.assertEqual(order.production_group_id.production_ids, order)
        self.assertEqual(self._get_stock(self.cheese), 8)
        self.assertEqual(order.move_raw_ids.quantity, 10)
        self.assertBalanced(order)

    def test_backorder_of_an_order_with_rejects(self):
        order = self._make_order(self.bom, 10)
        self._declare(order, "scrap", 2, 0, reason_id=self.scrap_reason.id)
        order.qty_producing = 5
        order._set_qty_producing()
        order.with_context(
            mo_ids_to_backorder=order.ids,
            skip_backorder=True,
            skip_consumption=True,
            skip_redirection=True,
        ).button_mark_done()
        backorder = order.production_group_id.production_ids - order
        self.assertEqual(backorder.product_qty, 3)
        self.assertEqual(order.move_raw_ids.quantity, 7)
        self._complete(backorder)
        self.assertEqual(self._get_stock(self.cheese), 8)
        self.assertEqual(backorder.move_raw_ids.quantity, 3)
        self.assertBalanced(order | backorder)

    def test_unbuilding_does_not_bring_back_what_was_rejected(self):
        order = self._make_order(self.bom, 10)
        self._declare(order, "scrap", 2, 0, reason_id=self.scrap_reason.id)
        self._complete(order)
        before = self._get_stock(self.milk)
        self.env["mrp.unbuild"].create(
            {
                "mo_id": order.id,
                "product_id": self.cheese.id,
                "product_qty": 8,
                "company_id": self.company.id,
            }
        ).action_unbuild()
        self.assertEqual(self._get_stock(self.milk) - before, 8)

    def test_in_another_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._make_order(self.bom, 10, product_uom_id=dozen.id)
        self._scrap(
            order,
            self.cheese,
            1,
            product_uom_id=self.cheese.uom_id.id,
            mrp_reason_id=self.scrap_reason.id,
        )
        self.assertAlmostEqual(order._get_rejected_quantity(), 1 / 12)

    def test_what_is_scrapped_stays_scrapped(self):
        order = self._make_order(self.bom, 10)
        scrap = self._scrap(order, self.cheese, 1, mrp_reason_id=self.scrap_reason.id)
        scrap.do_scrap()
        self.assertEqual(order._get_rejected_quantity(), 1)
        other = self._make_reason("T-S2", "scrap")
        for vals in (
            {"state": "returned"},
            {"state": "draft"},
            {"mrp_reason_id": other.id},
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                scrap.with_user(self.user).write(vals)
        scrap.mrp_reason_id = other
        self._complete(order)
        with self.assertRaises(UserError), self.cr.savepoint():
            scrap.mrp_reason_id = self.scrap_reason

    def test_an_operation_alone_names_the_order(self):
        self.company.mrp_scrap_reason_required = True
        order = self._make_order(self.bom, 10)
        values = {
            "product_id": self.cheese.id,
            "workorder_id": order.workorder_ids[0].id,
            "company_id": self.company.id,
        }
        scrap = self.env["stock.scrap"].create(values)
        with self.assertRaises(UserError), self.cr.savepoint():
            scrap.do_scrap()
        scrap.mrp_reason_id = self.scrap_reason
        scrap.do_scrap()
        self.assertEqual(self._get_stock(self.cheese), 0)
        self.assertEqual(order._get_rejected_quantity(), 1)

    def test_a_stock_user_scraps(self):
        self.user.group_ids -= self.env.ref("mrp.group_mrp_user")
        order = self._make_order(self.bom, 10)
        scrap = (
            self.env["stock.scrap"]
            .with_user(self.user)
            .create(
                self._prepare_scrap(
                    order, self.milk, mrp_reason_id=self.scrap_reason.id
                )
            )
        )
        scrap.read(["favorite_reason_ids", "is_in_process"])
        scrap.action_validate()
        self.assertEqual(scrap.state, "done")

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
        # a tag alone never refuses what Odoo would scrap
        self.scrap_reason.note_required = True
        scrap = self._scrap(order, self.milk, scrap_reason_tag_ids=[(4, tag.id)])
        self.assertFalse(scrap.mrp_reason_id)
