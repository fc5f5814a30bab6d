from datetime import datetime

import pytz

from odoo import Command

from .common import OperatorCommon, at

ZONES = ("UTC", "Europe/Brussels", "America/New_York", "Asia/Kolkata")
# within a shift, over its end, over lunch, over night, over a weekend, over the nights
# in which clocks are changed
SPANS = (
    (at(9), at(10)),
    (at(16), at(19)),
    (at(6, 30), at(13, 15)),
    (at(20), at(9, day=1)),
    (at(15, day=4), at(9, day=7)),
    (datetime(2025, 3, 28, 12), datetime(2025, 3, 31, 12)),
    (datetime(2025, 10, 24, 12), datetime(2025, 11, 3, 12)),
)


class TestWorkingHours(OperatorCommon):
    def _log_span(self, start, end):
        return self._log(self.cut, self.anna, start, end)

    def _get_seconds(self, intervals, start, end):
        return sum(
            max((min(stop, end) - max(begin, start)).total_seconds(), 0)
            for begin, stop in intervals
        )

    def _ask_odoo(self, start, end):
        resource = self.anna.resource_id
        found = self.anna.resource_calendar_id._work_intervals_batch(
            pytz.utc.localize(start), pytz.utc.localize(end), resources=resource
        )
        return [
            tuple(m.astimezone(pytz.utc).replace(tzinfo=None) for m in interval[:2])
            for interval in found[resource.id]
        ]

    def assertAsOdooSays(self, is_plain):
        """Working hours are what Odoo's calendars say, by whichever way."""
        for start, end in SPANS:
            with self.subTest(start=start, end=end):
                log = self._log_span(start, end)
                spans = log._get_working_spans()
                self.assertEqual(bool(log._get_plain_hours(spans)), is_plain)
                hours = log._get_working_hours().get(self.anna)
                expected = round(
                    self._get_seconds(self._ask_odoo(start, end), start, end)
                )
                self.assertEqual(self._get_seconds(hours, start, end), expected)
                self.assertEqual(log.seconds - log.overtime_seconds, expected)
                self.assertEqual(log.seconds, (end - start).total_seconds())
                log._correct({"active": False}, self.override_reason)

    def test_plain_calendars(self):
        for zone in ZONES:
            with self.subTest(zone=zone):
                self.anna.tz = zone
                self.assertAsOdooSays(is_plain=True)

    def test_night_shift(self):
        """Around midnight."""
        self.calendar.attendance_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        "name": "Night",
                        "dayofweek": str(day),
                        "hour_from": hours[0],
                        "hour_to": hours[1],
                        "day_period": "morning",
                    }
                )
                for day in range(5)
                for hours in ((0, 5.25), (21.5, 24))
            ),
        ]
        self.assertAsOdooSays(is_plain=True)

    def test_time_off(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "date_from": SPANS[0][0].replace(day=1, month=1),
                "date_to": at(9, 30, day=300),
            }
        )
        self.assertAsOdooSays(is_plain=False)

    def test_two_weeks(self):
        self.calendar.switch_calendar_type()
        self.assertAsOdooSays(is_plain=False)

    def test_changed_calendar(self):
        """Who had another calendar once is asked about by the day."""
        self.anna.create_version(
            {
                "date_version": at(0, day=-30).date(),
                "resource_calendar_id": self.calendar.copy().id,
            }
        )
        log = self._log_span(*SPANS[0])
        self.assertFalse(log._get_plain_hours(log._get_working_spans()))

    def test_flexible(self):
        self.calendar.flexible_hours = True
        log = self._log_span(*SPANS[3])
        self.assertFalse(log._get_working_hours())
        self.assertEqual(log.overtime_seconds, 0)

    def test_one_statement(self):
        """Whoever stops a clock does not wait for the calendars."""
        logs = self._log_span(*SPANS[1])
        logs += self._log(self.cut, self.bert, *SPANS[0])
        logs += self._log(self.form, self.cora, *SPANS[3])
        spans = logs._get_working_spans()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            hours = logs._get_plain_hours(spans)
        self.assertEqual(set(hours), set(logs.operator_id.ids))
