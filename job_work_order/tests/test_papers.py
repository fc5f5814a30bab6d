import base64
import io
from unittest.mock import patch

from PIL import Image
from pypdf import PdfReader, PdfWriter

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.papers import append_documents
from .common import JobCommon


def make_pdf(pages=1):
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def make_image(size=(40, 20)):
    content = io.BytesIO()
    Image.new("RGB", size, "red").save(content, "PNG")
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestPapers(JobCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drawing = cls._attach("drawing.pdf", make_pdf(2), "application/pdf")
        cls.photo = cls._attach("photo.png", make_image(), "image/png")
        cls.sheet = cls._attach("sheet.csv", b"a,b", "text/csv")
        cls.job = cls._make_planned().with_user(cls.env.user)
        cls.job.document_ids = cls.drawing | cls.photo | cls.sheet
        cls.order = cls.job.production_ids

    @classmethod
    def _attach(cls, name, content, mimetype, **values):
        return cls.env["ir.attachment"].create(
            {"name": name, "raw": content, "mimetype": mimetype, **values}
        )

    def _count(self, documents):
        pdf = append_documents(
            io.BytesIO(make_pdf()), documents, lambda name: f"{name} not printed"
        )
        return [page.extract_text() for page in PdfReader(pdf).pages]

    def test_append(self):
        pages = self._count(
            [
                ("drawing.pdf", self.drawing.raw),
                ("photo.png", self.photo.raw),
                ("wide.png", make_image((900, 30))),
            ]
        )
        self.assertEqual(len(pages), 5)
        self.assertIn("drawing.pdf", pages[1])
        self.assertIn("2 / 2", pages[2])
        self.assertIn("photo.png", pages[3])

    @mute_logger("pypdf._reader")
    def test_append_broken(self):
        """Whatever was uploaded: the traveller is printed, and says what is not."""
        for content in (b"%PDF-broken", b"no picture", b"", make_pdf()[:150]):
            with self.subTest(content=content[:12]):
                pages = self._count([("bad.pdf", content)])
                self.assertEqual(len(pages), 2)
                self.assertIn("bad.pdf not printed", pages[1])

    def test_documents(self):
        """Those of the job, and those of the product that manufacturing sees."""
        for visible in ("bom", "hidden"):
            self.env["product.document"].create(
                {
                    "name": f"{visible}.pdf",
                    "raw": make_pdf(),
                    "mimetype": "application/pdf",
                    "res_model": "product.template",
                    "res_id": self.cheese.product_tmpl_id.id,
                    "attached_on_mrp": visible,
                }
            )
        user = self._make_user("papers", "mrp.group_mrp_user")
        for records in (self.order, self.job):
            found = records.with_user(user)._get_floor_documents()
            self.assertEqual(
                set(found.mapped("name")), {"drawing.pdf", "photo.png", "bom.pdf"}
            )

    def test_streams(self):
        """The file of a run and of a job has the drawings behind the traveller."""
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        for name, records in (
            ("job_traveller_action", self.order),
            ("job_travellers_action", self.job),
        ):
            with patch.object(
                type(reports), "_run_wkhtmltopdf", lambda *_args, **_kw: make_pdf()
            ):
                content, _kind = reports._render_qweb_pdf(
                    f"job_work_order.{name}", records.ids
                )
            text = [p.extract_text() for p in PdfReader(io.BytesIO(content)).pages]
            self.assertEqual(len(text), 4)
            self.assertIn("drawing.pdf   2 / 2", text[2])
            self.assertIn("photo.png", text[3])

    def test_instructions_of_the_operation(self):
        workorder = self.order.workorder_ids
        instruction = self.env["mrp.operation.instruction"].create(
            {
                "operation_id": workorder.operation_id.id,
                "body": "<p>Heat to 32 degrees</p>",
                "document": base64.b64encode(make_pdf()),
                "document_name": "heat.pdf",
            }
        )
        instruction.action_publish()
        found = workorder._get_floor_documents()
        self.assertEqual(len(found), 1)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "job_work_order.job_operation_card_action", workorder.ids
        )
        self.assertIn("Heat to 32 degrees", html.decode())

    def test_codes(self):
        """The phone opens the operation; the scanner of a terminal finds it, too."""
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "job_work_order.job_traveller_action", self.order.ids
        )
        url = self.order.workorder_ids.shop_floor_url
        self.assertTrue(url.endswith(f"/shop_floor/wo/{self.order.workorder_ids.id}"))
        self.assertIn(url, html.decode())
