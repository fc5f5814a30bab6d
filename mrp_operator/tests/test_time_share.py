import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import TransactionCase

from ..tools import Clock, get_moment, share_time
from .common import DAY, OperatorCommon, at, batches


def length(spans):
    """:return: seconds of these spans, overlaps counted once"""
    seconds = set()
    for start, end in spans:
        first = int((start - DAY).total_seconds())
        seconds |= set(range(first, first + int((end - start).total_seconds())))
    return len(seconds)


class TestShareTime(TransactionCase):
    """The arithmetic, without a database."""

    def _share(self, *clocks, **kwargs):
        shares = share_time(
            [Clock(key, start, end, *more) for key, start, end, *more in clocks],
            **kwargs,
        )
        return {key: sum(parts) for key, parts in shares.items()}

    def test_alone(self):
        self.assertEqual(self._share(("a", at(8), at(9))), {"a": 3600})

    def test_parallel(self):
        shares = self._share(("a", at(8), at(10)), ("b", at(9), at(10)))
        self.assertEqual(shares, {"a": 5400, "b": 1800})

    def test_nested(self):
        shares = self._share(
            ("a", at(8), at(12)), ("b", at(9), at(10)), ("c", at(10), at(11))
        )
        self.assertEqual(shares, {"a": 10800, "b": 1800, "c": 1800})

    def test_remainder(self):
        shares = self._share(*((key, at(8), at(8, 0, 10)) for key in "abc"))
        self.assertEqual(sorted(shares.values()), [3, 3, 4])

    def test_quantity(self):
        shares = self._share(("a", at(8), at(9), 3), ("b", at(8), at(9), 1))
        self.assertEqual(shares, {"a": 2700, "b": 900})

    def test_no_quantity(self):
        shares = self._share(("a", at(8), at(9), 0), ("b", at(8), at(9), 0))
        self.assertEqual(shares, {"a": 1800, "b": 1800})

    def test_running_takes_its_part(self):
        shares = self._share(("a", at(8), at(9)), ("b", at(8), None))
        self.assertEqual(shares["a"], 1800)

    def test_booked_stays(self):
        shares = self._share(
            ("a", at(8), at(10), 1, (1000, 0)),
            ("b", at(9), at(10)),
            ("c", at(9), at(10)),
        )
        self.assertEqual(shares["a"], 1000)
        self.assertEqual(sum(shares.values()), 7200)

    def test_separate_stretches(self):
        """What is left over of one stretch is not given to another."""
        shares = self._share(
            *((key, at(8), at(8, 0, 3)) for key in "ab"),
            *((key, at(9), at(9, 0, 3)) for key in "cd"),
        )
        self.assertEqual(shares["a"] + shares["b"], 3)
        self.assertEqual(shares["c"] + shares["d"], 3)

    def test_overtime(self):
        clocks = [Clock("a", at(15), at(19)), Clock("b", at(16), at(18))]
        shares = share_time(clocks, [(at(8), at(12)), (at(13), at(17))])
        self.assertEqual(shares, {"a": (5400, 5400), "b": (1800, 1800)})

    def test_moment(self):
        spans = [(at(8), at(9)), (at(8, 30), at(9)), (at(10), at(11))]
        self.assertEqual(get_moment(spans, 1800), at(8, 30))
        self.assertEqual(get_moment(spans, 3600 + 600), at(10, 10))
        self.assertIsNone(get_moment(spans, 7201))

    @batches(300)
    @given(st.integers(min_value=0))
    def test_adds_up(self, seed):
        """Whatever overlaps, the seconds are those that somebody was at work."""
        draw = random.Random(seed)
        clocks, spans = [], []
        for key in range(draw.randint(1, 8)):
            start = DAY + timedelta(seconds=draw.randint(0, 200))
            end = start + timedelta(seconds=draw.randint(0, 100))
            clocks.append(Clock(key, start, end, draw.choice([1, 0, 2.5, 7])))
            spans.append((start, end))
        opening = DAY + timedelta(seconds=draw.randint(0, 150))
        closing = opening + timedelta(seconds=draw.randint(1, 150))
        shares = share_time(clocks, [(opening, closing)])
        self.assertEqual(sum(map(sum, shares.values())), length(spans))
        inside = [(max(s, opening), min(e, closing)) for s, e in spans]
        inside = [(s, e) for s, e in inside if s < e]
        self.assertEqual(sum(part[0] for part in shares.values()), length(inside))
        for clock in clocks:
            regular, overtime = shares[clock.key]
            self.assertGreaterEqual(min(regular, overtime), 0)
            self.assertLessEqual(
                regular + overtime, (clock.end - clock.start).total_seconds() + 2
            )


class TestSharedLogs(OperatorCommon):
    def test_one_on_two_operations(self):
        cut = self._log(self.cut, self.anna, at(8), at(10))
        self.assertEqual(cut.seconds, 7200)
        form = self._log(self.form, self.anna, at(9), at(10))
        self.assertEqual((cut.seconds, form.seconds), (5400, 1800))
        self.assertEqual((cut.duration, form.duration), (90, 30))
        self.assertEqual((self.cut.duration, self.form.duration), (90, 30))

    def test_two_on_one_operation(self):
        logs = self._log(self.cut, self.anna, at(8), at(9))
        logs |= self._log(self.cut, self.bert, at(8), at(9))
        self.assertEqual(logs.mapped("seconds"), [3600, 3600])
        self.assertEqual(self.cut._get_labour_hours(), 2)
        self.assertEqual(self.cut._get_machine_hours(), 1)

    def test_neighbours_share_again(self):
        cut = self._log(self.cut, self.anna, at(8), at(10))
        form = self._log(self.form, self.anna, at(8), at(10))
        coat = self._log(self.coat, self.anna, at(9), at(10))
        self.assertEqual((cut.seconds, form.seconds, coat.seconds), (3000, 3000, 1200))
        coat._correct({"active": False}, self.override_reason)
        self.assertEqual((cut.seconds, form.seconds, coat.seconds), (3600, 3600, 0))
        form._correct({"operator_id": self.bert.id}, self.override_reason)
        self.assertEqual((cut.seconds, form.seconds), (7200, 7200))
        form._correct({"date_start": at(12), "date_end": at(13)}, self.override_reason)
        self.assertEqual((cut.seconds, form.seconds), (7200, 3600))

    def test_by_quantity(self):
        self.company.mrp_time_share = "quantity"
        other = self._make_order(self.bom, 30).workorder_ids[0]
        small = self._log(self.cut, self.anna, at(8), at(9))
        large = self._log(other, self.anna, at(8), at(9))
        self.assertEqual((small.seconds, large.seconds), (900, 2700))

    def test_estimates_share_nothing(self):
        """What was made up was not at the same time as anything."""
        self.order.workorder_ids.operator_ids = self.anna
        self._complete(self.order)
        logs = self.order.workorder_ids.time_ids
        self.assertEqual(logs.mapped("duration"), [10, 10, 10])
        self.assertTrue(all(logs.mapped("is_estimated")))

    def test_booked_logs_stay(self):
        cut = self._log(self.cut, self.anna, at(8), at(10))
        self._complete(self.order)
        other = self._make_order(self.bom, 10).workorder_ids[0]
        log = self._log(other, self.anna, at(8), at(10))
        self.assertEqual((cut.seconds, log.seconds), (7200, 0))

    def test_overtime(self):
        log = self._log(self.cut, self.anna, at(15), at(19))
        self.assertEqual((log.seconds, log.overtime_seconds), (14400, 7200))
        self.assertEqual(log.duration, 240)

    def test_other_company_shares(self):
        """Somebody is at work once, wherever he logs it."""
        logs = self._log(self.cut, self.anna, at(8), at(9)).with_user(self.user)
        logs |= self._log(self.form, self.anna, at(8), at(9)).with_user(self.user)
        self.assertEqual(sum(logs.mapped("seconds")), 3600)

    def test_queries_do_not_grow(self):
        """A long history costs nothing: only what overlaps is looked at."""
        logs = self.env["mrp.workcenter.productivity"]
        for day in range(40):
            logs |= self._log(self.cut, self.anna, at(8, day=day), at(9, day=day))
        self.env.invalidate_all()
        found = logs._find_sharing([(self.anna.id, at(8), at(9))])
        self.assertEqual(found, logs[0])

    @batches(30)
    @given(st.integers(min_value=0))
    def test_adds_up(self, seed):
        """In whatever order logs come, change and go."""
        draw = random.Random(seed)
        with self.cr.savepoint() as savepoint:
            people = (self.anna, self.bert)
            logs = self.env["mrp.workcenter.productivity"]
            for _step in range(draw.randint(2, 12)):
                start = at(8, draw.randint(0, 50), draw.randint(0, 59))
                end = start + timedelta(seconds=draw.randint(1, 3600))
                operation = draw.choice(self.order.workorder_ids)
                action = draw.random()
                if action < 0.65 or not logs:
                    logs |= self._log(operation, draw.choice(people), start, end)
                else:
                    vals = draw.choice(
                        [
                            {"active": False},
                            {"operator_id": draw.choice(people).id},
                            {"date_start": start, "date_end": end},
                        ]
                    )
                    draw.choice(logs)._correct(vals, self.override_reason)
            self.env.flush_all()
            for operator in people:
                own = logs.filtered(
                    lambda log, who=operator: log.active and log.operator_id == who
                )
                self.assertEqual(
                    sum(own.mapped("seconds")),
                    length([(log.date_start, log.date_end) for log in own]),
                )
            active = logs.filtered("active")
            for operation in self.order.workorder_ids:
                own = active.filtered(lambda log, wo=operation: log.workorder_id == wo)
                self.assertAlmostEqual(
                    operation.duration * 60, sum(own.mapped("seconds")), places=4
                )
            savepoint.rollback()
