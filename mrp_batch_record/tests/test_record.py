from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BatchCommon


@tagged("post_install", "-at_install")
class TestRecord(BatchCommon):
    """One record per run, whatever door it comes in or goes out by."""

    def test_confirmation_opens(self):
        order = self.env["mrp.production"].create(
            {"product_id": self.cheese.id, "product_qty": 2, "bom_id": self.bom.id}
        )
        self.assertFalse(order.batch_record_id)
        order.with_user(self.planner).action_confirm()
        record = self._get_record(order)
        self.assertRegex(record.name, r"^BR/\d{6}$")
        self.assertEqual(record.state, "open")
        self.assertEqual(self._get_kinds(record), ["opening", "recipe", "plan"])
        order.action_confirm()
        self.assertEqual(len(order.batch_record_ids), 1)

    def test_completion_executes(self):
        order = self._make(user=self.planner)
        record = self._get_record(order)
        self.assertEqual(record.state, "executed")
        self.assertEqual(record.lot_ids, order.lot_producing_ids)
        self.assertEqual(
            self._get_kinds(record),
            [
                "opening",
                "recipe",
                "plan",
                "materials",
                "equipment",
                "operations",
                "outputs",
                "yield",
                "execution",
            ],
        )
        self.assertEqual(record.entry_count, 9)
        self.assertEqual(record.seal_state, "pending")
        self._link()
        record.invalidate_recordset()
        self.assertEqual(record.seal_state, "sealed")

    def test_numbers_follow_each_other(self):
        records = [self._get_record(self._confirm()) for _number in range(3)]
        first = records[0].ordinal
        self.assertEqual([r.ordinal for r in records], [first, first + 1, first + 2])

    def test_companies_that_do_not_ask_for_it(self):
        self.company.mrp_batch_record = False
        order = self._make()
        self.assertFalse(order.batch_record_id)
        order.with_user(self.planner).name = "Renamed"
        self.assertEqual(order.name, "Renamed")

    def test_orders_are_found_by_the_state_of_their_record(self):
        order = self._confirm()
        draft = order.create(
            {"product_id": self.cheese.id, "product_qty": 2, "bom_id": self.bom.id}
        )
        orders = order | draft
        field = "batch_record_state"

        def search(operator, value):
            return orders.search([("id", "in", orders.ids), (field, operator, value)])

        self.assertEqual(orders.mapped(field), ["open", False])
        self.assertEqual(search("=", "open"), order)
        self.assertEqual(search("!=", "open"), draft)
        self.assertEqual(search("=", False), draft)
        self.assertEqual(search("!=", False), order)
        self.assertEqual(set(search("in", ["open", False])), set(orders))
        self.assertFalse(search("=", "executed"))
        order.batch_record_id._write_state(state="executed")
        self.assertEqual(order.batch_record_state, "executed")
        self.assertIn("released", dict(orders.fields_get([field])[field]["selection"]))

    def test_backorder(self):
        order = self._confirm(10)
        order.qty_producing = 4
        action = order.with_context(skip_consumption=True).button_mark_done()
        # what goes to the client holds nothing of the server
        self.assertNotIn("mrp_batch_record_completing", str(action))
        backorder = order.with_context(
            mo_ids_to_backorder=order.ids, skip_consumption=True, skip_backorder=True
        )
        backorder.button_mark_done()
        orders = order.production_group_id.production_ids
        self.assertEqual(len(orders), 2)
        records = orders.sudo().batch_record_ids
        self.assertEqual(len(records), 2)
        self.assertEqual(set(records.mapped("state")), {"executed", "open"})
        split = self._get_payload(self._get_record(order), "split")
        self.assertEqual((split["old"], split["new"]), ("10", "4"))
        self._complete(orders - order)
        self.assertEqual(set(records.mapped("state")), {"executed"})

    def test_split(self):
        order = self._confirm(10)
        order._split_productions({order: [4, 6]})
        records = order.production_group_id.production_ids.sudo().batch_record_ids
        self.assertEqual(len(records), 2)

    def test_split_of_a_draft(self):
        order = self.env["mrp.production"].create(
            {"product_id": self.cheese.id, "product_qty": 10, "bom_id": self.bom.id}
        )
        order._split_productions({order: [4, 6]})
        orders = order.production_group_id.production_ids
        self.assertFalse(orders.batch_record_ids)
        orders.action_confirm()
        self.assertEqual(len(orders.batch_record_ids), 2)

    def test_merge(self):
        first, second = self._confirm(3), self._confirm(5)
        merged = self.env["mrp.production"].browse(
            (first | second).action_merge()["res_id"]
        )
        for order in first | second:
            record = self._get_record(order)
            self.assertEqual(record.state, "cancelled")
            payload = self._get_payload(record, "merged")
            self.assertEqual(payload["record"], self._get_record(merged).name)
        self.assertEqual(self._get_record(merged).state, "open")

    def test_cancel_and_delete(self):
        order = self._confirm()
        record = self._get_record(order)
        order.action_cancel()
        self.assertEqual(record.state, "cancelled")
        name = order.name
        order.unlink()
        self.assertTrue(record.exists())
        self.assertFalse(record.production_id)
        self.assertEqual(record.run_name, name)
        self.assertIn(name, record.paper)
        with self.assertRaisesRegex(UserError, "is kept"):
            record.unlink()

    def test_unbuild_is_a_run(self):
        order = self._make()
        unbuild = self.env["mrp.unbuild"].create(
            {
                "product_id": self.cheese.id,
                "mo_id": order.id,
                "product_qty": 2,
                "lot_id": order.lot_producing_ids.id,
                "product_uom_id": self.cheese.uom_id.id,
            }
        )
        unbuild.action_unbuild()
        record = unbuild.batch_record_ids
        self.assertEqual(record.state, "executed")
        used = self._get_payload(record, "materials")["lines"]
        self.assertIn(
            order.lot_producing_ids.name, [u["lot"] and u["lot"]["name"] for u in used]
        )
        made = self._get_payload(record, "outputs")["lines"]
        self.assertIn("M-1", [line["lot"] and line["lot"]["name"] for line in made])
        first = self._get_payload(self._get_record(order), "unbuilt")
        self.assertEqual(first["record"], record.name)

    def test_an_order_that_was_never_confirmed(self):
        order = self.env["mrp.production"].create(
            {"product_id": self.cheese.id, "product_qty": 2, "bom_id": self.bom.id}
        )
        order.write({"state": "confirmed"})
        # the order was made before the second in which the company began
        self.company.mrp_batch_record_since = "2026-01-01 00:00:00"
        self.assertFalse(order.batch_record_ids)
        self.assertIn(order.name, self._verify().unrecorded)
        order.move_raw_ids._action_confirm()
        order.move_finished_ids._action_confirm()
        self._complete(order)
        record = self._get_record(order)
        self.assertEqual(self._get_payload(record, "opening")["door"], "completed")
        self.assertEqual(record.state, "executed")

    def test_company_of_the_order(self):
        """Orders of B are closed while A is current."""
        other = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= other
        order = self._confirm()
        env = self.env(context={"allowed_company_ids": (other | self.company).ids})
        self._complete(order.with_env(env))
        record = self._get_record(order)
        self.assertEqual(record.company_id, self.company)
        self.assertEqual(record.state, "executed")
        entries = (
            self.env["mrp.batch.seal"].sudo().search([("record_key", "=", record.key)])
        )
        self.assertEqual(entries.company_id, self.company)

    def test_many_at_once(self):
        orders = self.env["mrp.production"].create(
            [
                {"product_id": self.cheese.id, "product_qty": 1, "bom_id": self.bom.id}
                for _number in range(5)
            ]
        )
        orders.action_confirm()
        self._complete(orders)
        records = orders.sudo().batch_record_ids
        self.assertEqual(len(records), 5)
        self.assertEqual(set(records.mapped("entry_count")), {9})
        self.assertEqual(self._verify().state, "ok")

    def test_orders_that_came_by_no_door(self):
        self.company.mrp_batch_record_since = "2026-01-01 00:00:00"
        order = self.env["mrp.production"].create(
            {"product_id": self.cheese.id, "product_qty": 2, "bom_id": self.bom.id}
        )
        order.write({"state": "confirmed"})
        closed = self._confirm()
        closed.write({"state": "cancel"})
        records = self.env["mrp.batch.record"].sudo()._catch_up(self.company)
        self.assertEqual(records.production_id, order | closed)
        self.assertEqual(self._get_record(order).state, "open")
        self.assertEqual(self._get_record(closed).state, "cancelled")
        self.assertFalse(self._verify().unrecorded)

    def test_another_quantity(self):
        order = self._confirm(4)
        self.env["change.production.qty"].create(
            {"mo_id": order.id, "product_qty": 6}
        ).change_prod_qty()
        change = self._get_payload(self._get_record(order), "change")["lines"][0]
        self.assertEqual((change["old"], change["new"]), ("4", "6"))
        self._complete(order)
        milk = self._get_payload(self._get_record(order), "materials")["totals"][0]
        self.assertEqual((milk["designed"], milk["expected"]), ("40", "60"))
        self.assertEqual(milk["difference"], "0")

    def test_never_two(self):
        record = self._get_record(self._confirm())
        with self.assertRaisesRegex(UserError, "not copied"):
            record.copy()
        with self.assertRaisesRegex(UserError, "opened by Odoo"):
            self.env["mrp.batch.record"].sudo().create(
                {
                    "name": "BR/1",
                    "run_name": "X",
                    "production_id": record.production_id.id,
                    "company_id": self.company.id,
                }
            )

    def test_gaps_are_reported(self):
        self._confirm()
        # numbers taken by transactions that were undone are gaps, too
        before = self._verify().gap_count
        self.company._get_next_batch_number()
        self._confirm()
        verification = self._verify()
        self.assertEqual(verification.gap_count, before + 1)
        self.assertEqual(verification.state, "ok")

    def test_smart_buttons(self):
        order = self._make()
        action = order.action_open_batch_record()
        self.assertEqual(action["res_id"], order.batch_record_id.id)
        self.assertEqual(order.batch_record_id.action_open_run()["res_id"], order.id)
        lot = order.lot_producing_ids
        self.assertEqual(lot.batch_record_count, 1)
        self.assertEqual(
            self.env["mrp.batch.record"].search(
                lot.action_open_batch_records()["domain"]
            ),
            order.batch_record_id,
        )
        self.assertEqual(
            self.env["mrp.production"].search(
                [("batch_record_id", "in", order.batch_record_id.ids)]
            ),
            order,
        )
