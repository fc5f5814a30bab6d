from odoo import models
from odoo.tools import SQL

from ..tools.open_operations import SCALE
from .mrp_live_board_engine import LEAST_LEFT

DUE = "COALESCE(run.date_deadline, run.baseline_end)"


class MrpLiveBoard(models.Model):
    """Columns of the board. Upper rooms add theirs with ``super()``:

    * :meth:`_select`, a dict of columns;
    * :meth:`_from`, a list of joins: ``run`` is the order, ``eta`` what the engine
      says;
    * :meth:`_get_blockers`, a dict of what blocks a run, as conditions.

    A column that only the rows on the screen need is a sub-select: PostgreSQL computes
    it after the limit. What is filtered, sorted and counted by is cheap for all rows.
    """

    _inherit = "mrp.live.board"

    @property
    def _table_query(self):
        only = self._get_only_ids()
        return SQL(
            """
            SELECT %s FROM %s
             WHERE run.state IN ('confirmed', 'progress', 'to_close') AND %s
            """,
            SQL(", ").join(
                SQL("%s AS %s", sql, SQL.identifier(name))
                for name, sql in self._select().items()
            ),
            SQL(" ").join(self._from()),
            SQL("run.id IN %s", only) if only else SQL("TRUE"),
        )

    def _from(self):
        """:return: list of SQL: the tables of the board"""
        return [
            SQL("mrp_production run"),
            SQL("JOIN res_company company ON company.id = run.company_id"),
            SQL(
                "LEFT JOIN (%s) engine ON engine.production_id = run.id",
                self._get_engine(),
            ),
            SQL("CROSS JOIN LATERAL (%s) eta", self._select_eta()),
            SQL("CROSS JOIN LATERAL (%s) blocked", self._select_blockers()),
        ]

    def _select_eta(self):
        """What the engine says of a run, worked out once (OFFSET 0).

        Runs without open operations end by their dates, or are done already.
        """
        return SQL(
            """
            SELECT engine.workorder_id, engine.workcenter_id, engine.axis_id,
                   engine.position, engine.deviation, %(short)s AS is_short,
                   CASE WHEN engine.is_dated THEN engine.arrival END AS short_until,
                   engine.is_open AND engine.position IS NULL AS is_idle,
                   DATE_PART('epoch', %(due)s) AS due,
                   CASE WHEN engine.moment IS NOT NULL
                        THEN GREATEST(%(now)s, engine.moment, %(release)s)
                        WHEN engine.is_open THEN NULL
                        WHEN run.state = 'to_close' THEN %(now)s
                        WHEN run.state = 'progress'
                        THEN GREATEST(%(now)s, DATE_PART('epoch', run.date_finished))
                        ELSE GREATEST(%(now)s, %(release)s) + GREATEST(0, DATE_PART(
                             'epoch', run.date_finished - run.date_start))
                   END AS expected
            OFFSET 0
            """,
            now=self._epoch(),
            due=SQL(DUE),
            short=self._is_short(),
            release=SQL(
                "CASE WHEN run.state = 'confirmed' THEN "
                "GREATEST(DATE_PART('epoch', run.date_start), engine.arrival) END"
            ),
        )

    def _to_timestamp(self, epoch):
        return SQL("TO_TIMESTAMP(%s) AT TIME ZONE 'UTC'", SQL(epoch))

    def _is_short(self):
        """Who does not reserve at once is short from the planned start on."""
        return SQL(
            """
            run.id IN (SELECT move.raw_material_production_id FROM stock_move move
                        WHERE %(missing)s)
            AND (run.state != 'confirmed' OR run.date_start <= %(now)s OR run.id IN (
                 SELECT move.raw_material_production_id FROM stock_move move
                   JOIN stock_picking_type type ON type.id = move.picking_type_id
                  WHERE %(missing)s AND type.reservation_method = 'at_confirm'))
            """,
            missing=self._is_missing(),
            now=self._now(),
        )

    def _get_blockers(self):
        """:return: dict of selection value of ``blocker``: SQL condition; first wins"""
        return {
            "machine": SQL(
                "eta.workcenter_id IN "
                "(SELECT id FROM mrp_workcenter WHERE working_state = 'blocked')"
            ),
            "material": SQL("eta.is_short"),
            "calendar": SQL("eta.is_idle"),
        }

    def _select_blockers(self):
        """What blocks a run, worked out once (OFFSET 0) for all that asks about it."""
        return SQL(
            "SELECT CONCAT_WS(',', %s) AS codes OFFSET 0",
            SQL(", ").join(
                SQL("CASE WHEN %s THEN %s END", sql, code)
                for code, sql in self._get_blockers().items()
            ),
        )

    def _select(self):
        """:return: dict of field name: SQL"""
        late = SQL("(eta.expected - eta.due) / 3600")
        return {
            "id": SQL("run.id"),
            "production_id": SQL("run.id"),
            "name": SQL("run.name"),
            "state": SQL("run.state"),
            "priority": SQL("run.priority"),
            "company_id": SQL("run.company_id"),
            "user_id": SQL("run.user_id"),
            "product_id": SQL("run.product_id"),
            "product_qty": SQL("run.product_qty"),
            "uom_id": SQL("run.product_uom_id"),
            "date_start": SQL("run.date_start"),
            "date_deadline": SQL("run.date_deadline"),
            "baseline_end": SQL("run.baseline_end"),
            "due_date": SQL(DUE),
            "workorder_id": SQL("eta.workorder_id::int"),
            "workcenter_id": SQL("eta.workcenter_id::int"),
            "operation_name": SQL(
                "(SELECT name FROM mrp_workorder WHERE id = eta.workorder_id)"
            ),
            "people": self._select_people(),
            "progress": self._select_progress(),
            "expected_date": self._to_timestamp("eta.expected"),
            "expected_early": self._select_bound(SQL("-")),
            "expected_late": self._select_bound(SQL("+")),
            "lateness": late,
            "is_late": SQL(
                "COALESCE(%s * 60 > company.mrp_delay_tolerance, FALSE)", late
            ),
            "delay_reason": self._select_delay_reason(),
            "blocker": SQL("NULLIF(SPLIT_PART(blocked.codes, ',', 1), '')"),
            "blockers": SQL("blocked.codes"),
            "is_blocked": SQL("blocked.codes != ''"),
            "short_until": SQL(
                "CASE WHEN eta.is_short THEN %s END",
                self._to_timestamp("eta.short_until"),
            ),
            "last_event": self._select_last_event(SQL("date")),
            "last_event_kind": self._select_last_event(SQL("kind")),
        }

    def _select_people(self):
        """Who works on the run now; an array, lest all clocks that run are read for
        each run.
        """
        return SQL(
            """
            (SELECT STRING_AGG(DISTINCT COALESCE(
                        (SELECT name FROM hr_employee WHERE id = log.operator_id),
                        (SELECT partner.name FROM res_users login
                           JOIN res_partner partner ON partner.id = login.partner_id
                          WHERE login.id = log.user_id)), ', ')
               FROM mrp_workcenter_productivity log
              WHERE log.date_end IS NULL AND log.workorder_id = ANY(ARRAY(
                    SELECT id FROM mrp_workorder WHERE production_id = run.id)))
            """
        )

    def _select_progress(self):
        """Weighted by planned time; without any, each operation counts the same."""
        return SQL(
            """
            COALESCE((
                SELECT 100 * SUM(weight * CASE WHEN state = 'done' THEN 1
                                 ELSE LEAST(GREATEST(told, clock, 0), 1) END)
                           / NULLIF(SUM(weight), 0)
                  FROM (
                    SELECT workorder.state,
                           CASE WHEN SUM(workorder.duration_expected) OVER () > 0
                                THEN workorder.duration_expected::float
                                ELSE 1 END AS weight,
                           CASE WHEN workorder.state = 'progress'
                                 AND told.quantity IS NULL
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
                  ) step),
                CASE WHEN run.state = 'to_close' THEN 100
                     ELSE LEAST(100 * run.qty_producing
                                / NULLIF(run.product_qty, 0)::float, 100) END, 0)
            """,
            scale=SQL(SCALE),
            worked=self._select_worked(SQL("workorder.id")),
            most=1 - LEAST_LEFT,
        )

    def _select_bound(self, sign):
        """Expected completion one standard deviation earlier or later."""
        return SQL(
            """
            COALESCE((
                SELECT GREATEST(%(now)s, line.date_start + INTERVAL '1 second'
                           * (bound.position - line.seconds_before))
                  FROM mrp_calendar_axis axis,
                       LATERAL (SELECT LEAST(eta.position %(sign)s eta.deviation,
                                             axis.seconds) AS position) bound,
                       LATERAL (SELECT * FROM mrp_calendar_axis_interval
                                 WHERE axis_id = axis.id
                                   AND seconds_before < GREATEST(bound.position, 0.001)
                              ORDER BY seconds_before DESC LIMIT 1) line
                 WHERE axis.id = eta.axis_id AND eta.position < axis.seconds),
                %(expected)s)
            """,
            now=self._now(),
            expected=self._to_timestamp("eta.expected"),
            sign=sign,
        )

    def _select_delay_reason(self):
        """The latest reasons given for stops and delays of the run."""
        return SQL(
            """
            (SELECT STRING_AGG(COALESCE(reason.name->>%(lang)s, reason.name->>'en_US'),
                               ', ')
               FROM mrp_delay_line line
               JOIN mrp_reason reason ON reason.id = line.reason_id
              WHERE line.delay_id = (
                    SELECT delay.id FROM mrp_delay delay
                     WHERE delay.production_id = run.id AND delay.state = 'classified'
                  ORDER BY delay.date_start DESC, delay.id DESC LIMIT 1))
            """,
            lang=self.env.lang or "en_US",
        )

    def _select_last_event(self, column):
        return SQL(
            """
            (SELECT %(column)s FROM (
                SELECT COALESCE(log.date_end, log.date_start) AS date,
                       CASE WHEN log.date_end IS NULL THEN 'start'
                            ELSE 'stop' END AS kind
                  FROM mrp_workorder workorder
                  JOIN mrp_workcenter_productivity log
                       ON log.workorder_id = workorder.id
                 WHERE workorder.production_id = run.id
                UNION ALL
                SELECT told.date, told.kind
                  FROM mrp_operation_quantity told
                 WHERE told.production_id = run.id AND told.reversed IS NOT TRUE
                UNION ALL
                SELECT COALESCE(delay.date_end, delay.date_start), 'delay'
                  FROM mrp_delay delay WHERE delay.production_id = run.id
             ) event ORDER BY date DESC LIMIT 1)
            """,
            column=column,
        )
