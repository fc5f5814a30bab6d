from odoo.tests import tagged

from .common import JobCommon

COLUMNS = ["title", "line_ids/product_id", "line_ids/quantity"]


class ImportCase(JobCommon):
    def _load(self, count, wrong):
        """Import jobs of one line each; some name a product that nobody knows."""
        rows = [
            [f"Import {row}", "Nothing" if row in wrong else "Cheese", "2"]
            for row in range(count)
        ]
        return self.env["job.work.order"].with_user(self.planner).load(COLUMNS, rows)

    def _check(self, count, wrong):
        jobs = self.env["job.work.order"]
        before = jobs.search_count([])
        answer = self._load(count, wrong)
        self.assertFalse(answer["ids"])
        self.assertEqual(
            {message["rows"]["from"] for message in answer["messages"]}, set(wrong)
        )
        for message in answer["messages"]:
            self.assertIn("Nothing", message["message"])
        self.assertEqual(jobs.search_count([]), before)


class TestImport(ImportCase):
    def test_lines_with_errors(self):
        """Every wrong line is named, nothing is half imported."""
        self._check(40, (3, 11, 12, 20, 25, 38, 39))

    def test_import(self):
        answer = self._load(5, ())
        jobs = self.env["job.work.order"].browse(answer["ids"])
        self.assertEqual(len(jobs), 5)
        self.assertEqual(jobs.line_ids.bom_id, self.bom)
        self.assertEqual(set(jobs.mapped("state")), {"draft"})

    def test_many_lines_of_a_job(self):
        answer = (
            self.env["job.work.order"]
            .with_user(self.planner)
            .load(COLUMNS, [["One", "Cheese", "1"], ["", "Cheese", "2"]])
        )
        job = self.env["job.work.order"].browse(answer["ids"])
        self.assertEqual(job.line_ids.mapped("quantity"), [1, 2])

    def test_import_approved(self):
        """No import makes an approved job."""
        answer = (
            self.env["job.work.order"]
            .with_user(self.planner)
            .load(["title", "phase"], [["Mine", "approved"]])
        )
        self.assertFalse(answer["ids"])
        self.assertIn("by hand", answer["messages"][0]["message"])


@tagged("post_install", "-at_install", "heavy")
class TestLargeImport(ImportCase):
    def test_thousand_lines(self):
        self._check(1000, (3, 110, 320, 421, 555, 777, 999))
