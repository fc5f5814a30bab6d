"""Databases and their file stores: made, copied, renamed and dropped together.

What a database was made of is written as JSON in its comment, which is not copied
with it and cannot get out of step with it.
"""

import json
import os
import shutil
import subprocess
import threading

from tools.base.console import Failure
from tools.base.paths import FILESTORE, INSIDE
from tools.setup import host

_COPYING = threading.Lock()


class Databases:
    """The databases of one server."""

    def __init__(self, python, server):
        self.python = python
        self.server = server

    def query(self, database, statement, *parameters):
        """Run one statement and return its rows."""
        return self._execute(database, [(statement, parameters)])

    def exists(self, name):
        """Tell whether there is such a database."""
        found = "SELECT 1 FROM pg_database WHERE datname = %s"
        return bool(self.query("postgres", found, name))

    def names(self, prefix):
        """Return the databases whose name starts with a prefix."""
        found = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        return [row[0] for row in self.query("postgres", found, prefix)]

    def made_of(self, name):
        """Return what was recorded with `record`, or None."""
        found = (
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = %s"
        )
        rows = self.query("postgres", found, name)
        try:
            return json.loads(rows[0][0])
        except (IndexError, TypeError, ValueError):
            return None

    def record(self, name, content):
        """Write down what a database was made of."""
        text = json.dumps(content, sort_keys=True)
        self.query("postgres", f'COMMENT ON DATABASE "{name}" IS %s', text)

    def copy(self, source, target):
        """Copy a database; its files are hard links, as Odoo never changes a file."""
        self.drop(target)
        # PostgreSQL refuses to copy a database that is being copied
        with _COPYING:
            self._disconnect(source)
            self.query("postgres", f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        if (FILESTORE / source).exists():
            shutil.copytree(
                FILESTORE / source, FILESTORE / target, copy_function=os.link
            )

    def rename(self, source, target):
        """Give a complete database its final name; its files move first."""
        self.drop(target)
        self._disconnect(source)
        if (FILESTORE / source).exists():
            (FILESTORE / source).rename(FILESTORE / target)
        self.query("postgres", f'ALTER DATABASE "{source}" RENAME TO "{target}"')

    def drop(self, name):
        """Drop a database and its files, if there."""
        self._disconnect(name)
        self.query("postgres", f'DROP DATABASE IF EXISTS "{name}"')
        shutil.rmtree(FILESTORE / name, ignore_errors=True)

    def other_sessions(self):
        """Return how many clients are connected besides this one."""
        found = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return self.query("postgres", found)[0][0]

    def _disconnect(self, name):
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        self.query("postgres", f"{ended} WHERE datname = %s", name)

    def _execute(self, database, statements):
        server = self.server
        connection = {"host": server.host, "port": server.port, "user": server.user}
        request = {
            "connection": dict(connection, password=server.password, dbname=database),
            "statements": statements,
        }
        done = subprocess.run(
            [self.python, INSIDE / "sql.py"],
            input=json.dumps(request),
            capture_output=True,
            text=True,
            env=host.clean_environment(),
        )
        if done.returncode:
            raise Failure(f"PostgreSQL at {server.host} says: {done.stderr.strip()}")
        return json.loads(done.stdout)
