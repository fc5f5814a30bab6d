from datetime import datetime, timedelta

import pytz

from odoo import models
from odoo.tools import SQL
from odoo.tools.date_utils import float_to_time

HALF_SECOND = timedelta(milliseconds=500)


class MrpWorkcenterProductivity(models.Model):
    """What is overtime: the working hours of those who worked."""

    _inherit = "mrp.workcenter.productivity"

    def _get_working_hours(self, until=None):
        """Working hours of the operators around these logs.

        :return: dict from operator to list of ``(start, end)`` in UTC; operators whose
            company does not track them or who work when they like are left out
        """
        logs = self.filtered(lambda log: log.company_id.mrp_operator_tracking)
        spans = logs._get_working_spans(until)
        hours = logs._get_plain_hours(spans)
        rest = logs.operator_id.browse(spans) - logs.operator_id.browse(hours)
        hours = {logs.operator_id.browse(each): found for each, found in hours.items()}
        if not rest:
            return hours
        start = pytz.utc.localize(min(spans[each.id][0] for each in rest))
        end = pytz.utc.localize(max(spans[each.id][1] for each in rest))
        for calendar, operators in rest.grouped("resource_calendar_id").items():
            if not calendar or calendar.flexible_hours:
                continue
            intervals = calendar._work_intervals_batch(
                start, end, resources=operators.resource_id
            )
            for operator in operators:
                hours[operator] = [
                    tuple(self._to_second(moment) for moment in interval[:2])
                    for interval in intervals[operator.resource_id.id]
                ]
        return hours

    def _to_second(self, moment):
        """:return: naive datetime in UTC; Odoo's days end a microsecond too early, and
        a second of each night would count neither as regular nor as overtime
        """
        moment = moment.astimezone(pytz.utc).replace(tzinfo=None)
        return (moment + HALF_SECOND).replace(microsecond=0)

    def _get_working_spans(self, until=None):
        """:return: dict from id of each operator to the ``(start, end)`` of his logs"""
        ends = [end for end in (*self.mapped("date_end"), until) if end]
        if not ends:
            return {}
        last = max(ends)
        spans = {}
        for operator, logs in self.grouped("operator_id").items():
            start = min(logs.mapped("date_start"))
            end = max(log.date_end or last for log in logs)
            if start < end:
                spans[operator.id] = start, end
        return spans

    def _get_plain_hours(self, spans):
        """Working hours of those of whom everything is plain, as of nearly everybody.

        What Odoo's calendars say, in one statement rather than ten: whoever stops a
        clock waits for it.

        :param dict spans: ``(start, end)`` by id of the operator
        :return: dict from the id of each to list of ``(start, end)`` in UTC
        """
        hours = {}
        for operator, tz, weekday, begin, finish in self._read_attendances(spans):
            zone = pytz.timezone(tz)
            first, last = (
                pytz.utc.localize(moment).astimezone(zone).date()
                for moment in spans[operator]
            )
            worked = hours.setdefault(operator, [])
            first += timedelta(days=(int(weekday) - first.weekday()) % 7)
            for number in range(0, (last - first).days + 1, 7):
                day = first + timedelta(days=number)
                worked.append(
                    tuple(
                        self._to_second(
                            zone.localize(datetime.combine(day, float_to_time(hour)))
                        )
                        for hour in (begin, finish)
                    )
                )
        return hours

    def _read_attendances(self, spans):
        """Read when people come, of whom everything is plain: one calendar, week for
        week the same, and no leave.

        :return: list of ``(employee id, time zone, weekday, hour from, hour to)``
        """
        if not spans:
            return []
        for model, names in (
            ("hr.employee", ["resource_id"]),
            ("hr.version", ["employee_id", "resource_calendar_id"]),
            ("resource.resource", ["tz"]),
            ("resource.calendar", ["flexible_hours", "two_weeks_calendar"]),
            ("resource.calendar.attendance", None),
            ("resource.calendar.leaves", ["date_from", "date_to", "resource_id"]),
        ):
            self.env[model].flush_model(names)
        rows = SQL(", ").join(
            SQL("(%s, %s::timestamp, %s::timestamp)", operator, *span)
            for operator, span in spans.items()
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT employee.id, resource.tz, attendance.dayofweek,
                       attendance.hour_from, attendance.hour_to
                  FROM (VALUES %(rows)s) span (operator_id, date_start, date_end)
                  JOIN hr_employee employee ON employee.id = span.operator_id
                  JOIN resource_resource resource ON resource.id = employee.resource_id
                  JOIN LATERAL (
                        SELECT MIN(version.resource_calendar_id) AS id
                          FROM hr_version version
                         WHERE version.employee_id = employee.id
                        HAVING MIN(version.resource_calendar_id)
                               = MAX(version.resource_calendar_id)
                           AND COUNT(*) = COUNT(version.resource_calendar_id)
                       ) own ON TRUE
                  JOIN resource_calendar calendar ON calendar.id = own.id
                  JOIN resource_calendar_attendance attendance
                    ON attendance.calendar_id = calendar.id
                 WHERE calendar.flexible_hours IS NOT TRUE
                   AND calendar.two_weeks_calendar IS NOT TRUE
                   AND attendance.display_type IS NULL
                   AND attendance.day_period != 'lunch'
                   AND NOT EXISTS (
                        SELECT FROM resource_calendar_leaves leaves
                         WHERE (leaves.resource_id IS NULL
                                OR leaves.resource_id = resource.id)
                           AND leaves.date_from <= span.date_end
                           AND leaves.date_to >= span.date_start
                       )
                """,
                rows=rows,
            )
        )
