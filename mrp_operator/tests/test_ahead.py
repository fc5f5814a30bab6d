from freezegun import freeze_time

from odoo.addons.mrp_operator.models.mrp_workorder import SLOT

from .common import OperatorCommon, at


class TestAhead(OperatorCommon):
    """What starting and finishing leave out changes nothing."""

    def setUp(self):
        super().setUp()
        self.order.action_assign()
        self.issue = self.order.move_raw_ids

    def test_columns_are_columns(self):
        for model, names in self.cut._get_columns_ahead().items():
            fields = self.env[model]._fields
            self.assertFalse([name for name in names if not fields[name].store])

    def test_quantity_that_is_there_already(self):
        self.assertEqual(self.issue.move_line_ids.quantity, 10)
        self.cut._start_operators(self.anna)
        self.assertEqual(self.issue.quantity, 10)
        self.assertTrue(self.issue.picked)
        self.assertTrue(self.issue.move_line_ids.picked)

    def test_quantity_that_is_not(self):
        self.issue.move_line_ids.quantity = 4
        self.cut._start_operators(self.anna)
        self.assertEqual(self.issue.quantity, 10)

    def test_quantity_of_two_lines(self):
        lot = self.issue.move_line_ids
        lot.quantity = 4
        lot.copy({"quantity": 6})
        self.cut._start_operators(self.anna)
        self.assertEqual(self.issue.quantity, 10)

    def test_quantity_in_another_unit(self):
        line = self.issue.move_line_ids
        line.write({"product_uom_id": self.env.ref("uom.product_uom_dozen").id})
        line.quantity = 10
        self.cut._start_operators(self.anna)
        self.assertAlmostEqual(self.issue.quantity, 10, delta=0.1)

    def test_slot_moves(self):
        with freeze_time(at(8)):
            self.cut._start_operators(self.anna)
        self.assertEqual(self.cut.leave_id.date_from, at(8))
        with freeze_time(at(9)):
            self.cut.button_finish()
        slot = self.cut.leave_id
        self.assertEqual((slot.date_from, slot.date_to), (at(8), at(9)))
        self.cut.write({"date_start": at(7), "date_finished": at(10)})
        self.assertEqual(slot.date_from, at(7))

    def test_end_of_the_slot_only(self):
        with freeze_time(at(8)):
            self.cut._start_operators(self.anna)
        slot = self.cut.leave_id
        slot.calendar_id = False
        slot.with_context(**{SLOT: True}).write({"date_from": at(8), "date_to": at(11)})
        self.env.flush_all()
        self.assertEqual(slot.date_to, at(11))
        # Odoo looks for the calendar when the start changes
        self.assertFalse(slot.calendar_id)

    def test_next_operation_is_ready(self):
        self.form.blocked_by_workorder_ids = self.cut
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.form.state, "blocked")
        self.cut._start_operators(self.anna)
        self.cut.button_finish()
        self.assertEqual(self.form.state, "ready")

    def test_archived_is_not_started(self):
        self.cut.operator_ids = self.anna | self.bert
        self.bert.active = False
        self.cut.button_start()
        self.assertEqual(self.cut.working_operator_ids, self.anna)
