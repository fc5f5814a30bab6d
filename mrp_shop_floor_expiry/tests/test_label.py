import uuid

from odoo.tests import tagged

from odoo.addons.mrp_shop_floor.services.label import LabelService
from odoo.addons.mrp_shop_floor.tests.test_outputs import OutputCommon


@tagged("post_install", "-at_install")
class TestLabel(OutputCommon):
    def _print(self, label_format):
        self.company.shop_floor_label_format = label_format
        line = self._get_lines(self.gouda)
        service = self._serve(LabelService, self.anna_user, self.token)
        service.print(line.id, str(uuid.uuid4()), reason="lost")
        return self.env["mrp.output.label"].search([], limit=1)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna_user.tz = "Pacific/Auckland"

    def test_expiry(self):
        self.gouda.use_expiration_date = True
        self.assertState(self._declare_good(40, self.gouda, lot="G-1"), "done")
        self._get_lines(self.gouda).lot_id.expiration_date = "2031-05-04 20:00:00"
        label = self._print("gs1")
        self.assertIn("(17)310505", label._get_symbols()[0]["text"])
        self.assertIn("2031", self._print("plain").content["expiry"])

    def test_without(self):
        self.assertState(self._declare_good(40, self.gouda, lot="G-1"), "done")
        label = self._print("gs1")
        self.assertNotIn("(17)", label._get_symbols()[0]["text"])
        self.assertFalse(label.content["expiry"])
