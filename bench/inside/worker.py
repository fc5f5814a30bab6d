"""Answers the bench's requests, one line of JSON each, from inside Odoo."""

import json
import os
import platform
import traceback

from odoo import release

from .fixture import Fixture
from .meter import Meter
from .sqltrace import Tracer
from .steps import Orders


class Worker:
    """One database: takes orders through their steps and says what each took."""

    def __init__(self, env, suite_folders):
        admin = env.ref("base.user_admin")
        # rules of access apply to the administrator, unlike to the superuser
        self.env = env(user=admin, su=False, context={"lang": "en_US", "tz": "UTC"})
        self.meter = Meter(self.env)
        self.fixture = Fixture(self.env(su=True))
        self.suite_folders = suite_folders
        self.bom = self.orders = None
        self.meter.forget()

    def recipe(self, method):
        """Make a new recipe for the orders to come."""
        self.bom = self.fixture.recipe(method)
        self.meter.forget()

    def begin(self, count):
        """Take some orders of the recipe in hand."""
        self.orders = Orders(self.env, self.bom, count)
        self.meter.forget()

    def step(self, name):
        """Measure one step."""
        return self.meter.measure(lambda: self.orders.step(name))

    def trace(self, name):
        """Take one step and list its statements."""
        tracer = Tracer(self.suite_folders)
        with tracer.listening():
            self.meter.measure(lambda: self.orders.step(name))
        return [[*key, count] for key, count in tracer.counts.items()]

    def check(self):
        """Raise unless the orders in hand were completed."""
        self.orders.check()
        self.meter.forget()

    def history(self):
        """Ask about a long history of lots; nothing where the suite keeps none."""
        if "mrp.genealogy.edge" not in self.env:
            return {}
        # the database without the suite has no such add-on to import
        from .history import Questions

        return Questions(self.env).answer()

    def board(self):
        """Ask the live board; nothing where the suite has none."""
        if "mrp.live.board" not in self.env:
            return {}
        # as above
        from .board import Board

        with self.meter.clock.set_aside():
            return Board(self.env, self.meter.backend).answer()

    def records(self, entries, closers):
        """Verify many entries, and close orders at once; nothing without records."""
        if "mrp.batch.record" not in self.env:
            return {}
        from .records import Records

        return Records(self.env, self.fixture).answer(entries, closers)

    def people(self):
        """Ask who may do what; nothing where the suite does not know."""
        if "mrp.skill.requirement" not in self.env:
            return {}
        # the database without the suite has no such add-on to import
        from .people import People

        return People(self.env).answer()

    def jobs(self):
        """Ask for the list of jobs; nothing where the suite has none."""
        if "job.work.order" not in self.env:
            return {}
        # the database without the suite has no such add-on to import
        from .jobs import Jobs

        return Jobs(self.env).answer()

    def phones(self, count):
        """Have people with phones and operations; nothing where there is no phone."""
        if "mrp.shop.floor.event" not in self.env:
            return []
        # the database without the suite has no such add-on to import
        from .phones import Phones

        orders = Orders(self.env, self.fixture.recipe("standard"), count)
        orders.step("create")
        orders.step("confirm")
        workorders = [order.workorder_ids[:1] for order in orders.all()]
        phones = Phones(self.env, workorders).make()
        self.env.cr.commit()
        self.meter.forget()
        return phones

    def invoices(self):
        """Bill many jobs at once; nothing where the suite does not sell them."""
        if "job.billing.line" not in self.env:
            return {}
        # the database without the suite has no such add-on to import
        from .invoices import Invoices

        return Invoices(self.env).answer()

    def prepare_calls(self, count):
        """Have operations ready to start, with people who may do them."""
        orders = Orders(self.env, self.fixture.recipe("standard"), count)
        orders.step("create")
        orders.step("confirm")
        workorders = [order.workorder_ids[:1] for order in orders.all()]
        if "mrp.skill.requirement" in self.env:
            from .people import guard

            operator = guard(self.env, self.fixture.workcenters)
            for workorder in workorders:
                workorder.operator_ids = operator
        self._operations = [workorder.id for workorder in workorders]
        self.meter.forget()

    def operate(self, step):
        """Start or finish the operation in hand, as a request does."""
        workorder = self.env["mrp.workorder"].browse(self._operations[0])
        return self.meter.measure(getattr(workorder, f"button_{step}"))

    def next_operation(self):
        """Raise unless the operation in hand is done, and take the next one."""
        workorder = self.env["mrp.workorder"].browse(self._operations.pop(0))
        if workorder.state != "done":
            raise RuntimeError(f"{workorder.display_name} is not finished")
        self.meter.forget()

    def about(self):
        """Return what the figures depend on."""
        version = self.env.cr.connection.server_version
        return {
            "odoo": release.version,
            "python": platform.python_version(),
            "postgresql": f"{version // 10000}.{version % 10000}",
            "database_is_here": self.meter.backend.is_here,
        }


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
