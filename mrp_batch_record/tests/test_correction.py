from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BatchCommon


@tagged("post_install", "-at_install")
class TestCorrection(BatchCommon):
    """Corrections add; what they correct stays readable."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._make()
        cls.record = cls._get_record(cls.order)

    def _correct(self, user=None, **values):
        values = {
            "record_id": self.record.id,
            "entry": "4",
            "item": "Lot of the milk",
            "old": "M-1",
            "new": "M-7",
            "reason": "Label misread",
            **values,
        }
        wizard = self.env["mrp.batch.correct"].with_user(user or self.planner)
        return wizard.create(values).action_correct()

    def test_correction(self):
        before = self.record._get_entries()[3]
        self._correct()
        entry = self.record._get_entries()[-1]
        payload = entry["payload"]
        self.assertEqual(entry["kind"], "correction")
        self.assertEqual((payload["entry"], payload["title"]), (4, "Materials"))
        self.assertEqual(payload["entry_hash"], before["hash"])
        self.assertEqual(self.record._get_entries()[3]["hash"], before["hash"])
        paper = self.record.paper
        self.assertIn("<del>M-1</del>", paper)
        self.assertIn("M-7", paper)
        self.assertIn("Label misread", self.record.exceptions)
        self.assertEqual(self.record.change_count, 1)

    def test_what_is_asked_for(self):
        for values in ({"reason": " "}, {"new": " "}, {"item": " "}):
            with self.assertRaisesRegex(UserError, "Say what"):
                self._correct(**values)
        with self.assertRaisesRegex(UserError, "no entry 99"):
            self._correct(entry="99")

    def test_who(self):
        with self.assertRaises(AccessError):
            self._correct(self.viewer)
        with self.assertRaises(AccessError):
            self.record.with_user(self.viewer)._correct(1, "a", "b", "c", "d")
        self._correct(self.quality)

    def test_after_the_decision(self):
        record = self._review(self.order)
        record._decide("released", "All right")
        with self.assertRaises(AccessError):
            self._correct()
        self._correct(self.quality)

    def test_the_dialog_names_the_entries(self):
        wizard = self.env["mrp.batch.correct"].with_context(
            default_record_id=self.record.id
        )
        self.assertEqual(wizard._selection_entry()[3], ("4", "4 · Materials"))
