from functools import partial

from odoo import models
from odoo.tools import SQL

from ..tools.open_operations import SCALE
from ..tools.shown_query import ShownQuery
from .mrp_live_board_engine import LEAST_LEFT

# what those that are shown are worked out of
OF_ALL = (
    *("id", "workorder_id", "axis_id", "position", "deviation"),
    *("expected", "arrival", "causes"),
)


class MrpLiveBoard(models.Model):
    """What only the rows on the screen need, looked up after the limit.

    Whatever goes through the counts and the sort of all rows is paid ten thousand
    times, be it only carried along.
    """

    _inherit = "mrp.live.board"

    def _fetch_query(self, query, fields):
        """What the order itself says is read of the orders that are found."""
        names = {field.name for field in fields if field.column_type}
        if not names.isdisjoint(self._select_run()):
            query = self._look_up(query, names)
        return super()._fetch_query(query, fields)

    def _look_up(self, query, names):
        """:return: Query of the same rows in the same order"""
        every = self._select()
        # upper rooms may say otherwise
        run = {k: sql for k, sql in self._select_run().items() if every[k] == sql}
        columns = {name: SQL.identifier(self._table, name) for name in OF_ALL} | {
            name: self._field_to_sql(self._table, name, query)
            for name in names - run.keys() - self._get_shown().keys()
        }
        shown = ShownQuery(
            self.env,
            self._table,
            SQL(
                """
                (SELECT found.*, %s
                   FROM (SELECT *, ROW_NUMBER() OVER () AS place FROM (%s) ranked) found
             CROSS JOIN LATERAL (
                    SELECT * FROM mrp_production WHERE id = found.id OFFSET 0
                  ) run)
                """,
                self._as_columns(run),
                query.select(self._as_columns(columns)),
            ),
        )
        shown.order = SQL.identifier(self._table, "place")
        return shown

    def _field_to_sql(self, alias, field_expr, query=None):
        shown = self._get_shown().get(field_expr)
        if shown is None:
            return super()._field_to_sql(alias, field_expr, query)
        field = self._fields[field_expr]
        self._check_field_access(field, "read")
        return SQL("(%s)", shown(SQL.identifier(alias)), to_flush=field)

    def _get_shown(self):
        """:return: dict of field name: method that says SQL for the alias of a row, of
        which it takes the id and what the engine says
        """
        return {
            "operation_name": self._select_operation_name,
            "people": self._select_people,
            "progress": self._select_progress,
            "expected_date": partial(self._select_timestamp, SQL("expected")),
            "expected_early": partial(self._select_bound, SQL("-")),
            "expected_late": partial(self._select_bound, SQL("+")),
            "delay_reason": self._select_delay_reason,
            "blocker": self._select_blocker,
            "blockers": self._select_codes,
            "short_until": partial(self._select_timestamp, SQL("arrival")),
            "last_event": partial(self._select_last_event, SQL("date")),
            "last_event_kind": partial(self._select_last_event, SQL("kind")),
        }

    def _select_operation_name(self, row):
        return SQL("SELECT name FROM mrp_workorder WHERE id = %s.workorder_id", row)

    def _select_timestamp(self, epoch, row):
        return SQL("TO_TIMESTAMP(%s.%s) AT TIME ZONE 'UTC'", row, epoch)

    def _select_codes(self, row):
        """All that blocks the run."""
        return SQL(
            "CONCAT_WS(',', %s)",
            SQL(", ").join(
                SQL("CASE WHEN %s.causes & %s != 0 THEN %s END", row, 1 << bit, code)
                for bit, code in enumerate(self._get_blockers())
            ),
        )

    def _select_blocker(self, row):
        return SQL("NULLIF(SPLIT_PART(%s, ',', 1), '')", self._select_codes(row))

    def _select_people(self, row):
        """Who works on the run now; an array, lest all clocks that run are read for
        each run.
        """
        return SQL(
            """
            SELECT STRING_AGG(DISTINCT COALESCE(
                       (SELECT name FROM hr_employee WHERE id = log.operator_id),
                       (SELECT partner.name FROM res_users login
                          JOIN res_partner partner ON partner.id = login.partner_id
                         WHERE login.id = log.user_id)), ', ')
              FROM mrp_workcenter_productivity log
             WHERE log.date_end IS NULL AND log.workorder_id = ANY(ARRAY(
                   SELECT id FROM mrp_workorder WHERE production_id = %s.id))
            """,
            row,
        )

    def _select_progress(self, row):
        """Weighted by planned time; without any, each operation counts the same."""
        return SQL(
            """
            SELECT COALESCE((%(steps)s),
                       CASE WHEN run.state = 'to_close' THEN 100
                            ELSE LEAST(100 * run.qty_producing
                                       / NULLIF(run.product_qty, 0)::float, 100) END, 0)
              FROM mrp_production run
             WHERE run.id = %(row)s.id
            """,
            steps=self._select_steps(),
            row=row,
        )

    def _select_steps(self):
        """:return: SQL of the progress of all operations of ``run``"""
        return SQL(
            """
            SELECT 100 * SUM(weight * CASE WHEN state = 'done' THEN 1
                             ELSE LEAST(GREATEST(told, clock, 0), 1) END)
                       / NULLIF(SUM(weight), 0)
              FROM (
                SELECT workorder.state,
                       CASE WHEN SUM(workorder.duration_expected) OVER () > 0
                            THEN workorder.duration_expected::float
                            ELSE 1 END AS weight,
                       CASE WHEN workorder.state = 'progress' AND told.quantity IS NULL
                            THEN LEAST((%(worked)s)
                                 / NULLIF((workorder.duration_expected * 60)::float
                                          * (%(scale)s), 0),
                                 %(most)s) END AS clock,
                       told.quantity / NULLIF(run.product_qty, 0)::float AS told
                  FROM mrp_workorder workorder
             LEFT JOIN LATERAL (
                    SELECT SUM(quantity) AS quantity
                      FROM mrp_operation_quantity
                     WHERE balance_workorder_id = workorder.id
                       AND reversed IS NOT TRUE AND kind != 'rework'
                  ) told ON TRUE
                 WHERE workorder.production_id = run.id
                   AND workorder.state != 'cancel'
              ) step
            """,
            scale=SQL(SCALE),
            worked=self._select_worked(SQL("workorder.id")),
            most=1 - LEAST_LEFT,
        )

    def _select_bound(self, sign, row):
        """Expected completion one standard deviation earlier or later."""
        return SQL(
            """
            SELECT COALESCE((
                SELECT GREATEST(%(now)s, line.date_start + INTERVAL '1 second'
                           * (bound.position - line.seconds_before))
                  FROM mrp_calendar_axis axis,
                       LATERAL (SELECT LEAST(
                           %(row)s.position %(sign)s %(row)s.deviation, axis.seconds
                       ) AS position) bound,
                       LATERAL (SELECT * FROM mrp_calendar_axis_interval
                                 WHERE axis_id = axis.id
                                   AND seconds_before < GREATEST(bound.position, 0.001)
                              ORDER BY seconds_before DESC LIMIT 1) line
                 WHERE axis.id = %(row)s.axis_id AND %(row)s.position < axis.seconds),
                %(expected)s)
            """,
            now=self._now(),
            expected=self._select_timestamp(SQL("expected"), row),
            row=row,
            sign=sign,
        )

    def _select_delay_reason(self, row):
        """The latest reasons given for stops and delays of the run."""
        return SQL(
            """
            SELECT STRING_AGG(COALESCE(reason.name->>%(lang)s, reason.name->>'en_US'),
                              ', ')
              FROM mrp_delay_line line
              JOIN mrp_reason reason ON reason.id = line.reason_id
             WHERE line.delay_id = (
                   SELECT delay.id FROM mrp_delay delay
                    WHERE delay.production_id = %(row)s.id
                      AND delay.state = 'classified'
                 ORDER BY delay.date_start DESC, delay.id DESC LIMIT 1)
            """,
            lang=self.env.lang or "en_US",
            row=row,
        )

    def _select_last_event(self, column, row):
        return SQL(
            """
            SELECT %(column)s FROM (
                SELECT COALESCE(log.date_end, log.date_start) AS date,
                       CASE WHEN log.date_end IS NULL THEN 'start'
                            ELSE 'stop' END AS kind
                  FROM mrp_workorder workorder
                  JOIN mrp_workcenter_productivity log
                       ON log.workorder_id = workorder.id
                 WHERE workorder.production_id = %(row)s.id
                UNION ALL
                SELECT told.date, told.kind
                  FROM mrp_operation_quantity told
                 WHERE told.production_id = %(row)s.id AND told.reversed IS NOT TRUE
                UNION ALL
                SELECT COALESCE(delay.date_end, delay.date_start), 'delay'
                  FROM mrp_delay delay WHERE delay.production_id = %(row)s.id
              ) event ORDER BY date DESC LIMIT 1
            """,
            column=column,
            row=row,
        )
