from datetime import timedelta

import pytz

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..tools import ALONE, CREW, NOBODY, UNTRAINED, get_work_day, judge_crew

# what a requirement is judged by
JUDGED = [
    "workcenter_id",
    "operation_id",
    "skill_id",
    "minimum_progress",
    "certificate_required",
    "mode",
    "scope",
    "crew_count",
    "two_person",
    "trainee_allowed",
    "trainee_progress",
    "trainer_progress",
]


class MrpWorkorder(models.Model):
    """Whether people are qualified for work orders, judged for all of them at once."""

    _inherit = "mrp.workorder"

    def _get_skill_requirements(self):
        """What is asked for by the work centers and operations.

        :return: dict of work order to ``mrp.skill.requirement``, none in the most cases
        """
        # sudo: the gate reads what is asked for, whoever comes
        nothing = self.env["mrp.skill.requirement"].sudo()
        if not self:
            return {}
        # sudo: what is asked for holds for people who can not read it, too
        orders = self.sudo()
        domain = Domain("workcenter_id", "in", orders.workcenter_id.ids) | Domain(
            "operation_id", "in", orders.operation_id.ids
        )
        # what is archived asks for nothing, whatever the caller's context says
        found = nothing.with_context(active_test=True).search_fetch(domain, JUDGED)
        if not found:
            return dict.fromkeys(self, nothing)
        return {
            workorder: found.filtered(
                lambda each, order=order: (
                    each.workcenter_id
                    and each.workcenter_id == order.workcenter_id
                    or each.operation_id
                    and each.operation_id == order.operation_id
                )
            ).with_prefetch(found.ids)
            for workorder, order in zip(self, orders, strict=True)
        }

    def _get_qualification_problems(self, operators=None, at=None):
        """What is wrong with people who work, or would work, on these work orders.

        :param operators: ``hr.employee`` who would come to each of them, to those who
            work there already; by default judge those who are planned or work there
        :param datetime at: when they work; by default now, or when the work is planned
            to begin. The day on which the shift began counts, in the time zone of the
            work center
        :return: dict of each work order to a list of dicts with ``operator_id`` (False:
            nobody is named), ``requirement_id``, ``mode``, ``kind`` and ``message``
        """
        asked = self._get_skill_requirements()
        if not any(asked.values()):
            return {workorder: [] for workorder in self}
        # sudo: planners need not see employees
        working = self._get_clocked_operators()
        crews, coming = {}, {}
        for workorder in self:
            there = working.get(workorder.id, self.env["hr.employee"].sudo())
            if operators is None:
                coming[workorder] = there | workorder.sudo().operator_ids
            else:
                coming[workorder] = operators.sudo()
            crews[workorder] = there | coming[workorder]
        moments = dict.fromkeys(self, at) if at else self._get_planned_moments()
        return self._judge_crews(asked, crews, coming, moments)

    def _get_planned_moments(self):
        """:return: dict of work order to when it begins: now, unless that is to come"""
        now = fields.Datetime.now()
        return {
            workorder: workorder.date_start
            if workorder.state in ("blocked", "ready")
            and workorder.date_start
            and workorder.date_start > now
            else now
            for workorder in self
        }

    def _get_clocked_operators(self):
        """:return: dict of work order id to those whose clock runs"""
        if not self.ids:
            return {}
        # sudo: who works counts, whoever asks
        logs = self.env["mrp.workcenter.productivity"].sudo()
        logs.flush_model(["workorder_id", "operator_id", "date_end", "active"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT workorder_id, array_agg(operator_id ORDER BY id)
                  FROM mrp_workcenter_productivity
                 WHERE workorder_id IN %s AND active
                   AND operator_id IS NOT NULL AND date_end IS NULL
              GROUP BY workorder_id
                """,
                tuple(self.ids),
            )
        )
        people = self.env["hr.employee"].sudo()
        return {
            workorder: people.browse(dict.fromkeys(operators))
            for workorder, operators in rows
        }

    def _judge_crews(self, asked, crews, coming, moments=None):
        """Judge crews by all that is asked of them.

        :param dict asked: ``mrp.skill.requirement`` of each work order
        :param dict crews: ``hr.employee`` of each who are at work
        :param dict coming: those of them whose coming is judged
        :param dict moments: when each is done, by default now
        :return: as ``_get_qualification_problems``
        """
        orders = self.filtered(lambda workorder: asked[workorder])
        # sudo: the gate reads requirements and people, whoever comes
        requirements = self.env["mrp.skill.requirement"].sudo().union(*asked.values())
        people = self.env["hr.employee"].sudo().union(*crews.values())
        moments = moments or dict.fromkeys(orders, fields.Datetime.now())
        rated = orders._rate_on_days(requirements, people, moments)
        found = orders._find_problems(asked, crews, coming, rated, set())
        if any(found.values()):
            # sudo: overrides hold for people who can not read them, too
            overrides = self.env["mrp.skill.override"].sudo()._get_valid(orders)
            if overrides:
                found = orders._find_problems(asked, crews, coming, rated, overrides)
        return {
            workorder: [
                workorder._prepare_problem(*problem)
                for problem in found.get(workorder, [])
            ]
            for workorder in self
        }

    def _find_problems(self, asked, crews, coming, rated, overrides):
        """:return: dict of work order to list of arguments of ``_prepare_problem``"""
        days, ratings = rated
        # sudo: the gate reads people, whoever comes
        nobody = self.env["hr.employee"].sudo()
        found = {}
        for workorder in self:
            problems = found[workorder] = []
            crew, day = crews[workorder], days[workorder]
            for requirement in asked[workorder]:
                own = {
                    operator: ratings[requirement.id, operator.id, day]
                    for operator in crew
                }
                passed = {
                    operator
                    for operator in crew
                    if (workorder.id, operator.id, requirement.id) in overrides
                }
                problems += [
                    (requirement, kind, operator or nobody, own.get(operator))
                    for operator, kind in judge_crew(
                        requirement._get_demand(),
                        crew,
                        coming[workorder],
                        own,
                        passed,
                    )
                ]
        return found

    def _rate_on_days(self, requirements, people, moments):
        """Rate people on the day that counts for each work order.

        Calendars are asked only where it matters which day that is: for most people it
        makes no difference.

        :return: ``(days, ratings)``: dict of work order to date, and as ``_rate``
        """
        # wherever the work is done, and whenever the shift began
        spans = {
            date: {date + timedelta(days=days) for days in (-2, -1, 0, 1)}
            for date in {moments[workorder].date() for workorder in self}
        }
        ratings = requirements._rate(people, set().union(*spans.values()))
        steady = {
            date
            for date, span in spans.items()
            if all(
                len({ratings[requirement, operator, day] for day in span}) == 1
                for requirement in requirements.ids
                for operator in people.ids
            )
        }
        days = {workorder: moments[workorder].date() for workorder in self}
        days |= self._get_qualification_days(
            {
                workorder: moments[workorder]
                for workorder, date in days.items()
                if date not in steady
            }
        )
        return days, ratings

    def _get_qualification_days(self, moments):
        """When the shifts began, where the work is done.

        :param dict moments: datetime for each work order, None for now
        :return: dict of work order to date
        """
        days, known = {}, {}
        now = fields.Datetime.now()
        for workorder, moment in moments.items():
            # sudo: whoever works need not see calendars
            workcenter = workorder.sudo().workcenter_id
            key = (workcenter.resource_calendar_id, workcenter.tz, moment or now)
            if key not in known:
                known[key] = workcenter._get_qualification_day(moment or now)
            days[workorder] = known[key]
        return days

    def _prepare_problem(self, requirement, kind, operator, rating):
        self.ensure_one()
        return {
            "operator_id": operator.id,
            "requirement_id": requirement.id,
            "mode": requirement.mode,
            "kind": kind,
            "message": self._get_problem_message(requirement, kind, operator, rating),
        }

    def _get_problem_message(self, requirement, kind, operator, rating):
        """:return: str, who may not do what, and why"""
        title = requirement._get_title()
        # sudo: a refusal names the operation to whoever is refused
        order = self.sudo()
        place = self.env._(
            "%(operation)s of %(order)s",
            operation=order.name,
            order=order.production_id.name,
        )
        if kind == NOBODY:
            return self.env._(
                "%(place)s asks for %(skill)s, and nobody is named who works on it.",
                place=place,
                skill=title,
            )
        if kind == UNTRAINED:
            return self.env._(
                "%(operator)s is a trainee of %(skill)s and may work on %(place)s only "
                "while a qualified trainer is clocked on it.",
                operator=operator.name,
                place=place,
                skill=title,
            )
        if kind == CREW:
            return self.env._(
                "%(place)s asks for %(count)s of the crew with %(skill)s; with "
                "%(operator)s there are too few.",
                place=place,
                count=requirement._get_demand().wanted,
                skill=title,
                operator=operator.name,
            )
        if kind == ALONE:
            return self.env._(
                "%(operator)s may not work on %(place)s alone: %(skill)s asks for two "
                "people.",
                operator=operator.name,
                place=place,
                skill=title,
            )
        return self.env._(
            "%(operator)s is not qualified for %(place)s: %(skill)s %(why)s.",
            operator=operator.name,
            place=place,
            skill=title,
            why=self._get_rating_text(rating),
        )

    def _get_rating_text(self, rating):
        """:return: str, what is wrong with what somebody holds"""
        texts = {
            "none": self.env._("is missing"),
            "level": self.env._("is held at too low a level"),
            "unvalidated": self.env._("is not validated by anybody else"),
            "endless": self.env._("is held without a certificate that has an end"),
            "expired": self.env._(
                "ended on %(date)s", date=format_date(self.env, rating.when)
            ),
            "future": self.env._(
                "is valid only from %(date)s", date=format_date(self.env, rating.when)
            ),
        }
        return texts[rating.why]


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    def _get_qualification_day(self, moment):
        """Return the day that counts for who works here at a moment.

        :param datetime moment: in UTC
        :return: date on which the shift began, in the time zone of the work center
        """
        self.ensure_one()
        calendar = self.resource_calendar_id
        zone = pytz.timezone(calendar.tz or self.tz or "UTC")
        local = pytz.utc.localize(moment).astimezone(zone)
        if not calendar or calendar.flexible_hours:
            return local.date()
        day = timedelta(days=1)
        attendances = calendar._attendance_intervals_batch(
            local - day, local + day, tz=zone
        )[False]
        intervals = [(begin, end) for begin, end, _lines in attendances]
        return get_work_day(intervals, local)
