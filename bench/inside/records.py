"""Verifying a long chain of batch records, and closing orders in many processes."""

import os
import time

import odoo.sql_db
from odoo import SUPERUSER_ID, api

from .steps import Orders

AT_ONCE = 5000


class Records:
    """A company with a chain that was made by SQL."""

    def __init__(self, env, fixture):
        self.env = env(su=True)
        self.fixture = fixture
        self.company = env.company

    def answer(self, entries, closers):
        """Return per question its seconds, and how much it was about."""
        answers = {"close": self._close(closers), "link": self._link()}
        self._multiply(entries)
        return answers | {"verify": self._verify()}

    def _close(self, closers):
        """Each process closes an order of its own recipe; none waits for the chain."""
        boms = [self.fixture.recipe("standard") for _number in range(closers)]
        orders = []
        for bom in boms:
            order = Orders(self.env, bom, 1)
            for name in ("create", "confirm", "assign"):
                order.step(name)
            orders.append(order.all().id)
        self.env.cr.commit()
        began = time.perf_counter()
        children = [self._fork(order) for order in orders]
        failed = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
        if any(failed):
            raise RuntimeError(f"Closing at once failed: {failed}")
        self.env.invalidate_all()
        return {"seconds": time.perf_counter() - began, "count": closers}

    def _fork(self, order_id):
        pid = os.fork()
        if pid:
            return pid
        status = 1
        try:
            # connections of the parent are the parent's
            odoo.sql_db._Pool = None
            name = self.env.cr.dbname
            self.env.registry._db = odoo.sql_db.db_connect(name)
            with self.env.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, dict(self.env.context))
                cr.execute("SET LOCAL lock_timeout = '20s'")
                order = env["mrp.production"].browse(order_id)
                if order.button_mark_done() is True:
                    status = 0
        finally:
            os._exit(status)

    def _link(self):
        links = self.env["mrp.batch.link"]
        began, linked = time.perf_counter(), 0
        while now := links._link(self.company.id):
            linked += now
            self.env.cr.commit()
        return {"seconds": time.perf_counter() - began, "count": linked}

    def _multiply(self, count):
        """Write the entries of the latest record again and again, as new records."""
        links = self.env["mrp.batch.link"]
        pattern = self.env["mrp.batch.record"].search([], limit=1, order="id")
        payloads = [(each["kind"], each["payload"]) for each in pattern._get_entries()]
        # names stand beside the entries; those of other records prove nothing here
        number, left = 0, count
        while left > 0:
            rows = []
            while left > 0 and len(rows) < AT_ONCE:
                number += 1
                rows += self._make_rows(number, payloads, pattern)
                left -= len(payloads)
            self.env["mrp.batch.seal"]._insert(rows)
            while links._link(self.company.id):
                pass
            self.env.cr.commit()

    def _make_rows(self, number, payloads, pattern):
        return [
            {
                "company": self.company.id,
                "key": f"{number:032x}",
                "record": f"BENCH/{number:06}",
                "sequence": place,
                "kind": kind,
                "at": "2026-01-01T00:00:00Z",
                "payload": payload,
            }
            for place, (kind, payload) in enumerate(payloads, 1)
        ]

    def _verify(self):
        self.env.invalidate_all()
        began = time.perf_counter()
        verification = self.env["mrp.batch.verification"]._verify(self.company)
        seconds = time.perf_counter() - began
        if verification.state != "ok":
            raise RuntimeError(verification.report)
        return {"seconds": seconds, "count": verification.checked}
