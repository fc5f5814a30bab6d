from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install", "-standard", "destructive")
class TestTwoAccountants(BaseCase):
    """Two accountants bill a job at once: one invoice, and a word to the second."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self._set_up_company(env)
            product = env["product.product"].create(
                {"name": "Twice", "list_price": 10, "taxes_id": False}
            )
            env["mrp.bom"].create({"product_tmpl_id": product.product_tmpl_id.id})
            job = env["job.work.order"].create(
                {
                    "partner_id": env["res.partner"].create({"name": "Customer"}).id,
                    "line_ids": [Command.create({"product_id": product.id})],
                }
            )
            job.action_create_quotation()
            job.sale_order_id.action_confirm()
            job.action_complete()
            self.job_id = job.id

    def _set_up_company(self, env):
        """Without a chart of accounts there is nothing to invoice with."""
        company = env.company
        journals = env["account.journal"]
        if journals.search_count(
            [("type", "=", "sale"), ("company_id", "=", company.id)]
        ):
            return
        accounts = env["account.account"]
        receivable, income = accounts.create(
            [
                {
                    "name": "Customers",
                    "code": "T121",
                    "account_type": "asset_receivable",
                    "reconcile": True,
                },
                {"name": "Sales", "code": "T400", "account_type": "income"},
            ]
        )
        journals.create(
            {
                "name": "Sales",
                "code": "TINV",
                "type": "sale",
                "default_account_id": income.id,
            }
        )
        env["ir.default"].set(
            "res.partner",
            "property_account_receivable_id",
            receivable.id,
            company_id=company.id,
        )
        company.income_account_id = income

    def _bill(self, cr):
        env = api.Environment(cr, SUPERUSER_ID, {})
        wizard = env["job.invoice"].create({"job_ids": [self.job_id]})
        return wizard._create_invoices()

    def test_two_at_once(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            second.execute("SELECT 1")
            self._bill(first)
            with self.assertRaisesRegex(UserError, "Somebody else"):
                self._bill(second)
            second.rollback()
            # who began to read before the first has written has to begin again
            second.execute("SELECT billing_round FROM job_work_order LIMIT 1")
            first.commit()
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(SerializationFailure),
            ):
                self._bill(second)
            second.rollback()
            with self.assertRaisesRegex(UserError, "left to bill"):
                self._bill(second)
            second.rollback()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            job = env["job.work.order"].browse(self.job_id)
            self.assertEqual(len(job._get_job_invoices()), 1)
            self.assertEqual(job.line_ids.qty_billed, 1)
