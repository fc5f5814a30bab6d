from odoo import fields, models
from odoo.tools import SQL

from .mrp_operation_pace import PRIOR_SPREAD

# a running operation never has less than this part of its time before it
LEAST_LEFT = 0.1


class MrpLiveBoard(models.Model):
    """Expected completion of every run, in one statement.

    Queue of a work center: operations that somebody works on, then those begun, then
    urgent orders whose time has come, then by planned start. It works through it
    without a break, as many at once as it can, and begins nothing before the planned
    start of its order or the arrival of missing material. With `rem` the time left of
    an operation (planned time left × pace), `ahead` the time left of those before it in
    the queue, divided by the places, and `release` the working time until it may begin
    at all, it is done when

        done = rem + ahead + max(release - ahead) over those before it and itself

    seconds have been worked. A run is done when the last of its operations can be, each
    of which the later ones of the run still follow (`tail`):

        max(done + tail) over its open operations

    That is exact where nobody overtakes in a queue and no operation waits for its
    predecessor at an idle work center. Such waiting is seen in the run itself, not in
    the runs queued behind it: these are expected somewhat early.
    """

    _inherit = "mrp.live.board"

    def _get_engine(self):
        """:return: SQL, one row per run with ``production_id``, ``workorder_id`` and
        ``workcenter_id`` of the current operation, ``expected``, ``deviation``
        (seconds), ``axis_id`` and ``position`` on it, ``is_short``, ``is_idle``
        """
        return SQL(
            """
            WITH axis AS MATERIALIZED (%(axis)s),
                 center AS MATERIALIZED (%(center)s),
                 short AS MATERIALIZED (%(short)s),
                 run AS MATERIALIZED (%(run)s),
                 planned AS (%(planned)s),
                 operation AS (%(operation)s),
                 queued AS (%(queued)s),
                 placed AS (%(placed)s),
                 chained AS (%(chained)s),
                 due AS (%(due)s),
                 dated AS (%(dated)s)
            %(result)s
            """,
            axis=self._engine_axis(),
            center=self._engine_center(),
            short=self._engine_short(),
            run=self._engine_run(),
            planned=self._engine_planned(),
            operation=self._engine_operation(),
            queued=self._engine_queued(),
            placed=self._engine_placed(),
            chained=self._engine_chained(),
            due=self._engine_due(),
            dated=self._engine_dated(),
            result=self._engine_result(),
        )

    def _now(self):
        return SQL("%s::timestamp", fields.Datetime.now())

    def _engine_axis(self):
        """Axes as arrays, which are searched without a join: `shifts` turns a moment
        into a position and back, `ends` finds the interval of a moment.
        """
        return SQL(
            """
            SELECT axis.id, axis.seconds AS total, line.ends, line.floors, line.shifts,
                   DATE_PART('epoch', axis.date_from) AS begins,
                   DATE_PART('epoch', axis.date_to) AS stops,
                   (SELECT LEAST(seconds_before
                                 + DATE_PART('epoch', %(now)s - date_start),
                                 seconds_before
                                 + DATE_PART('epoch', date_end - date_start))
                      FROM mrp_calendar_axis_interval past
                     WHERE past.axis_id = axis.id AND past.date_start <= %(now)s
                  ORDER BY past.date_start DESC LIMIT 1) AS passed
              FROM mrp_calendar_axis axis
         LEFT JOIN (
                SELECT axis_id,
                       ARRAY_AGG(DATE_PART('epoch', date_end) ORDER BY date_start)
                           AS ends,
                       ARRAY_AGG(seconds_before ORDER BY date_start) AS floors,
                       ARRAY_AGG(seconds_before - DATE_PART('epoch', date_start)
                                 ORDER BY date_start) AS shifts
                  FROM mrp_calendar_axis_interval
              GROUP BY axis_id
              ) line ON line.axis_id = axis.id
            """,
            now=self._now(),
        )

    def _engine_center(self):
        """Work centers: where they are on their axis, and how many places they have.

        More operations that really run at once are as many places.
        """
        return SQL(
            """
            SELECT workcenter.id, axis.id AS axis_id, axis.ends, axis.floors,
                   axis.shifts,
                   CASE WHEN axis.total > 0 THEN COALESCE(axis.passed, 0) END AS passed,
                   GREATEST(workcenter.parallel_operations, busy.running, 1)::float
                       AS places,
                   pace.factor, pace.spread
              FROM mrp_workcenter workcenter
         LEFT JOIN axis ON axis.id = workcenter.axis_id
         LEFT JOIN (
                SELECT workcenter_id, COUNT(DISTINCT workorder_id) AS running
                  FROM mrp_workcenter_productivity
                 WHERE date_end IS NULL AND workorder_id IS NOT NULL
              GROUP BY workcenter_id
              ) busy ON busy.workcenter_id = workcenter.id
         LEFT JOIN mrp_operation_pace pace ON pace.workcenter_id = workcenter.id
                                          AND pace.operation_id IS NULL
            """
        )

    def _engine_short(self):
        """Orders that miss material, and when the next delivery of it is planned."""
        return SQL(
            """
            SELECT move.raw_material_production_id AS production_id,
                   MAX(arrival.date) AS date,
                   COUNT(*) = COUNT(arrival.date) AS is_dated,
                   BOOL_OR(type.reservation_method = 'at_confirm') AS is_certain
              FROM stock_move move
              JOIN stock_picking_type type ON type.id = move.picking_type_id
         LEFT JOIN LATERAL (
                SELECT MIN(coming.date) AS date
                  FROM stock_move coming
                  JOIN stock_location origin ON origin.id = coming.location_id
                  JOIN stock_location target ON target.id = coming.location_dest_id
                 WHERE coming.product_id = move.product_id
                   AND coming.company_id = move.company_id
                   AND coming.state IN (
                       'waiting', 'confirmed', 'assigned', 'partially_available')
                   AND origin.usage != 'internal' AND target.usage = 'internal'
              ) arrival ON TRUE
             WHERE move.raw_material_production_id IS NOT NULL
               AND move.state IN ('waiting', 'confirmed', 'partially_available')
          GROUP BY move.raw_material_production_id
            """
        )

    def _engine_run(self):
        """Runs in flight; who does not reserve at once is short from the start on."""
        return SQL(
            """
            SELECT run.id, run.product_id, run.product_qty, %(scale)s AS scale,
                   run.date_start AS starts,
                   run.date_finished, run.state,
                   CASE WHEN run.priority = '1' AND run.date_start <= %(now)s
                        THEN run.date_start - INTERVAL '100 years'
                        ELSE run.date_start END AS place,
                   COALESCE(short.is_certain OR run.state != 'confirmed'
                            OR run.date_start <= %(now)s, FALSE)
                       AND short.production_id IS NOT NULL AS is_short,
                   CASE WHEN short.is_dated THEN short.date END AS short_until,
                   CASE WHEN run.state = 'confirmed'
                         AND GREATEST(run.date_start, short.date) > %(now)s
                        THEN DATE_PART('epoch', GREATEST(run.date_start, short.date))
                        END AS release
              FROM mrp_production run
         LEFT JOIN short ON short.production_id = run.id
             WHERE run.state IN ('confirmed', 'progress', 'to_close')
            """,
            now=self._now(),
            scale=self._get_scale(),
        )

    def _get_scale(self):
        """:return: SQL: Odoo plans operations for the quantity that is being produced,
        once that is entered; what is left after it takes its time, too
        """
        return SQL(
            """
            CASE WHEN run.qty_producing > 0 AND run.qty_producing < run.product_qty
                 THEN (run.product_qty / run.qty_producing)::float ELSE 1 END
            """
        )

    def _engine_planned(self):
        """Open operations with their planned seconds and pace."""
        return SQL(
            """
            SELECT workorder.id, workorder.production_id, workorder.workcenter_id,
                   workorder.sequence, workorder.state = 'progress' AS is_begun,
                   CASE WHEN workorder.state = 'progress' THEN (
                        SELECT MIN(date_start) FROM mrp_workcenter_productivity
                         WHERE workorder_id = workorder.id AND date_end IS NULL
                   ) END AS since,
                   run.product_qty, run.place, run.release,
                   workorder.duration_expected::float * 60 * run.scale AS planned,
                   pace.factor, pace.spread
              FROM run
              JOIN mrp_workorder workorder ON workorder.production_id = run.id
                   AND workorder.state IN ('blocked', 'ready', 'progress')
         LEFT JOIN mrp_operation_pace pace
                ON pace.operation_id = workorder.operation_id
               AND pace.product_id = run.product_id
               AND pace.workcenter_id = workorder.workcenter_id
             WHERE %(concerned)s
            """,
            concerned=self._get_concerned(),
        )

    def _get_only_ids(self):
        """:return: tuple of the only orders whoever reads wants to see, if he says so

        A board that reads a few rows again need not have all queues worked out.
        """
        ids = self.env.context.get("live_board_ids") or ()
        return tuple(row_id for row_id in ids if isinstance(row_id, int))

    def _get_concerned(self):
        """:return: SQL: operations at work centers these orders still go through"""
        ids = self._get_only_ids()
        if not ids:
            return SQL("TRUE")
        return SQL(
            """
            workorder.workcenter_id IN (
                SELECT workcenter_id FROM mrp_workorder
                 WHERE production_id IN %s
                   AND state IN ('blocked', 'ready', 'progress'))
            """,
            ids,
        )

    def _engine_operation(self):
        """Open operations with their time left and release.

        Computed before anything is sorted (OFFSET 0): the arrays would be sorted, too.
        """
        return SQL(
            """
            SELECT planned.id, planned.production_id, planned.workcenter_id,
                   planned.sequence, center.axis_id, center.passed, center.places,
                   planned.since IS NOT NULL AS is_running,
                   CASE WHEN NOT is_begun THEN planned.place
                        WHEN planned.since IS NOT NULL THEN '-infinity'
                        ELSE planned.place - INTERVAL '200 years' END AS place,
                   planned * COALESCE(planned.factor, center.factor, 1)
                       * CASE WHEN is_begun THEN 1 - (%(done)s) ELSE 1 END AS rem,
                   COALESCE(planned.spread, center.spread, %(spread)s) AS spread,
                   CASE WHEN is_begun OR release IS NULL OR passed IS NULL THEN 0
                        ELSE %(release)s END AS release
              FROM planned
              JOIN center ON center.id = planned.workcenter_id
            OFFSET 0
            """,
            done=self._engine_done(),
            release=self._engine_release(),
            spread=PRIOR_SPREAD,
        )

    def _engine_done(self):
        """Part of a begun operation that is done: by the units it told about, else by
        the time it took so far.
        """
        return SQL(
            """
            SELECT LEAST(COALESCE(
                       SUM(told.quantity) / NULLIF(planned.product_qty, 0)::float,
                       (%(worked)s) / NULLIF(planned.planned
                           * COALESCE(planned.factor, center.factor, 1), 0),
                       0), %(most)s)
              FROM mrp_operation_quantity told
             WHERE told.balance_workorder_id = planned.id
               AND told.reversed IS NOT TRUE AND told.kind != 'rework'
            """,
            worked=self._select_worked(SQL("planned.id")),
            most=1 - LEAST_LEFT,
        )

    def _select_worked(self, workorder):
        """:return: SQL of the seconds an operation was worked on until now; the time of
        several people at once counts once
        """
        return SQL(
            """
            SELECT SUM(GREATEST(0, DATE_PART('epoch', stop - GREATEST(start, covered))))
              FROM (
                SELECT date_start AS start, COALESCE(date_end, %(now)s) AS stop,
                       MAX(COALESCE(date_end, %(now)s)) OVER (
                           ORDER BY date_start, id
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered
                  FROM mrp_workcenter_productivity
                 WHERE workorder_id = %(workorder)s AND active
              ) log
            """,
            now=self._now(),
            workorder=workorder,
        )

    def _engine_release(self):
        """Working time until a moment: the interval that ends after it, or the end of
        the axis and the average beyond.
        """
        return SQL(
            """
            COALESCE(
                GREATEST(floors[WIDTH_BUCKET(release, ends) + 1],
                         release + shifts[WIDTH_BUCKET(release, ends) + 1]),
                0) - passed
            """
        )
