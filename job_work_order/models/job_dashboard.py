from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL
from odoo.tools.misc import format_date

VIEWER = "mrp_run_cost.mrp_run_cost_group_viewer"
ROLES = (
    "mrp.group_mrp_user",
    "mrp_operator.mrp_operator_group_supervisor",
    VIEWER,
)
# days looked back on, and what one bar of the trend is
PERIODS = {
    "week": (7, "day"),
    "month": (30, "day"),
    "quarter": (91, "week"),
    "year": (365, "month"),
}
STEPS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
}
TILES = (
    "throughput",
    "on_time",
    "yield",
    "first_pass",
    "oee",
    "overtime",
    "reasons",
    "late",
)


class JobDashboard(models.AbstractModel):
    """How the factory did, of the current company: figures beside their targets."""

    _name = "job.dashboard"
    _description = "Production Dashboard"

    @api.readonly
    @api.model
    def get_figures(self, period="month", workcenter_id=False):
        """:param str period: one of ``PERIODS``
        :param int workcenter_id: only what went on there
        :return: dict of tiles, and of the work centers to choose from
        """
        if not any(self.env.user.has_group(role) for role in ROLES):
            raise AccessError(
                self.env._(
                    "The dashboard is for manufacturing users, supervisors and those "
                    "who see cost. Ask an administrator for one of these roles."
                )
            )
        days, step = PERIODS.get(period, PERIODS["month"])
        workcenter = self._get_workcenter(workcenter_id)
        span = {
            "since": fields.Datetime.now() - relativedelta(days=days),
            "step": step,
            "weeks": days / 7,
            "workcenter": workcenter,
        }
        # the figures are read from the tables
        self.env.flush_all()
        return {
            "company": self.env.company.name,
            "period": period if period in PERIODS else "month",
            "workcenter_id": workcenter.id,
            "workcenters": self._get_workcenters(),
            "tiles": [getattr(self, f"_get_tile_{name}")(span) for name in TILES],
        }

    @api.model
    def _get_workcenters(self):
        # sudo: names to choose from, of the own company
        workcenters = self.env["mrp.workcenter"].sudo()
        return workcenters.search_read(
            [("company_id", "in", (False, self.env.company.id))], ["name"]
        )

    @api.model
    def _get_workcenter(self, workcenter_id):
        known = {row["id"] for row in self._get_workcenters()}
        return self.env["mrp.workcenter"].browse(
            workcenter_id if workcenter_id in known else []
        )

    # What all tiles share

    @api.model
    def _get_bucket(self, column, span):
        """:return: SQL of the day, week or month a moment belongs to, for the user"""
        return SQL(
            "date_trunc(%s, %s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
            span["step"],
            column,
            str(self.env.tz),
        )

    @api.model
    def _get_trend(self, values, span):
        """:param dict values: number per date, gaps are empty
        :return: list of ``{"label", "value"}``, one per bar
        """
        step = span["step"]
        day = fields.Datetime.context_timestamp(self, span["since"]).date()
        if step == "week":
            day -= relativedelta(days=day.weekday())
        elif step == "month":
            day = day.replace(day=1)
        trend = []
        while day <= fields.Date.context_today(self):
            label = format_date(
                self.env, day, date_format="MMM y" if step == "month" else "d MMM"
            )
            trend.append({"label": label, "value": values.get(day)})
            day += STEPS[step]
        return trend

    @api.model
    def _prepare_tile(self, key, title, unit, value, target, **more):
        """:param float value: nothing, where there is nothing to tell
        :param float target: 0, where there is none
        """
        return {
            "key": key,
            "title": title,
            "unit": unit,
            "value": value,
            "target": target or False,
            "less_is_better": False,
            "details": [],
            "rows": [],
            "trend": [],
            "action": False,
            **more,
        }

    @api.model
    def _prepare_rate_tile(self, key, title, rows, span, target, **more):
        """A tile of a percentage.

        :param rows: ``(bucket, part, whole)``
        """
        part = sum(row[1] or 0 for row in rows)
        whole = sum(row[2] or 0 for row in rows)
        return self._prepare_tile(
            key,
            title,
            "%",
            100 * part / whole if whole else False,
            target,
            trend=self._get_trend(
                {day: 100 * own / of for day, own, of in rows if of}, span
            ),
            **more,
        )

    @api.model
    def _get_action(self, xml_id, domain, **changes):
        """:return: action to the records behind a tile, nothing for who may not"""
        # sudo: only to know what the action shows
        action = self.env.ref(xml_id).sudo()
        if not self.env[action.res_model].has_access("read"):
            return False
        result = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        return result | {"domain": domain, "context": {"create": False}} | changes

    @api.model
    def _get_domain(self, date, workcenter, span):
        """:param str date: field that tells when
        :param str workcenter: field that tells where
        """
        domain = [
            (date, ">=", fields.Datetime.to_string(span["since"])),
            ("company_id", "=", self.env.company.id),
        ]
        if span["workcenter"]:
            domain.append((workcenter, "=", span["workcenter"].id))
        return domain
