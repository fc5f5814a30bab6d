from odoo import models
from odoo.tools import SQL

from .mrp_live_board_engine import EARLIER


class MrpLiveBoard(models.Model):
    """The second half of the engine: places in the queues, and what follows of them."""

    _inherit = "mrp.live.board"

    def _engine_placed(self):
        """Open operations with the position on the axis at which they are done; and,
        of those that may be the current one of their run, their rank.

        One work center after the other: their queues are short to sort.
        """
        return SQL(
            """
            SELECT waiting.production_id, waiting.last_axis_id, waiting.done,
                   center.axis_id, waiting.tail, waiting.own_variance,
                   waiting.variance, waiting.rank, waiting.id,
                   center.id AS workcenter_id
              FROM center CROSS JOIN LATERAL (%(waiting)s) waiting
             WHERE %(concerned)s
         UNION ALL
            SELECT queued.production_id, %(last_axis)s,
                   center.passed + queued.rem + CASE WHEN is_running THEN 0
                       ELSE (queued.upto - queued.rem) / center.places END,
                   center.axis_id, %(tail)s, queued.variance,
                   (queued.upto_variance - queued.variance) / center.places
                       / center.places,
                   CASE WHEN is_running OR queued.step = 1 THEN
                        ((NOT is_running)::int::bigint << 48)
                        | (queued.step::bigint << 32) END,
                   queued.id, center.id
              FROM begun queued JOIN center ON center.id = queued.workcenter_id
             WHERE %(concerned)s
            """,
            waiting=self._engine_waiting(),
            tail=self._select_tail(),
            last_axis=self._engine_last_axis(),
            concerned=self._get_concerned(),
        )

    def _engine_waiting(self):
        """The queue of a work center behind what was begun there."""
        return SQL(
            """
            SELECT production_id, id,
                   CASE WHEN step = 1 THEN %(waits)s END AS rank,
                   %(tail)s AS tail, variance AS own_variance,
                   ahead_variance AS variance,
                   center.passed + seconds + ahead + GREATEST(0, MAX(gap - ahead)
                       OVER (ORDER BY place, id ROWS UNBOUNDED PRECEDING)) AS done,
                   %(last_axis)s AS last_axis_id
              FROM (
                SELECT production_id, id, step, last_workcenter_id, tail, seconds,
                       variance, place, gap,
                       (center.begun + SUM(seconds) OVER queue - seconds)
                           / center.places AS ahead,
                       (center.begun_variance + SUM(variance) OVER queue - variance)
                           / center.places / center.places AS ahead_variance
                  FROM (%(standing)s) standing
                WINDOW queue AS (ORDER BY place, id ROWS UNBOUNDED PRECEDING)
              ) queued
            OFFSET 0
            """,
            waits=SQL(str((1 << 48) | (1 << 32))),
            tail=self._select_tail(),
            last_axis=self._engine_last_axis(),
            standing=self._engine_standing(),
        )

    def _engine_standing(self):
        """Who stands in the queue of a work center, and the working time until each may
        begin at all; worked out before the sort, each once (OFFSET 0).
        """
        return SQL(
            """
            SELECT production_id, id, step, last_workcenter_id, tail, seconds, variance,
                   place, %(release)s - center.passed AS gap
              FROM (
                SELECT production_id, id, step, last_workcenter_id, tail, seconds,
                       variance, %(place)s AS place, %(moment)s AS moment
                  FROM mrp_board_operation open
                 WHERE open.workcenter_id = center.id AND NOT open.is_begun
                OFFSET 0
              ) timed
            OFFSET 0
            """,
            release=self._engine_release(),
            place=self._engine_place(),
            moment=self._engine_moment(),
        )

    def _engine_place(self):
        """:return: SQL: urgent orders whose time has come go first"""
        return SQL(
            """
            CASE WHEN open.is_urgent AND open.place <= %s THEN open.place - %s
                 ELSE open.place END
            """,
            self._epoch(),
            EARLIER,
        )

    def _engine_behind(self):
        """What is left after the operations before a begun one of their run, as arrays:
        they are few.
        """
        return SQL(
            """
            SELECT ARRAY_AGG(id ORDER BY id) AS operations,
                   ARRAY_AGG(tail ORDER BY id) AS tails
              FROM (
                SELECT earlier.id, SUM(COALESCE(begun.rem, later.seconds)) AS tail
                  FROM (SELECT DISTINCT production_id FROM begun WHERE step > 1) run
            CROSS JOIN LATERAL (
                    SELECT * FROM mrp_board_operation
                     WHERE production_id = run.production_id AND tail IS NULL
                    OFFSET 0
                  ) earlier
                  JOIN mrp_board_operation later
                       ON later.production_id = earlier.production_id
                      AND later.step > earlier.step
             LEFT JOIN begun ON begun.id = later.id
              GROUP BY earlier.id
              ) left_over
            """
        )

    def _select_tail(self):
        """:return: SQL of what is left of the later operations of a run"""
        return SQL(
            """
            COALESCE(queued.tail, center.tails[
                WIDTH_BUCKET(queued.id, center.operations)])
            """
        )

    def _engine_last_axis(self):
        """:return: SQL: the axis of the work center of the last operation of the run"""
        return SQL(
            """
            CASE WHEN center.is_only_axis THEN center.axis_id
                 ELSE center.axes[WIDTH_BUCKET(last_workcenter_id, center.ids)] END
            """
        )

    def _engine_moment(self):
        """When an operation may begin at all: not before the planned start of its run
        or the arrival of missing material, unless the run has begun anyhow.
        """
        return SQL(
            """
            CASE WHEN open.is_waiting THEN NULLIF(
                GREATEST(open.place, %(arrival)s, %(now)s), %(now)s) END
            """,
            now=self._epoch(),
            arrival=self._select_delay("center", "arrivals", "open"),
        )

    def _select_delay(self, delay, column, row):
        """:return: SQL: what is known of the delivery the order of a row waits for"""
        return SQL(
            """
            CASE WHEN %(delay)s.runs IS NOT NULL AND %(production)s
                      = %(delay)s.runs[WIDTH_BUCKET(%(production)s, %(delay)s.runs)]
                 THEN %(delay)s.%(column)s[
                      WIDTH_BUCKET(%(production)s, %(delay)s.runs)] END
            """,
            delay=SQL(delay),
            column=SQL(column),
            production=SQL("%s.production_id", SQL(row)),
        )

    def _engine_release(self):
        """Position of a moment: the interval that ends after it, or the end of the axis
        and the average beyond.
        """
        return SQL(
            """
            CASE WHEN moment IS NOT NULL THEN COALESCE(GREATEST(
                center.floors[WIDTH_BUCKET(moment, center.ends) + 1],
                moment + center.shifts[WIDTH_BUCKET(moment, center.ends) + 1]), 0) END
            """
        )

    def _engine_due(self):
        """One row per run with open operations, on the axis of its last operation; at
        an infinite position when a work center never works.

        The current operation is the one that runs, else the first: the least number
        made of both.
        """
        return SQL(
            """
            SELECT production_id, MIN(last_axis_id) AS axis_id,
                   MAX(CASE WHEN done IS NULL THEN 'Infinity'
                            WHEN axis_id = last_axis_id THEN done + tail
                            ELSE %(crossed)s + tail END) AS position,
                   MAX(%(end)s) FILTER (WHERE axis_id != last_axis_id) AS least,
                   SUM(own_variance) + MAX(variance) AS variance,
                   MIN(rank | id) & 4294967295 AS workorder_id,
                   MIN(rank | workcenter_id) & 4294967295 AS workcenter_id
              FROM placed
          GROUP BY production_id
            """,
            crossed=self._engine_crossed(),
            end=SQL(
                "(SELECT %s FROM axis own WHERE own.id = placed.axis_id)",
                self._to_moment("own", SQL("placed.done")),
            ),
        )

    def _engine_crossed(self):
        """Position of an end on the axis of the last operation, from another axis."""
        return SQL(
            """
            (SELECT COALESCE(GREATEST(
                        other.floors[found.place], moment.at + other.shifts[found.place]
                    ), other.total)
               FROM axis own, axis other, LATERAL (%(moment)s) moment,
                    LATERAL (SELECT WIDTH_BUCKET(moment.at, other.ends) + 1 AS place
                    ) found
              WHERE own.id = placed.axis_id AND other.id = placed.last_axis_id)
            """,
            moment=SQL(
                "SELECT %s AS at",
                self._to_moment("own", SQL("placed.done")),
            ),
        )

    def _to_moment(self, axis, position):
        """:return: SQL: the epoch at a position; beyond the axis its average goes on"""
        axis = SQL(axis)
        return SQL(
            """
            CASE WHEN %(position)s > %(axis)s.total
                 THEN %(axis)s.stops + (%(position)s - %(axis)s.total)
                     * (%(axis)s.stops - %(axis)s.begins) / %(axis)s.total
                 ELSE %(position)s - %(axis)s.shifts[GREATEST(
                     WIDTH_BUCKET(%(position)s - 0.001, %(axis)s.floors), 1)] END
            """,
            axis=axis,
            position=position,
        )

    def _engine_result(self):
        """The moment of the position, not before what ends on another calendar."""
        return SQL(
            """
            SELECT due.production_id, TRUE AS is_open, due.workorder_id,
                   due.workcenter_id, due.axis_id,
                   NULLIF(due.position, 'Infinity') AS position,
                   SQRT(due.variance) AS deviation,
                   CASE WHEN due.position < 'Infinity'
                        THEN GREATEST(%(moment)s, due.least) END AS moment,
                   %(arrival)s AS arrival, %(dated)s AS is_dated
              FROM due
        CROSS JOIN delay
         LEFT JOIN axis ON axis.id = due.axis_id
         UNION ALL
            SELECT waiting.id, FALSE, NULL, NULL, NULL, NULL, NULL, NULL,
                   waiting.arrival, waiting.is_dated
              FROM delay, UNNEST(runs, arrivals, dated) waiting (id, arrival, is_dated)
             WHERE NOT EXISTS (SELECT FROM mrp_board_operation open
                                WHERE open.production_id = waiting.id)
            """,
            moment=self._to_moment("axis", SQL("due.position")),
            arrival=self._select_delay("delay", "arrivals", "due"),
            dated=self._select_delay("delay", "dated", "due"),
        )
