from odoo import models
from odoo.tools import SQL

DUE = "COALESCE(run.date_deadline, run.baseline_end)"


class MrpLiveBoard(models.Model):
    """Columns of the board. Upper rooms add theirs with ``super()``:

    * :meth:`_select`, a dict of columns: what all rows are filtered, sorted and counted
      by is cheap;
    * :meth:`_get_shown`, a dict of those that only the rows on the screen need;
    * :meth:`_from`, a list of joins: ``run`` is the order, ``eta`` what the engine
      says;
    * :meth:`_get_blockers`, a dict of what blocks a run, as conditions.
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
            self._as_columns(self._select()),
            SQL(" ").join(self._from()),
            SQL("run.id IN %s", only) if only else SQL("TRUE"),
        )

    def _as_columns(self, columns):
        """:param dict columns: of name: SQL"""
        return SQL(", ").join(
            SQL("%s AS %s", sql, SQL.identifier(name)) for name, sql in columns.items()
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
        """What blocks a run, worked out once (OFFSET 0) for all that asks about it; as
        bits, words are made of them for the rows on the screen.
        """
        return SQL(
            "SELECT %s AS causes OFFSET 0",
            SQL(" | ").join(
                SQL("CASE WHEN %s THEN %s ELSE 0 END", sql, 1 << bit)
                for bit, sql in enumerate(self._get_blockers().values())
            ),
        )

    def _select_run(self):
        """:return: dict of field name: SQL; what the order itself says"""
        return {
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
        }

    def _select(self):
        """:return: dict of column: SQL; some are no field, but what those that are
        shown are worked out of
        """
        late = SQL("(eta.expected - eta.due) / 3600")
        return self._select_run() | {
            "id": SQL("run.id"),
            "workorder_id": SQL("eta.workorder_id::int"),
            "workcenter_id": SQL("eta.workcenter_id::int"),
            "axis_id": SQL("eta.axis_id"),
            "position": SQL("eta.position"),
            "deviation": SQL("eta.deviation"),
            "expected": SQL("eta.expected"),
            "arrival": SQL("CASE WHEN eta.is_short THEN eta.short_until END"),
            "causes": SQL("blocked.causes"),
            "lateness": late,
            "is_late": SQL(
                "COALESCE(%s * 60 > company.mrp_delay_tolerance, FALSE)", late
            ),
            "is_blocked": SQL("blocked.causes != 0"),
        }
