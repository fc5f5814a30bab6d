from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from .job_dashboard import VIEWER

MOST_REASONS = 6
LOST = ("scrap", "rework", "downgrade", "pause", "block")
LATE = ("late_operation", "late_run")


class JobDashboard(models.AbstractModel):
    """Where the time went: effectiveness, reasons, and hours over the calendar."""

    _inherit = "job.dashboard"

    @api.model
    def _get_tile_oee(self, span):
        rows = self.env.execute_query(self._select_oee(span))
        ran, lost, expected, good, told = (
            sum(float(row[column] or 0) for row in rows) for column in range(1, 6)
        )
        parts = self._get_oee(ran, lost, expected, good, told)
        return self._prepare_tile(
            "oee",
            self.env._("OEE"),
            "%",
            100 * parts[0] * parts[1] * parts[2] if parts else False,
            self.env.company.job_target_oee,
            help=self.env._(
                "Availability (ran, of ran and stood still) × speed (expected time of "
                "what was finished, of the time it took; at most 100 %) × quality "
                "(good the first time). Work of several people at once counts once."
            ),
            details=[
                self.env._("Available %(part)s", part=self._percent(parts[0])),
                self.env._("Speed %(part)s", part=self._percent(parts[1])),
                self.env._("Quality %(part)s", part=self._percent(parts[2])),
            ]
            if parts
            else [],
            trend=self._get_trend(
                {
                    day: 100 * own[0] * own[1] * own[2]
                    for day, *numbers in rows
                    if (own := self._get_oee(*(float(n or 0) for n in numbers)))
                },
                span,
            ),
            action=self._get_action(
                "mrp.mrp_workcenter_productivity_report_oee",
                self._get_domain("date_start", "workcenter_id", span),
            ),
        )

    @api.model
    def _percent(self, part):
        return f"{formatLang(self.env, 100 * part, digits=0)} %"

    @api.model
    def _get_oee(self, ran, lost, expected, good, told):
        """:return: availability, speed and quality, nothing where nothing ran"""
        if not ran:
            return None
        return (
            ran / (ran + lost),
            min(expected / ran, 1) if expected else 1,
            good / told if told else 1,
        )

    @api.model
    def _select_oee(self, span):
        """:return: SQL of ``(bucket, ran, lost, expected, good, told)`` in minutes"""
        place = span["workcenter"]
        where = SQL("log.workcenter_id = %s", place.id) if place else SQL("TRUE")
        return SQL(
            """
            WITH log AS (
                SELECT %(bucket)s AS bucket, log.workcenter_id, log.workorder_id,
                       log.date_start, log.date_end, log.duration,
                       type.loss_type IN ('productive', 'performance') AS runs,
                       MAX(log.date_end) OVER (
                           PARTITION BY log.workcenter_id,
                               type.loss_type IN ('productive', 'performance')
                           ORDER BY log.date_start, log.date_end, log.id
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                       ) AS covered
                  FROM mrp_workcenter_productivity log
                  JOIN mrp_workcenter_productivity_loss loss ON loss.id = log.loss_id
                  JOIN mrp_workcenter_productivity_loss_type type
                    ON type.id = loss.loss_id
                 WHERE log.active AND log.date_end IS NOT NULL
                   AND log.company_id = %(company)s
                   AND log.date_start >= %(since)s AND %(where)s
            ), share AS (
                SELECT log.*,
                       EXTRACT(EPOCH FROM GREATEST(
                           log.date_end - GREATEST(log.date_start, log.covered),
                           INTERVAL '0')) / 60 AS minutes,
                       SUM(EXTRACT(EPOCH FROM GREATEST(
                           log.date_end - GREATEST(log.date_start, log.covered),
                           INTERVAL '0'))) FILTER (WHERE log.runs)
                           OVER (PARTITION BY log.workorder_id) / 60 AS taken
                  FROM log
            )
            SELECT share.bucket,
                   SUM(share.minutes) FILTER (WHERE share.runs),
                   SUM(share.duration) FILTER (WHERE NOT share.runs),
                   SUM(CASE WHEN operation.state = 'done'
                            THEN operation.duration_expected ELSE share.taken END
                       * share.minutes / NULLIF(share.taken, 0))
                       FILTER (WHERE share.runs),
                   SUM(first.rate * share.minutes) FILTER (WHERE share.runs),
                   SUM(share.minutes)
                       FILTER (WHERE share.runs AND first.rate IS NOT NULL)
              FROM share
         LEFT JOIN mrp_workorder operation ON operation.id = share.workorder_id
         LEFT JOIN (%(first)s) first ON first.id = share.workorder_id
          GROUP BY share.bucket
            """,
            bucket=self._get_bucket(SQL("log.date_start"), span),
            company=self.env.company.id,
            since=span["since"],
            where=where,
            first=self._select_first_pass(span),
        )

    @api.model
    def _get_tile_reasons(self, span):
        return self._prepare_reasons_tile(
            "reasons",
            self.env._("Lost by Reason"),
            LOST,
            self.env.company.job_target_lost_hours * span["weeks"],
            span,
            help=self.env._("Stops, scrap and rework, by the reason that was given."),
        )

    @api.model
    def _get_tile_late(self, span):
        return self._prepare_reasons_tile(
            "late",
            self.env._("Late by Reason"),
            LATE,
            0,
            span,
            help=self.env._(
                "Runs and operations that ended after their frozen end, by reason."
            ),
        )

    @api.model
    def _prepare_reasons_tile(self, key, title, kinds, target, span, **more):
        """Minutes and, for those who see cost, money by reason.

        :param tuple kinds: of ``mrp.reason.report``
        """
        sees_cost = self.env.user.has_group(VIEWER)
        place = span["workcenter"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT reason_id, status, SUM(minutes), SUM(occurrences), %s
                  FROM (%s) reason
                 WHERE company_id = %s AND date >= %s AND kind IN %s AND %s
              GROUP BY 1, 2
              ORDER BY SUM(minutes) DESC NULLS LAST, 5 DESC NULLS LAST
                """,
                SQL("SUM(cost)") if sees_cost else SQL("0"),
                self.env["mrp.reason.report"]._table_query,
                self.env.company.id,
                span["since"],
                kinds,
                SQL("workcenter_id = %s", place.id) if place else SQL("TRUE"),
            )
        )
        cost = sum(float(row[4] or 0) for row in rows)
        return self._prepare_tile(
            key,
            title,
            self.env._("h"),
            sum(float(row[2] or 0) for row in rows) / 60 if rows else False,
            target,
            less_is_better=True,
            details=[self._format_money(cost)] if cost else [],
            rows=self._prepare_reasons(rows[:MOST_REASONS], kinds, span),
            action=self._get_reasons_action([("kind", "in", kinds)], span),
            **more,
        )

    @api.model
    def _prepare_reasons(self, rows, kinds, span):
        reasons = self.env["mrp.reason"].browse(row[0] for row in rows if row[0])
        # sudo: names of reasons, which people chose from
        names = {reason.id: reason.name for reason in reasons.sudo()}
        without = {
            "pending": self.env._("Reason pending"),
            "micro": self.env._("Micro-stops"),
        }
        most = max((float(row[2] or 0) for row in rows), default=0) or 1
        return [
            {
                "name": names.get(reason_id)
                or without.get(status, self.env._("No reason")),
                "minutes": formatLang(self.env, float(minutes or 0), digits=0),
                "count": count,
                "cost": self._format_money(float(cost)) if cost else "",
                "part": 100 * float(minutes or 0) / most,
                "action": self._get_reasons_action(
                    [
                        ("kind", "in", kinds),
                        ("reason_id", "=", reason_id or False),
                        ("status", "=", status),
                    ],
                    span,
                ),
            }
            for reason_id, status, minutes, count, cost in rows
        ]

    @api.model
    def _get_reasons_action(self, conditions, span):
        return self._get_action(
            "mrp_reason_code.mrp_reason_report_action_delay",
            [*conditions, *self._get_domain("date", "workcenter_id", span)],
            name=self.env._("Reasons"),
            context={
                "create": False,
                "graph_measure": "minutes",
                "pivot_measures": ["minutes", "occurrences"],
            },
        )

    @api.model
    def _format_money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.env.company.currency_id)

    @api.model
    def _get_tile_overtime(self, span):
        place = span["workcenter"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %s, SUM(log.overtime_seconds) / 3600.0,
                       SUM(log.seconds) / 3600.0
                  FROM mrp_workcenter_productivity log
                 WHERE log.operator_id IS NOT NULL AND log.active
                   AND log.date_end IS NOT NULL
                   AND log.company_id = %s AND log.date_start >= %s AND %s
              GROUP BY 1
                """,
                self._get_bucket(SQL("log.date_start"), span),
                self.env.company.id,
                span["since"],
                SQL("log.workcenter_id = %s", place.id) if place else SQL("TRUE"),
            )
        )
        over = sum(float(row[1] or 0) for row in rows)
        worked = sum(float(row[2] or 0) for row in rows)
        return self._prepare_tile(
            "overtime",
            self.env._("Hours over Calendar"),
            self.env._("h"),
            over if rows else False,
            self.env.company.job_target_overtime * span["weeks"],
            less_is_better=True,
            help=self.env._("Time that operators worked beyond their working hours."),
            details=[
                self.env._(
                    "of %(hours)s h worked", hours=formatLang(self.env, worked, 0)
                )
            ]
            if rows
            else [],
            trend=self._get_trend({day: float(own or 0) for day, own, _ in rows}, span),
            action=self._get_action(
                "mrp_operator.mrp_operator_time_report_action",
                self._get_domain("date", "workcenter_id", span),
            ),
        )
