from odoo.tests import tagged

from odoo.addons.mrp_batch_record.tests.common import BatchCommon


@tagged("post_install", "-at_install")
class TestExpiry(BatchCommon):
    def test_expiry_as_it_was(self):
        self.milk.use_expiration_date = True
        self.milk_lot.expiration_date = "2031-05-04 00:00:00"
        order = self._make()
        record = self._get_record(order)
        milk, salt = self._get_payload(record, "materials")["lines"]
        self.assertEqual(milk["lot"]["expires"], "2031-05-04T00:00:00Z")
        self.assertIsNone(salt["lot"])
        self.milk_lot.expiration_date = "2040-01-01 00:00:00"
        record.invalidate_recordset()
        self.assertIn("expires 2031-05-04", record.paper)
        self.assertEqual(self._verify().state, "ok")
