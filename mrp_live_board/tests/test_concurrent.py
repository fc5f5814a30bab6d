from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from .kept import find_stale

MOVE = "UPDATE mrp_production SET date_start = date_start + INTERVAL '1 day'"
CONFIRM = "UPDATE mrp_production SET state = 'confirmed'"
LONGER = "UPDATE mrp_workorder SET duration_expected = duration_expected + 5"


@tagged("post_install", "-at_install", "-standard", "destructive")
class TestConcurrent(BaseCase):
    """Two change the same run at once, and neither sees what the other does."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            workcenter = env["mrp.workcenter"].create({"name": "Concurrent"})
            product = env["product.product"].create({"name": "Concurrent"})
            bom = env["mrp.bom"].create(
                {
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "operation_ids": [
                        Command.create({"name": "Cut", "workcenter_id": workcenter.id})
                    ],
                }
            )
            order = env["mrp.production"].create({"bom_id": bom.id, "product_qty": 1})
            self.run_id, self.workorder_id = order.id, order.workorder_ids.id

    def _change(self, cr, change):
        if change == "insert":
            cr.execute(
                """
                INSERT INTO mrp_workorder (name, production_id, workcenter_id, state,
                            sequence, duration_expected)
                SELECT 'More', production_id, workcenter_id, 'ready', sequence, 9
                  FROM mrp_workorder WHERE id = %s
                """,
                [self.workorder_id],
            )
        elif "mrp_workorder" in change:
            cr.execute(f"{change} WHERE id = %s", [self.workorder_id])
        else:
            cr.execute(f"{change} WHERE id = %s", [self.run_id])

    def _at_once(self, one, two, before):
        with self.registry.cursor() as cr:
            for change in before:
                self._change(cr, change)
        with self.registry.cursor() as first, self.registry.cursor() as second:
            for cr in (first, second):
                cr.execute("SELECT FROM mrp_production LIMIT 1")
            self._change(first, one)
            first.commit()
            with (
                self.assertRaises(SerializationFailure, msg=(one, two, before)),
                mute_logger("odoo.sql_db"),
            ):
                self._change(second, two)
            second.rollback()
            self._change(second, two)
            second.commit()
            self.assertFalse(find_stale(second))
            second.rollback()

    def test_run_in_flight(self):
        for one, two in (
            (MOVE, "insert"),
            ("insert", MOVE),
            ("insert", "insert"),
            (LONGER, "insert"),
            ("insert", LONGER),
            (MOVE, LONGER),
            (LONGER, MOVE),
        ):
            self._at_once(one, two, [CONFIRM])

    def test_run_that_is_confirmed(self):
        draft = "UPDATE mrp_production SET state = 'draft'"
        for two in ("insert", LONGER):
            self._at_once(CONFIRM, two, [draft])
            self._at_once(two, CONFIRM, [draft])

    def test_nothing_open(self):
        done = "UPDATE mrp_workorder SET state = 'done'"
        for one, two in ((MOVE, "insert"), ("insert", MOVE), ("insert", "insert")):
            with self.registry.cursor() as cr:
                cr.execute(
                    f"{done} WHERE production_id = %s",
                    [self.run_id],
                )
            self._at_once(one, two, [CONFIRM])

    def test_nightly_paces(self):
        """The job says that it is done: it is called once."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cron = env.ref("mrp_live_board.ir_cron_pace")
            env["ir.cron.progress"].search([("cron_id", "=", cron.id)]).unlink()
        with self.registry.cursor() as cr:
            cron.with_env(env(cr=cr)).method_direct_trigger()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            runs = env["ir.cron.progress"].search([("cron_id", "=", cron.id)])
            self.assertEqual(runs.mapped("remaining"), [0])
            self.assertFalse(find_stale(cr))
            cr.rollback()
