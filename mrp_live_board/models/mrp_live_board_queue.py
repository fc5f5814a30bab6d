from odoo import models
from odoo.tools import SQL


class MrpLiveBoard(models.Model):
    """The second half of the engine: places in the queues, and what follows of them."""

    _inherit = "mrp.live.board"

    def _engine_queued(self):
        return SQL(
            """
            SELECT operation.*, (SUM(rem) OVER queue - rem) / places AS ahead,
                   (SUM(rem * spread * rem * spread) OVER queue
                       - rem * spread * rem * spread) / places / places AS variance
              FROM operation
            WINDOW queue AS (PARTITION BY workcenter_id ORDER BY place, id
                             ROWS UNBOUNDED PRECEDING)
            """
        )

    def _engine_placed(self):
        return SQL(
            """
            SELECT production_id, id, workcenter_id, sequence, axis_id, is_running,
                   passed, rem, rem * spread * rem * spread AS own_variance, variance,
                   rem + CASE WHEN is_running THEN 0 ELSE ahead + MAX(release - ahead)
                       OVER (PARTITION BY workcenter_id ORDER BY place, id
                             ROWS UNBOUNDED PRECEDING) END AS done
              FROM queued
            """
        )

    def _engine_chained(self):
        """Backwards along the run: what follows, and the axis of the last operation."""
        return SQL(
            """
            SELECT placed.*, SUM(rem) OVER chain - rem AS tail,
                   65536 - ROW_NUMBER() OVER chain AS step,
                   FIRST_VALUE(axis_id) OVER chain AS last_axis_id
              FROM placed
            WINDOW chain AS (PARTITION BY production_id ORDER BY sequence DESC, id DESC
                             ROWS UNBOUNDED PRECEDING)
            """
        )

    def _engine_due(self):
        """One row per run with open operations, on the axis of its last operation.

        The current operation is the one that runs, else the first: the least number
        made of both. All operations of a run have the same last axis: grouping by it,
        too, would sort them once more.
        """
        return SQL(
            """
            SELECT production_id, MIN(last_axis_id) AS axis_id,
                   CASE WHEN COUNT(*) = COUNT(passed) THEN MAX(
                       CASE WHEN axis_id = last_axis_id THEN passed + done
                            ELSE %(crossed)s END + tail) END AS position,
                   MAX(CASE WHEN axis_id != last_axis_id THEN %(end)s END) AS least,
                   SUM(own_variance) + MAX(variance) AS variance,
                   MIN(%(rank)s | id) & 4294967295 AS workorder_id,
                   MIN(%(rank)s | workcenter_id) & 4294967295 AS workcenter_id
              FROM chained
          GROUP BY production_id
            """,
            rank=SQL("((NOT is_running)::int::bigint << 48) | (step << 32)"),
            crossed=self._engine_crossed(),
            end=SQL(
                "(SELECT %s FROM axis own WHERE own.id = chained.axis_id)",
                self._to_moment("own", SQL("(chained.passed + chained.done)")),
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
              WHERE own.id = chained.axis_id AND other.id = chained.last_axis_id)
            """,
            moment=SQL(
                "SELECT %s AS at",
                self._to_moment("own", SQL("(chained.passed + chained.done)")),
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

    def _engine_dated(self):
        """The moment of the position, not before an operation of another calendar ends;
        again without dragging the arrays along.
        """
        return SQL(
            """
            SELECT due.production_id, due.workorder_id, due.workcenter_id, due.axis_id,
                   due.position, due.variance,
                   CASE WHEN due.position IS NOT NULL
                        THEN TO_TIMESTAMP(GREATEST(%(moment)s, due.least))
                             AT TIME ZONE 'UTC' END AS moment
              FROM due
         LEFT JOIN axis ON axis.id = due.axis_id
            OFFSET 0
            """,
            moment=self._to_moment("axis", SQL("due.position")),
        )

    def _engine_result(self):
        """Runs without open operations end by their dates, or are done already."""
        return SQL(
            """
            SELECT run.id AS production_id, dated.workorder_id, dated.workcenter_id,
                   dated.axis_id, dated.position, SQRT(dated.variance) AS deviation,
                   run.is_short,
                   CASE WHEN run.is_short THEN run.short_until END AS short_until,
                   dated.production_id IS NOT NULL AND dated.position IS NULL
                       AS is_idle,
                   CASE WHEN dated.moment IS NOT NULL
                        THEN GREATEST(%(now)s, dated.moment,
                                      TO_TIMESTAMP(run.release) AT TIME ZONE 'UTC')
                        WHEN dated.production_id IS NOT NULL THEN NULL
                        WHEN run.state = 'to_close' THEN %(now)s
                        WHEN run.state = 'progress'
                        THEN GREATEST(%(now)s, run.date_finished)
                        ELSE GREATEST(%(now)s, COALESCE(
                             TO_TIMESTAMP(run.release) AT TIME ZONE 'UTC', run.starts))
                             + GREATEST(run.date_finished - run.starts, INTERVAL '0')
                   END AS expected
              FROM run
         LEFT JOIN dated ON dated.production_id = run.id
            OFFSET 0
            """,
            now=self._now(),
        )
