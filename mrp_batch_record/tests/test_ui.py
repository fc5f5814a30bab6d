import io

from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..tools.stamp import stamp_pages
from .common import BatchCommon


class BatchHttpCase(BatchCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quality.password = "quality-tour"
        cls.quality.group_ids |= cls.env.ref("mrp.group_mrp_user")
        cls.order = cls._make()
        cls.record = cls._get_record(cls.order)
        cls._link()

    def _start(self, tour):
        self.start_tour(
            f"/odoo/action-mrp_batch_record.mrp_batch_record_action/{self.record.id}",
            tour,
            login=self.quality.login,
        )

    def _release(self):
        self.authenticate(self.quality.login, "quality-tour")
        self._start("mrp_batch_record_release")
        self.assertEqual(self.record.state, "released")
        kinds = self._get_kinds(self.record)
        self.assertEqual(kinds[-4:], ["result", "signature", "review", "release"])
        signature = self._get_payload(self.record, "signature")
        self.assertIn("T", signature["device_time"])

    def _show_broken(self):
        self.env.cr.execute("ALTER TABLE mrp_batch_seal DISABLE TRIGGER ALL")
        self.env.cr.execute(
            "UPDATE mrp_batch_seal SET text = replace(text, '\"40\"', '\"41\"') "
            "WHERE record_key = %s",
            [self.record.key],
        )
        self.env["mrp.batch.seal"].init()
        self.env.invalidate_all()
        self._start("mrp_batch_record_broken")


@tagged("post_install", "-at_install", "browser")
class TestDesktop(BatchHttpCase):
    def test_release(self):
        self._release()

    def test_broken(self):
        self._show_broken()


@tagged("post_install", "-at_install", "browser")
class TestPhone(BatchHttpCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_release(self):
        self._release()

    def test_broken(self):
        self._show_broken()


@tagged("post_install", "-at_install")
class TestPaper(BatchHttpCase):
    """What leaves Odoo: the print and the file."""

    def test_print(self):
        report = self.env["ir.actions.report"]
        html = report._render_qweb_html(
            "mrp_batch_record.mrp_batch_record_report", self.record.ids
        )[0].decode()
        self.assertIn(self.record.name, html)
        self.assertIn("FARM-0815", html)

    def test_stamp(self):
        blank = io.BytesIO()
        canvas = Canvas(blank)
        for _page in range(3):
            canvas.drawString(100, 500, "Page")
            canvas.showPage()
        canvas.save()
        blank.seek(0)
        pages = PdfReader(stamp_pages(blank, "BR/000001", "$1$abc")).pages
        self.assertEqual(len(pages), 3)
        for number, page in enumerate(pages, 1):
            text = page.extract_text()
            self.assertIn(f"BR/000001 {number} / 3", " ".join(text.split()))
            self.assertIn("$1$abc", text)

    def test_download(self):
        self.authenticate(self.quality.login, "quality-tour")
        response = self.url_open(self.record.action_export()["url"])
        self.assertEqual(response.status_code, 200)
        export = response.json()
        self.assertEqual(len(export["entries"]), 9)
        self.assertFalse(export["complete"])
        everything = self.url_open("/mrp_batch_record/export").json()
        self.assertTrue(everything["complete"])
        self.assertEqual(
            self.url_open("/mrp_batch_record/export?records=0").status_code, 404
        )

    def test_downloads_are_for_those_who_may_see(self):
        self.planner.password = "planner-tour"
        self.authenticate(self.planner.login, "planner-tour")
        with mute_logger("odoo.http"):
            response = self.url_open("/mrp_batch_record/export")
        self.assertEqual(response.status_code, 403)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._make_user("test_batch_stranger", "mrp.group_mrp_user", other)
        stranger.password = "stranger-tour"
        self.authenticate(stranger.login, "stranger-tour")
        with mute_logger("odoo.http"):
            response = self.url_open(self.record.action_export()["url"])
        self.assertEqual(response.status_code, 403)
