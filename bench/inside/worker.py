"""Answers the bench's requests, one line of JSON each, from inside Odoo."""

import json
import os
import platform
import traceback

from odoo import release

from .fixture import Fixture
from .meter import Backend, measure
from .sqltrace import Tracer
from .steps import Orders


class Worker:
    """One database: takes orders through their steps and says what each took."""

    def __init__(self, env, suite_folders):
        admin = env.ref("base.user_admin")
        # rules of access apply to the administrator, unlike to the superuser
        self.env = env(user=admin, su=False, context={"lang": "en_US", "tz": "UTC"})
        self.fixture = Fixture(self.env(su=True))
        self.backend = Backend(env.cr)
        self.suite_folders = suite_folders
        self.bom = self.orders = None
        self._forget()

    def recipe(self, method):
        """Make a new recipe for the orders to come."""
        self.bom = self.fixture.recipe(method)
        self._forget()

    def begin(self, count):
        """Take some orders of the recipe in hand."""
        self.orders = Orders(self.env, self.bom, count)
        self._forget()

    def step(self, name):
        """Measure one step."""
        return measure(self.env, self.backend, lambda: self.orders.step(name))

    def trace(self, name):
        """Take one step and list its statements."""
        tracer = Tracer(self.suite_folders)
        with tracer.listening():
            measure(self.env, self.backend, lambda: self.orders.step(name))
        return [[*key, count] for key, count in tracer.counts.items()]

    def check(self):
        """Raise unless the orders in hand were completed."""
        self.orders.check()
        self._forget()

    def about(self):
        """Return what the figures depend on."""
        version = self.env.cr.connection.server_version
        return {
            "odoo": release.version,
            "python": platform.python_version(),
            "postgresql": f"{version // 10000}.{version % 10000}",
            "database_is_here": self.backend.is_here,
        }

    def _forget(self):
        """Have nothing at hand, as at the start of a request."""
        self.env.cr.commit()
        self.env.invalidate_all()
        self.env.transaction.clear()


def serve(env, requests, answers, suite_folders):
    """Answer requests until there are no more."""
    with os.fdopen(requests) as lines, os.fdopen(answers, "w") as out:
        worker = None
        for line in lines:
            name, *arguments = json.loads(line)
            try:
                worker = worker or Worker(env, suite_folders)
                answer = {"result": getattr(worker, name)(*arguments)}
            except Exception:
                answer = {"error": traceback.format_exc()}
            out.write(json.dumps(answer) + "\n")
            out.flush()
