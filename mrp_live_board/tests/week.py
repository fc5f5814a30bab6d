"""Weeks of a small factory, played through Odoo: all but the last to learn from.

Operations take what they take, not what was planned. What the board and Odoo expect is
asked twice a day and held against what came, in hours of the shift.
"""

import random
from datetime import datetime, timedelta
from statistics import mean

from freezegun import freeze_time

from odoo import Command

from .simulator import Calendar, Center, Operation, work

MONDAY = datetime(2026, 3, 2)
SHIFT = (8, 16)
WEEKS = 3
ORDERS = 22
CENTERS = 4
RECIPES = 4
STEPS = 3
LOOKS = (timedelta(hours=8, minutes=5), timedelta(hours=12, minutes=5))


class Week:
    """:param env: environment of somebody who may do everything in its company
    :param int seed: the same seed, the same weeks
    """

    def __init__(self, env, seed):
        self.env = env
        self.draw = random.Random(seed)
        self.errors = {"board": [], "odoo": []}
        with freeze_time(MONDAY - timedelta(days=3)):
            self._build()

    def play(self):
        """:return: dict of who expects to the mean error in working hours"""
        for week in range(WEEKS):
            monday = MONDAY + timedelta(weeks=week)
            with freeze_time(monday + timedelta(hours=1)):
                self.env["mrp.operation.pace"]._refresh()
                self.env["mrp.calendar.axis"]._cron_refresh()
            self._play_week(monday, is_measured=week == WEEKS - 1)
        return {name: mean(errors) for name, errors in self.errors.items()}

    def _build(self):
        env = self.env
        self.calendar = env["resource.calendar"].create(
            {
                "name": "Simulated",
                "tz": "UTC",
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": str(day),
                            "dayofweek": str(day),
                            "hour_from": SHIFT[0],
                            "hour_to": SHIFT[1],
                            "day_period": "morning",
                        }
                    )
                    for day in range(5)
                ],
            }
        )
        self.centers = env["mrp.workcenter"].create(
            [
                {"name": f"Sim {number}", "resource_calendar_id": self.calendar.id}
                for number in range(CENTERS)
            ]
        )
        material = env["product.product"].create({"name": "Sim", "type": "consu"})
        self.boms = env["mrp.bom"].browse()
        self.factors = {}
        for number in range(RECIPES):
            product = env["product.product"].create({"name": f"Sim {number}"})
            bom = env["mrp.bom"].create(
                {
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "bom_line_ids": [
                        Command.create({"product_id": material.id, "product_qty": 1})
                    ],
                    "operation_ids": [
                        Command.create(
                            {
                                "name": f"Step {step}",
                                "sequence": step,
                                "workcenter_id": center.id,
                                "time_cycle_manual": self.draw.randint(30, 150),
                            }
                        )
                        for step, center in enumerate(
                            self.draw.sample(list(self.centers), STEPS)
                        )
                    ],
                }
            )
            self.boms |= bom
            for operation in bom.operation_ids:
                self.factors[operation] = self.draw.uniform(0.8, 1.7)

    def _play_week(self, monday, is_measured):
        orders = self._make_orders(monday)
        operations = self._make_operations(orders, monday)
        self.hours = calendar = Calendar(
            [
                (
                    monday + timedelta(days=day, hours=SHIFT[0]),
                    monday + timedelta(days=day, hours=SHIFT[1]),
                )
                for day in range(60)
                if day % 7 < 5
            ]
        )
        centers = [Center(calendar) for _center in self.centers]
        ends = work(monday + timedelta(hours=SHIFT[0]), centers, operations)
        for moment, _rank, action, value in self._get_events(operations, ends, monday):
            with freeze_time(moment):
                action(value) if action else is_measured and self._look(ends)
        orders.action_cancel()
        self.env.flush_all()

    def _make_orders(self, monday):
        with freeze_time(monday + timedelta(hours=7)):
            orders = self.env["mrp.production"].create(
                [
                    {
                        "bom_id": bom.id,
                        "product_id": bom.product_tmpl_id.product_variant_id.id,
                        "product_qty": 1,
                        "date_start": monday
                        + timedelta(hours=8 + 24 * self.draw.randint(0, 3)),
                    }
                    for bom in self.draw.choices(list(self.boms), k=ORDERS)
                ]
            )
            orders.action_confirm()
            for order in orders.sorted("date_start"):
                order.button_plan()
        return orders

    def _make_operations(self, orders, monday):
        operations = []
        for order in orders:
            for workorder in order.workorder_ids:
                noise = self.draw.lognormvariate(0, 0.2)
                factor = self.factors[workorder.operation_id] * noise
                operations.append(
                    Operation(
                        run=order,
                        center=self.centers.ids.index(workorder.workcenter_id.id),
                        seconds=round(workorder.duration_expected * 60 * factor),
                        place=(order.date_start, workorder.id),
                        release=order.date_start,
                    )
                )
                operations[-1].workorder = workorder
        return operations

    def _get_events(self, operations, ends, monday):
        """:return: list of ``(moment, rank, action, value)``; no action: a look"""
        last = max(ends.values())
        events = []
        for each in operations:
            events.append((each.begin, 3, self._start, each.workorder))
            events.append((each.end, 0, self._finish, each.workorder))
            day = each.begin.replace(hour=SHIFT[1], minute=0, second=0, microsecond=0)
            while day < each.end:
                events.append((day, 1, self._pause, each.workorder))
                morning = day + timedelta(hours=24 - SHIFT[1] + SHIFT[0])
                while morning.weekday() > 4:
                    morning += timedelta(days=1)
                events.append((morning, 2, self._start, each.workorder))
                day = morning + timedelta(hours=SHIFT[1] - SHIFT[0])
        for day in range((last - monday).days + 1):
            events += [
                (monday + timedelta(days=day) + look, 4, None, None) for look in LOOKS
            ]
        return sorted(events, key=lambda event: event[:2])

    def _start(self, workorder):
        workorder.button_start()

    def _pause(self, workorder):
        workorder.button_pending()

    def _finish(self, workorder):
        workorder.button_finish()

    def _look(self, ends):
        """Ask when the runs that are not done will be."""
        self.env.flush_all()
        self.env.invalidate_all()
        now = datetime.now()
        runs = [order for order, end in ends.items() if end > now]
        for order in runs:
            row = self.env["mrp.live.board"].browse(order.id)
            for name, moment in (
                ("board", row.expected_date),
                ("odoo", order.date_finished),
            ):
                bounds = sorted((moment, ends[order]))
                self.errors[name].append(self.hours.between(*bounds) / 3600)
