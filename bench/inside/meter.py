"""What one step takes: statements, and CPU time of Odoo and of its database backend."""

import os
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from odoo import fields

TICKS = os.sysconf("SC_CLK_TCK")


class Backend:
    """The PostgreSQL process that serves one cursor."""

    def __init__(self, cr):
        cr.execute("SELECT pg_backend_pid()")
        self._process = Path(f"/proc/{cr.fetchone()[0]}")
        # the server may run on another machine, where its numbers mean other processes
        self.is_here = self._read("comm").startswith("postgres")

    def seconds(self):
        """Return the CPU time used so far; 0 when the server is elsewhere."""
        if not self.is_here:
            return 0.0
        schedule = self._read("schedstat").split()
        if schedule and schedule[0] != "0":
            return int(schedule[0]) / 1e9
        # the first field after the name in brackets is number 3; utime is number 14
        fields = self._read("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def _read(self, name):
        try:
            return (self._process / name).read_text()
        except OSError:
            return ""


class Clock:
    """Odoo's time of day: it stands still within a step and moves on between steps.

    Whether a second ends in or before a step is chance, and makes Odoo write dates
    once more or less.
    """

    SECOND = timedelta(seconds=1)

    def __init__(self):
        self._real = fields.Datetime.now
        self._moment = self._real()
        fields.Datetime.now = staticmethod(lambda *_records: self._moment)

    def move_on(self):
        """Let at least a second pass."""
        self._moment = max(self._moment + self.SECOND, self._real())

    @contextmanager
    def set_aside(self):
        """Let Odoo have the real time again, for those who set it themselves."""
        standing = fields.Datetime.now
        fields.Datetime.now = staticmethod(self._real)
        try:
            yield
        finally:
            fields.Datetime.now = staticmethod(standing)


class Meter:
    """Takes steps in one database and says what they took."""

    def __init__(self, env):
        self.backend = Backend(env.cr)
        self._env = env
        self.clock = Clock()

    def measure(self, work):
        """Do one step as one request would and return what it took.

        A step ends as a request does: what is pending is written, the transaction is
        committed and nothing stays in the record cache.
        """
        cr = self._env.cr
        self.clock.move_on()
        statements, database = cr.sql_log_count, self.backend.seconds()
        process = time.process_time()
        work()
        cr.commit()
        process = time.process_time() - process
        taken = {
            "queries": cr.sql_log_count - statements,
            "process": process,
            "database": self.backend.seconds() - database,
        }
        self.forget()
        return taken

    def forget(self):
        """Have nothing at hand, as at the start of a request."""
        self._env.cr.commit()
        self._env.invalidate_all()
        self._env.transaction.clear()
