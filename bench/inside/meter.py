"""What one step takes: statements, and CPU time of Odoo and of its database backend."""

import os
import time
from pathlib import Path

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


def measure(env, backend, work):
    """Do one step as one request would and return what it took.

    A step ends as a request does: what is pending is written, the transaction is
    committed and nothing stays in the record cache.
    """
    cr = env.cr
    statements, database = cr.sql_log_count, backend.seconds()
    process = time.process_time()
    work()
    cr.commit()
    process = time.process_time() - process
    taken = {
        "queries": cr.sql_log_count - statements,
        "process": process,
        "database": backend.seconds() - database,
    }
    env.invalidate_all()
    env.transaction.clear()
    return taken
