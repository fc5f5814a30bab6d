import logging
import os
import signal
import time

import odoo.sql_db
from odoo import SUPERUSER_ID, api, fields
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.mrp_batch_link import LOCK
from .common import BatchCommon

_logger = logging.getLogger(__name__)

AT_ONCE = 8
PATIENCE = 90


@tagged("post_install", "-at_install", "-standard", "destructive")
class TestConcurrency(BatchCommon):
    """Real transactions at the same time, committed: in a database thrown away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what Odoo itself locks, stock above all, is not shared between these orders
        cls.orders = cls.env["mrp.production"]
        for number in range(2 * AT_ONCE):
            part = cls._make_product(f"Part {number}")
            product = cls._make_product(f"Product {number}")
            cls._make_lot(f"P-{number}", 1000, part)
            bom = cls._make_bom(product, [(part, 1)])
            cls.orders |= cls._make_order(product, 1, bom)
        cls.env["mrp.batch.link"].sudo()._link(cls.company.id)
        # other tests of this database make people and companies of these names
        cls.company.name = "Creamery of Many"
        for user in (cls.worker, cls.releaser, cls.planner, cls.quality, cls.viewer):
            user.login += "_of_many"
        cls.env.flush_all()
        # what this transaction made has to be there for the others
        cls.cr._cnx.commit()

    def _in_transaction(self, function):
        """Do something like a request of its own, in its own transaction."""
        with self.registry.cursor() as cr:
            context = {"allowed_company_ids": self.company.ids}
            env = api.Environment(cr, SUPERUSER_ID, context)
            return retrying(lambda: function(env), env)

    # orders that meet in Odoo's stock are closed again by `retrying`, as requests are
    @mute_logger("odoo.sql_db")
    def _all_at_once(self, functions):
        """Do each in a process of its own.

        :return: seconds until the last was done
        """
        began = time.monotonic()
        running = {self._fork(function) for function in functions}
        failed = []
        while running and time.monotonic() - began < PATIENCE:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid:
                running.discard(pid)
                failed += [pid] if os.waitstatus_to_exitcode(status) else []
            else:
                time.sleep(0.02)
        for pid in running:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self.assertFalse(running, "Somebody waited for somebody else.")
        self.assertFalse(failed, "See the log for what went wrong.")
        return time.monotonic() - began

    def _fork(self, function):
        pid = os.fork()
        if pid:
            return pid
        status = 1
        try:
            # connections of the parent are the parent's
            odoo.sql_db._Pool = None
            self.registry._db = odoo.sql_db.db_connect(self.cr.dbname)
            self._in_transaction(function)
            status = 0
        except Exception:
            _logger.exception("One of those at once failed")
        finally:
            os._exit(status)

    def _close(self, order_id):
        def close(env):
            # whoever had to wait for a lock would be told here
            env.cr.execute("SET LOCAL lock_timeout = '3s'")
            order = env["mrp.production"].browse(order_id)
            result = order.with_context(
                skip_backorder=True, skip_consumption=True, skip_redirection=True
            ).button_mark_done()
            assert result is True, result

        return close

    def _verify_anew(self):
        def verify(env):
            company = env["res.company"].browse(self.company.id)
            verification = env["mrp.batch.verification"]._verify(company)
            return verification.read(["state", "checked", "unlinked", "report"])[0]

        return self._in_transaction(verify)

    def _link_anew(self):
        return self._in_transaction(
            lambda env: env["mrp.batch.link"]._link(self.company.id)
        )

    def test_eight_at_once(self):
        orders = self.orders[:AT_ONCE]
        with self.registry.cursor() as linker:
            # somebody is in the middle of linking, and does not come to an end
            linker.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, self.company.id]
            )
            env = api.Environment(linker, SUPERUSER_ID, {})
            env["mrp.batch.link"]._link(self.company.id)
            taken = self._all_at_once([self._close(id_) for id_ in orders.ids])
            linker.rollback()
        _logger.info("%s orders closed at once: %.2f s for the slowest", AT_ONCE, taken)
        found = self._verify_anew()
        self.assertEqual(found["state"], "ok", found["report"])
        self.assertGreater(found["unlinked"], 0)
        while self._link_anew():
            pass
        found = self._verify_anew()
        self.assertEqual((found["state"], found["unlinked"]), ("ok", 0))

    def test_linking_while_orders_are_closed(self):
        """Two linkers, and eight who close: one chain, without a gap."""
        orders = self.orders[AT_ONCE:]

        def link(env):
            for _round in range(5):
                env["mrp.batch.link"]._link(self.company.id)
                env.cr.commit()
                time.sleep(0.05)

        self._all_at_once([*[self._close(id_) for id_ in orders.ids], link, link])
        while self._link_anew():
            pass
        found = self._verify_anew()
        self.assertEqual(
            (found["state"], found["unlinked"]), ("ok", 0), found["report"]
        )

    def test_two_write_about_one_run(self):
        """Both entries get a number of their own."""
        record_id = self._get_record(self.orders[0]).id

        def note(env):
            record = env["mrp.batch.record"].browse(record_id)
            time.sleep(0.2)
            record._correct(1, "x", "y", "z", str(fields.Datetime.now()))

        self._all_at_once([note, note, note])
        found = self._verify_anew()
        self.assertEqual(found["state"], "ok", found["report"])

    def test_numbers_are_never_taken_twice(self):
        product, bom_id = self.cheese.id, self.bom.id

        def confirm(env):
            order = env["mrp.production"].create(
                {"product_id": product, "product_qty": 1, "bom_id": bom_id}
            )
            order.action_confirm()

        self._all_at_once([confirm] * 4)
        self._in_transaction(self._check_numbers)

    def _check_numbers(self, env):
        records = env["mrp.batch.record"].search([])
        numbers = [(record.company_id, record.name) for record in records]
        self.assertEqual(len(numbers), len(set(numbers)))
