from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged


@tagged("post_install", "-at_install", "-standard", "destructive")
class TestTwoPlanners(BaseCase):
    """Two planners plan a job at once: one set of runs, and a word to the second."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            product = env["product.product"].create({"name": "Twice"})
            env["mrp.bom"].create({"product_tmpl_id": product.product_tmpl_id.id})
            job = env["job.work.order"].create(
                {"line_ids": [Command.create({"product_id": product.id})]}
            )
            job.action_submit()
            self.job_id = job.id

    def _get_job(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {})["job.work.order"].browse(
            self.job_id
        )

    def test_two_at_once(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self._get_job(first).action_plan()
            with self.assertRaisesRegex(UserError, "Somebody else"):
                self._get_job(second).action_plan()
            second.rollback()
            first.commit()
            with self.assertRaisesRegex(UserError, "planned already"):
                self._get_job(second).action_plan()
            second.rollback()
        with self.registry.cursor() as cr:
            self.assertEqual(len(self._get_job(cr).production_ids), 1)
