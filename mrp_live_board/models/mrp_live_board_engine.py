import pytz

from odoo import fields, models
from odoo.tools import SQL

# a running operation never has less than this part of its time before it
LEAST_LEFT = 0.1
# so many seconds earlier than planned is earlier than anything else
EARLIER = 1e10


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
        """:return: SQL, one row per run with open operations (``is_open``) or one that
        waits for a delivery: ``production_id``, ``workorder_id`` and ``workcenter_id``
        of the current operation, ``axis_id`` and ``position`` on it, the ``moment`` it
        is done, ``deviation`` (seconds), ``arrival`` of missing material and whether
        all of it ``is_dated``
        """
        return SQL(
            """
            WITH axis AS MATERIALIZED (%(axis)s),
                 delay AS MATERIALIZED (%(delay)s),
                 begun AS MATERIALIZED (%(begun)s),
                 behind AS MATERIALIZED (%(behind)s),
                 center AS MATERIALIZED (%(center)s),
                 placed AS (%(placed)s),
                 due AS (%(due)s)
            %(result)s
            """,
            axis=self._engine_axis(),
            delay=self._engine_delay(),
            begun=self._engine_begun(),
            behind=self._engine_behind(),
            center=self._engine_center(),
            placed=self._engine_placed(),
            due=self._engine_due(),
            result=self._engine_result(),
        )

    def _now(self):
        return SQL("%s::timestamp", fields.Datetime.now())

    def _epoch(self):
        return SQL("%s::float", pytz.utc.localize(fields.Datetime.now()).timestamp())

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

    def _engine_begun(self):
        """Operations that were begun: what is left of them depends on the time of day.

        They go before all that waits: those that run, then the others.
        """
        return SQL(
            """
            SELECT begun.*, SUM(rem) OVER queue AS upto,
                   SUM(variance) OVER queue AS upto_variance
              FROM (
                SELECT id, production_id, workcenter_id, last_workcenter_id, step, tail,
                       since IS NOT NULL AS is_running,
                       CASE WHEN since IS NULL THEN %(place)s ELSE '-Infinity' END
                           AS place,
                       seconds * part AS rem, variance * part * part AS variance
                  FROM (
                    SELECT open.*, 1 - (%(done)s) AS part, (
                            SELECT MIN(date_start) FROM mrp_workcenter_productivity
                             WHERE workorder_id = open.id AND date_end IS NULL
                           ) AS since
                      FROM mrp_board_operation open
                     WHERE open.is_begun
                    OFFSET 0
                  ) open
              ) begun
            WINDOW queue AS (PARTITION BY workcenter_id ORDER BY place, id
                             ROWS UNBOUNDED PRECEDING)
            """,
            done=self._engine_done(),
            place=self._engine_place(),
        )

    def _engine_center(self):
        """Work centers: where they are on their axis, how many places they have, and
        what was begun there; the rest is the same for all of them.

        More operations that really run at once are as many places.
        """
        return SQL(
            """
            SELECT workcenter.id, axis.id AS axis_id, axis.ends, axis.floors,
                   axis.shifts,
                   CASE WHEN axis.total > 0 THEN COALESCE(axis.passed, 0) END AS passed,
                   GREATEST(workcenter.parallel_operations, busy.running, 1)::float
                       AS places,
                   COALESCE(ahead.rem, 0) AS begun,
                   COALESCE(ahead.variance, 0) AS begun_variance,
                   delay.*, behind.*, every.*
              FROM mrp_workcenter workcenter
         LEFT JOIN axis ON axis.id = workcenter.axis_id
         LEFT JOIN (
                SELECT workcenter_id, COUNT(DISTINCT workorder_id) AS running
                  FROM mrp_workcenter_productivity
                 WHERE date_end IS NULL AND workorder_id IS NOT NULL
              GROUP BY workcenter_id
              ) busy ON busy.workcenter_id = workcenter.id
         LEFT JOIN (
                SELECT workcenter_id, SUM(rem) AS rem, SUM(variance) AS variance
                  FROM begun GROUP BY workcenter_id
              ) ahead ON ahead.workcenter_id = workcenter.id
        CROSS JOIN delay
        CROSS JOIN behind
        CROSS JOIN (
                SELECT ARRAY_AGG(id ORDER BY id) AS ids,
                       ARRAY_AGG(axis_id ORDER BY id) AS axes,
                       COUNT(DISTINCT axis_id) = 1 AND COUNT(*) = COUNT(axis_id)
                           AS is_only_axis
                  FROM mrp_workcenter
              ) every
            """
        )

    def _engine_delay(self):
        """Orders that wait for a delivery of material, as arrays: they are few.

        `is_dated` says that none of what they miss is without a delivery.
        """
        return SQL(
            """
            SELECT ARRAY_AGG(production_id ORDER BY production_id) AS runs,
                   ARRAY_AGG(DATE_PART('epoch', date) ORDER BY production_id)
                       AS arrivals,
                   ARRAY_AGG(is_dated ORDER BY production_id) AS dated
              FROM (
                SELECT move.raw_material_production_id AS production_id,
                       MAX(arrival.date) AS date,
                       COUNT(*) = COUNT(arrival.date) AS is_dated
                  FROM stock_move move
            CROSS JOIN LATERAL (%(arrival)s) arrival
                 WHERE %(missing)s
              GROUP BY move.raw_material_production_id
              ) short
             WHERE date IS NOT NULL
            """,
            arrival=self._select_arrival(),
            missing=self._is_missing(),
        )

    def _is_missing(self):
        """:return: SQL: ``move`` is material an order misses"""
        return SQL(
            """
            move.raw_material_production_id IS NOT NULL
            AND move.state IN ('waiting', 'confirmed', 'partially_available')
            """
        )

    def _select_arrival(self):
        """:return: SQL of when the next delivery of what ``move`` misses is planned"""
        return SQL(
            """
            SELECT MIN(coming.date) AS date
              FROM stock_location origin
        CROSS JOIN LATERAL (
                SELECT date, location_dest_id FROM stock_move
                 WHERE product_id = move.product_id AND location_id = origin.id
                   AND company_id = move.company_id
                   AND state IN (
                       'waiting', 'confirmed', 'assigned', 'partially_available')
                OFFSET 0
              ) coming
              JOIN stock_location target ON target.id = coming.location_dest_id
             WHERE origin.usage != 'internal' AND target.usage = 'internal'
            """
        )

    def _engine_done(self):
        """Part of a begun operation that is done: by the units it told about, else by
        the time it took so far.
        """
        return SQL(
            """
            SELECT LEAST(COALESCE(
                       SUM(told.quantity) / NULLIF((
                           SELECT product_qty FROM mrp_production
                            WHERE id = open.production_id), 0)::float,
                       (%(worked)s) / NULLIF(open.seconds, 0),
                       0), %(most)s)
              FROM mrp_operation_quantity told
             WHERE told.balance_workorder_id = open.id
               AND told.reversed IS NOT TRUE AND told.kind != 'rework'
            """,
            worked=self._select_worked(SQL("open.id")),
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

    def _get_only_ids(self):
        """:return: tuple of the only orders whoever reads wants to see, if he says so

        A board that reads a few rows again need not have all queues worked out.
        """
        ids = self.env.context.get("live_board_ids") or ()
        return tuple(row_id for row_id in ids if isinstance(row_id, int))

    def _get_concerned(self):
        """:return: SQL: work centers these orders still go through"""
        ids = self._get_only_ids()
        if not ids:
            return SQL("TRUE")
        return SQL(
            """
            center.id IN (SELECT workcenter_id FROM mrp_board_operation
                           WHERE production_id IN %s)
            """,
            ids,
        )
