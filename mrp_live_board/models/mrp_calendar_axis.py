from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models

HORIZON_DAYS = 120
# a working day that began yesterday evening is still going on
DAYS_BEFORE = 1
WORKED = [("time_type", "=", "leave")]


def _to_utc(moment):
    """Odoo lets a working time until midnight end a microsecond before."""
    moment = moment.astimezone(pytz.utc).replace(tzinfo=None)
    return moment + timedelta(microseconds=moment.microsecond == 999999)


class MrpCalendarAxis(models.Model):
    """The working time of work centers as a line: so many seconds worked so far.

    "When will so many seconds have been worked?" is then a look-up in SQL. Work centers
    of a company with the same working hours share an axis; those with time off of their
    own have one of their own; those without working hours work around the clock.
    Beyond the horizon the average of the axis goes on.
    """

    _name = "mrp.calendar.axis"
    _description = "Working Time of Work Centers"
    _order = "calendar_id, id"

    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working Hours",
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    resource_id = fields.Many2one(
        "resource.resource",
        readonly=True,
        ondelete="cascade",
        help="The only resource it is for, which has time off of its own.",
    )
    date_from = fields.Datetime(required=True, readonly=True)
    date_to = fields.Datetime(required=True, readonly=True)
    seconds = fields.Float(
        string="Seconds Worked",
        readonly=True,
        help="From the beginning to the end of the axis; 0 when nobody ever works.",
    )
    interval_ids = fields.One2many("mrp.calendar.axis.interval", "axis_id")
    workcenter_ids = fields.One2many("mrp.workcenter", "axis_id")

    @api.model
    def _cron_refresh(self):
        """Let the axes begin today."""
        self._refresh(self._get_workcenters())

    @api.model
    def _get_workcenters(self, domain=()):
        return (
            self.env["mrp.workcenter"]
            .with_context(active_test=False)
            .search(list(domain))
        )

    @api.model
    def _refresh(self, workcenters):
        """Lay out the working time of these work centers anew."""
        begin = datetime.combine(fields.Date.today(), time()) - timedelta(DAYS_BEFORE)
        bounds = begin, begin + timedelta(days=DAYS_BEFORE + HORIZON_DAYS)
        replaced = workcenters.axis_id
        for calendar, company, resource, centers in self._group(workcenters, bounds):
            spans = self._get_spans(calendar, centers.resource_id[:1], bounds)
            axis = self.create(
                {
                    "calendar_id": calendar.id,
                    "company_id": company.id,
                    "resource_id": resource.id,
                    "date_from": bounds[0],
                    "date_to": bounds[1],
                }
            )
            axis._set_spans(spans)
            # what a work center is laid out on is no change worth a message
            centers.with_context(tracking_disable=True).axis_id = axis
        replaced.filtered(lambda axis: not axis.workcenter_ids).unlink()

    def _group(self, workcenters, bounds):
        """:return: generator of calendar, company, resource and work centers"""
        leaves = self.env["resource.calendar.leaves"].search(
            [
                *WORKED,
                ("resource_id", "in", workcenters.resource_id.ids),
                ("date_from", "<=", bounds[1]),
                ("date_to", ">=", bounds[0]),
            ]
        )
        empty = self.env["resource.resource"]
        own = leaves.resource_id

        def key(center):
            resource = center.resource_id if center.resource_id in own else empty
            return center.resource_calendar_id, center.company_id, resource

        for found, centers in workcenters.grouped(key).items():
            yield *found, centers

    @api.model
    def _get_spans(self, calendar, resource, bounds):
        """:return: list of ``(start, end)`` in UTC, in order, without overlaps"""
        if not calendar:
            return [bounds]
        begin, end = map(pytz.utc.localize, bounds)
        intervals = calendar._work_intervals_batch(
            begin, end, resource, domain=WORKED, tz=pytz.timezone(calendar.tz)
        )[resource.id]
        return [(_to_utc(a), _to_utc(b)) for a, b, _attendance in intervals]

    def _set_spans(self, spans):
        self.ensure_one()
        rows, seconds = [], 0.0
        for start, end in spans:
            rows.append(
                {
                    "axis_id": self.id,
                    "date_start": start,
                    "date_end": end,
                    "seconds_before": seconds,
                }
            )
            seconds += (end - start).total_seconds()
        self.env["mrp.calendar.axis.interval"].create(rows)
        self.seconds = seconds

    @api.model
    def _mark_stale(self, calendars):
        """Lay out the working time of calendars anew when the transaction ends.

        :param calendars: those that changed; none: all of the companies at hand
        """
        self._mark_workcenters_stale([("resource_calendar_id", "in", calendars.ids)])

    @api.model
    def _mark_workcenters_stale(self, domain):
        precommit = self.env.cr.precommit
        if "mrp_calendar_axis" not in precommit.data:
            precommit.data["mrp_calendar_axis"] = []
            # sudo: working time follows from calendars, whoever changes these
            precommit.add(self.sudo()._refresh_stale)
        precommit.data["mrp_calendar_axis"].append(domain)

    @api.model
    def _refresh_stale(self):
        workcenters = self.env["mrp.workcenter"]
        for domain in self.env.cr.precommit.data.pop("mrp_calendar_axis", ()):
            workcenters |= self._get_workcenters(domain)
        self._refresh(workcenters)
        self.env.flush_all()
