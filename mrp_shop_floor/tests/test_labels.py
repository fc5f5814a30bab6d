import base64
import re
import uuid

from reportlab.graphics.barcode.code128 import Code128

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools.barcode import check_barcode_encoding

from ..services.label import LabelService
from ..tools import gs1
from .test_outputs import OutputCommon


class TestGs1(OutputCommon):
    """Element strings, and numbers of containers."""

    def test_gtin(self):
        self.assertEqual(gs1.get_gtin("4006381333931"), "04006381333931")
        self.assertEqual(gs1.get_gtin("96385074"), "00000096385074")
        for wrong in ("4006381333932", "123", "", None, "40063813339A1"):
            self.assertIsNone(gs1.get_gtin(wrong))

    def test_sscc(self):
        # the example of GS1's General Specifications
        self.assertEqual(gs1.make_sscc("0614141", 1234567890)[:17], "10614141234567890")
        for number in (1, 999999, 10**9):
            sscc = gs1.make_sscc("4006381", number)
            self.assertTrue(check_barcode_encoding(sscc, "sscc"), sscc)
        self.assertIsNone(gs1.make_sscc("400638133393", 10**5))

    def test_measure(self):
        self.assertEqual(gs1.get_measure("310", 12.345), ("3103", "012345"))
        self.assertEqual(gs1.get_measure("310", 1234.5), ("3102", "123450"))
        self.assertEqual(gs1.get_measure("310", 999999), ("3100", "999999"))
        self.assertIsNone(gs1.get_measure("310", 1000000))

    def test_separator(self):
        """Only between values that do not end by themselves."""
        elements = [("01", "0" * 14), ("30", "5"), ("10", "A")]
        self.assertEqual(gs1.to_symbols(elements, "|", "]"), f"]01{'0' * 14}305|10A")


class TestLabels(OutputCommon):
    """Labels of containers: what stands on them, and how often they are printed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.shop_floor_label_format = "gs1"
        cls.company.shop_floor_gs1_prefix = "4006381"

    def _print(self, line, key=None, **params):
        service = self._serve(LabelService, self.anna_user, self.token)
        return service.print(line.id, key or str(uuid.uuid4()), **params)

    def _make_container(self, quantity=40.5, product=None, **payload):
        product = product or self.gouda
        self.assertState(self._declare_good(quantity, product, **payload), "done")
        return self._get_lines(product)[-1:]

    def test_gs1(self):
        line = self._make_container(lot="G-1")
        self.assertTrue(line.result_package_id.valid_sscc)
        answer = self._print(line)
        self.assertEqual(answer["data"]["number"], 1)
        self.assertRegex(answer["data"]["url"], r"^/mrp_shop_floor/label/.*\.pdf$")
        label = self.env["mrp.output.label"].search([])
        texts = [symbol["text"] for symbol in label._get_symbols()]
        sscc = line.result_package_id.name
        self.assertEqual(
            texts,
            [
                "(01)04006381333931(3103)040500",
                "(01)04006381333931(10)G-1",
                f"(00){sscc}",
            ],
        )
        self.assertEqual(label.barcodes.splitlines(), texts)
        self.assertEqual((label.operator_id, label.lot), (self.anna, "G-1"))

    def test_reprint_needs_a_reason(self):
        line = self._make_container()
        self._print(line)
        with self.assertRaisesRegex(UserError, "Say why"):
            self._print(line)
        with self.assertRaisesRegex(UserError, "Say why"):
            self._print(line, reason="other")
        answer = self._print(line, reason="damaged")
        self.assertEqual(answer["data"]["number"], 2)
        self._print(line, reason="other", note="Fell into the brine")
        labels = self.env["mrp.output.label"].search([], order="number")
        self.assertEqual(labels.mapped("reason"), [False, "damaged", "other"])
        self.assertEqual(self._get_outputs()["declared"][0]["prints"], 3)

    def test_asked_twice(self):
        """A lost answer is no second copy."""
        line, key = self._make_container(), str(uuid.uuid4())
        first = self._print(line, key)
        self.assertEqual(self._print(line, key), first)
        self.assertEqual(line.output_label_count, 1)

    def test_append_only(self):
        self._print(self._make_container())
        label = self.env["mrp.output.label"].search([])
        with self.assertRaises(UserError):
            label.number = 7
        with self.assertRaises(UserError):
            label.unlink()
        with self.assertRaises(UserError):
            label.copy()
        with self.assertRaises(AccessError):
            label.with_user(self.anna_user).read(["container"])

    def test_what_is_missing(self):
        """All that stands in the way is said at once."""
        line = self._make_container(700, self.whey, lot="W 1")
        with self.assertRaisesRegex(UserError, "Whey has no GTIN(.|\n)*Lot W 1"):
            self._print(line)
        self.gouda.barcode = "4006381333932"
        with self.assertRaisesRegex(UserError, "4006381333932 of Gouda is no GTIN"):
            self._print(self._make_container())
        self.assertFalse(self.env["mrp.output.label"].search([]))

    def test_own_numbers(self):
        self.company.shop_floor_label_format = "plain"
        line = self._make_container(700, self.whey, lot="W 1")
        self._print(line)
        label = self.env["mrp.output.label"].search([])
        self.assertEqual(label.content["barcodes"], [line.result_package_id.name])

    def test_void(self):
        line = self._make_container()
        self._print(line)
        payload = {"line_id": line.id, "row_id": line.operation_quantity_id.id}
        self._tap("take_back", self.token, self.pressing, payload)
        label = self.env["mrp.output.label"].search([])
        self.assertTrue(label.is_void)
        self.assertTrue(label.container)
        answer = self._print(line)
        self.assertFalse(answer["data"])

    def test_print_again_at_a_desk(self):
        """Also when the order is closed, by whoever sees labels."""
        line = self._make_container()
        self._print(line)
        self._finish()
        self._complete(self.batch)
        label = self.env["mrp.output.label"].search([])
        wizards = self.env["mrp.output.label.print"].with_user(self.user)
        vals = {"label_id": label.id, "reason": "lost", "format": "zpl"}
        action = wizards.create(vals).action_print()
        copy = self.env["mrp.output.label"].search([], limit=1)
        self.assertEqual((copy.number, copy.user_id), (2, self.user))
        self.assertRegex(action["url"], r"\.zpl$")
        with self.assertRaisesRegex(UserError, "Say why"):
            wizards.create(vals | {"reason": "other"}).action_print()

    def test_encoded(self):
        """What a scanner sees first is that it is GS1."""
        drawn = Code128(gs1.to_symbols([("00", "095212340000000013")]))
        drawn.validate()
        drawn.encode()
        start_c, fnc1 = 105, 102
        self.assertEqual(drawn.encoded[:2], [start_c, fnc1])

    def test_other_company(self):
        line = self._make_container()
        other = self._make_company("Other Creamery")
        foreign = self._make_user("foreign", company=other)
        self.bert.write({"company_id": other.id, "user_id": foreign.id})
        token = self._start_page(foreign)[0]["token"]
        service = self._serve(LabelService, foreign, token)
        self.assertFalse(service.print(line.id, str(uuid.uuid4()))["data"])

    def test_prefix(self):
        with self.assertRaisesRegex(UserError, "no GS1 company prefix"):
            self.company.shop_floor_gs1_prefix = "40-06"

    def test_report_only_by_the_shop_floor(self):
        self._print(self._make_container())
        label = self.env["mrp.output.label"].search([])
        reports = self.env["ir.actions.report"]
        name = "mrp_shop_floor.report_output_label"
        with self.assertRaisesRegex(UserError, "each copy is counted"):
            reports._render_qweb_html(name, label.ids)


@tagged("post_install", "-at_install")
class TestLabelFiles(OutputCommon, HttpCase):
    """What a phone opens and a printer gets."""

    def _print(self, label_format):
        self._declare_good(12, self.gouda, lot="G^1")
        line = self._get_move(self.gouda).move_line_ids
        service = self._serve(LabelService, self.anna_user, self.token)
        answer = service.print(line.id, str(uuid.uuid4()), label_format)
        return answer["data"]["url"]

    def test_files(self):
        self.authenticate("floor-anna", "floor-anna")
        url = self._print("zpl")
        zpl = self.url_open(url).text
        self.assertRegex(zpl, r"^\^XA\n(.*\n)*\^XZ\n$")
        self.assertNotIn("G^1", zpl)
        self.assertIn("G_5E1", zpl)
        self.assertEqual(len(re.findall(r"\^BCN", zpl)), 1)
        self.assertEqual(self.url_open(url.replace("zpl", "pdf")).text, zpl)
        self.assertEqual(self.url_open(url[:-10] + "0000.zpl").status_code, 404)
        self.authenticate("floor-tablet", "floor-tablet")
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_photo(self):
        """Seen by those who see the operation."""
        content = base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
            "awAAAABJRU5ErkJggg=="
        )
        event = self._event(
            "photo",
            self.token,
            payload={"bytes": len(content)},
            photo=base64.b64encode(content).decode(),
        )
        self.assertState(self._send(event)[0], "done")
        url = self._get_outputs(self.cut)["notes"][0]["photo"]
        self.authenticate("floor-tablet", "floor-tablet")
        self.assertEqual(self.url_open(url).content, content)
        other = self._make_company("Other Creamery")
        self._make_user("foreign", company=other)
        self.authenticate("floor-foreign", "floor-foreign")
        self.assertEqual(self.url_open(url).status_code, 404)
