from odoo.exceptions import UserError

from .common import OperatorCommon


class TestOperator(OperatorCommon):
    def test_two_on_one_operation(self):
        self.cut._start_operators(self.anna | self.bert)
        self.assertEqual(self.cut.working_operator_ids, self.anna | self.bert)
        self.assertEqual(self.cut.state, "progress")
        self.cut._stop_operators(self.anna)
        self.assertEqual(self.cut.working_operator_ids, self.bert)
        self.cut._stop_operators()
        self.assertFalse(self.cut.working_operator_ids)

    def test_hand_over(self):
        self.cut._start_operators(self.anna)
        self.cut._hand_over(self.anna, self.bert)
        self.assertEqual(self.cut.working_operator_ids, self.bert)

    def test_archived_operator(self):
        self.anna.active = False
        with self.assertRaisesRegex(UserError, "archived"):
            self.cut._start_operators(self.anna)
        self.assertFalse(self.cut.time_ids)

    def test_pin(self):
        self.anna._set_operator_pin("4711")
        self.assertTrue(self.anna._check_operator_pin("4711"))
        self.assertFalse(self.anna._check_operator_pin("4712"))
