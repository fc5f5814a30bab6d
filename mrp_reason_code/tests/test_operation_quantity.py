from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form

from .common import ReasonCommon


class TestOperationQuantity(ReasonCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._make_order(cls.bom, 10)

    def _rework(self, quantity=2, **values):
        return self._declare(
            self.order,
            "rework",
            quantity,
            2,
            reason_id=self.rework_reason.id,
            return_workorder_id=self.order.workorder_ids[0].id,
            **values,
        )

    def _balance(self, operation=2):
        workorder = self.order.workorder_ids[operation]
        return (
            workorder.qty_started,
            workorder.qty_good,
            workorder.qty_scrapped,
            workorder.qty_in_rework,
        )

    def test_rework_counts_a_unit_once(self):
        self._declare(self.order, "good", 7, 2)
        rework = self._rework()
        self._declare(self.order, "scrap", 1, 2, reason_id=self.scrap_reason.id)
        self.assertEqual(self._balance(), (10, 7, 1, 2))
        self._declare(self.order, "good", 1, 2, rework_of_id=rework.id)
        self.assertEqual(self._balance(), (10, 8, 1, 1))
        again = self._rework(1, rework_of_id=rework.id)
        self.assertEqual(self._balance(), (10, 8, 1, 1))
        self.assertEqual((rework.loop, again.loop), (1, 2))
        self.assertEqual((rework.open_quantity, again.open_quantity), (0, 1))
        self.assertEqual(self.order.workorder_ids[2].first_pass_yield, 70)

    def test_a_reworked_unit_lost_on_the_way_is_charged_to_its_operation(self):
        rework = self._rework()
        self._declare(
            self.order,
            "scrap",
            1,
            0,
            reason_id=self.scrap_reason.id,
            rework_of_id=rework.id,
        )
        self.assertEqual(self._balance(), (2, 0, 1, 1))
        self.assertEqual(self._balance(0), (0, 0, 0, 0))

    def test_no_more_comes_back_than_was_sent(self):
        rework = self._rework()
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._declare(self.order, "good", 3, 2, rework_of_id=rework.id)
        self._declare(self.order, "good", 1, 2, rework_of_id=rework.id)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            rework.action_reverse()
        rework.result_ids.action_reverse()
        rework.action_reverse()
        self.assertEqual(self._balance(), (0, 0, 0, 0))

    def test_rework_goes_back(self):
        with self.assertRaisesRegex(ValidationError, "Coat"), self.cr.savepoint():
            self._declare(
                self.order,
                "rework",
                1,
                0,
                reason_id=self.rework_reason.id,
                return_workorder_id=self.order.workorder_ids[2].id,
            )
        other = self._make_order(self.bom, 10)
        with self.assertRaises(UserError), self.cr.savepoint():
            self._declare(self.order, "good", 1, workorder_id=other.workorder_ids[0].id)

    def test_time_and_material_of_rework_are_tagged(self):
        rework = self._rework()
        first = self.order.workorder_ids[0]
        first.button_start()
        first.button_finish()
        rework.action_start_rework()
        self.assertTrue(rework.is_user_reworking)
        rework.action_start_rework()
        self.assertEqual(len(rework.time_ids), 1)
        self.assertEqual(rework.time_ids.workorder_id, first)
        rework.with_user(self.user).write(
            {
                "move_raw_ids": [
                    Command.create(
                        {
                            "raw_material_production_id": self.order.id,
                            "product_id": self.milk.id,
                            "product_uom_qty": 3,
                            "company_id": self.company.id,
                        }
                    )
                ]
            }
        )
        self.assertEqual(rework.move_raw_ids.raw_material_production_id, self.order)
        self._complete(self.order)
        self.assertTrue(rework.time_ids.date_end)
        self.assertEqual(rework.move_raw_ids.state, "done")
        self.assertEqual(rework.move_raw_ids.quantity, 3)

    def test_rows_are_neither_changed_nor_deleted(self):
        row = self._declare(self.order, "good", 7, 2)
        with self.assertRaises(UserError):
            row.quantity = 9
        with self.assertRaises(UserError):
            row.unlink()
        with self.assertRaises(UserError):
            row.with_user(self.user).write({"reversed": True})
        row.with_user(self.user).action_reverse()
        self.assertEqual(row.reversed_user_id, self.user)

    def test_only_while_the_order_runs(self):
        draft = self.env["mrp.production"].create(self._prepare_order(self.bom, 1))
        self._complete(self.order)
        for order in (draft, self.order):
            with self.assertRaises(UserError), self.cr.savepoint():
                self._declare(order, "good", 1)

    def test_a_reason_where_the_company_says_so(self):
        self.company.mrp_scrap_reason_required = True
        with self.assertRaises(UserError), self.cr.savepoint():
            self._declare(self.order, "scrap", 1, 0)
        with self.assertRaisesRegex(UserError, "T-DL"), self.cr.savepoint():
            self._declare(self.order, "scrap", 1, 0, reason_id=self.delay_reason.id)
        self._declare(self.order, "good", 1, 0)

    def test_good_units_become_those_of_the_operation(self):
        row = self._declare(self.order, "good", 7, 0)
        self.assertEqual(self.order.workorder_ids[0].qty_produced, 7)
        row.action_reverse()
        self.assertEqual(self.order.workorder_ids[0].qty_produced, 0)

    def test_dialog(self):
        workorder = self.order.workorder_ids[1]
        action = workorder.with_user(self.user).action_declare_quantity()
        form = Form(
            self.env["mrp.quantity.declare"]
            .with_user(self.user)
            .with_context(**action["context"])
        )
        form.good_quantity = 5
        form.scrap_quantity = 1
        form.scrap_reason_id = self.scrap_reason
        form.rework_quantity = 2
        form.rework_reason_id = self.rework_reason
        form.return_workorder_id = self.order.workorder_ids[0]
        form.save().action_declare()
        self.assertEqual(self._balance(1), (8, 5, 1, 2))
        self.assertEqual(self.order.operation_quantity_ids.user_id, self.user)
        empty = self.env["mrp.quantity.declare"].create(
            {"production_id": self.order.id}
        )
        with self.assertRaises(UserError):
            empty.action_declare()
