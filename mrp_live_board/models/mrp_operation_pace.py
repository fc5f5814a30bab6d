from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import open_operations
from ..tools.open_operations import PRIOR_SPREAD

# what is looked at: so many days, so many of the latest runs
DAYS = 180
LATEST = 50
# a work center's own pace counts as so many runs of each of its operations
PRIOR_RUNS = 3
# real times beyond are typing errors or logs that somebody forgot to stop
LEAST, MOST = 0.1, 10


class MrpOperationPace(models.Model):
    """How long operations really took lately, against what was planned."""

    _name = "mrp.operation.pace"
    _description = "Pace of Operations"
    _order = "workcenter_id, operation_id, product_id"
    _rec_name = "workcenter_id"
    _log_access = False

    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    workcenter_id = fields.Many2one(
        "mrp.workcenter",
        string="Work Center",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    operation_id = fields.Many2one(
        "mrp.routing.workcenter",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: all operations of the work center.",
    )
    product_id = fields.Many2one(
        "product.product", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    run_count = fields.Integer(string="Runs", readonly=True)
    # floats without digits: PostgreSQL reckons with them many times faster
    factor = fields.Float(
        readonly=True,
        help="Real over planned time: of these runs, and the fewer they are the more "
        "of the work center.",
    )
    spread = fields.Float(
        readonly=True,
        help="Standard deviation of a run, as part of its time.",
    )

    _key_unique = models.UniqueIndex(
        "(workcenter_id, COALESCE(operation_id, 0), COALESCE(product_id, 0))"
    )

    @api.model
    def _cron_refresh(self):
        if self.env.context.get("ir_cron_progress_id"):
            # all open operations are written anew: in a transaction that begins when
            # nobody else writes any, and those who begin meanwhile are repeated
            self.env["ir.cron"]._commit_progress()
            open_operations.lock(self.env.cr)
        self._refresh()

    @api.model
    def _refresh(self):
        """Learn from the runs of the last months, in one statement."""
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM mrp_operation_pace")
        self.env.cr.execute(
            SQL(
                """
                WITH taken AS (%(taken)s),
                grouped AS (
                    SELECT company_id, workcenter_id, operation_id, product_id,
                           COUNT(*) AS runs, SUM(real) / SUM(planned) AS factor,
                           STDDEV_SAMP(real / planned) AS deviation
                      FROM taken
                  GROUP BY GROUPING SETS (
                           (company_id, workcenter_id),
                           (company_id, workcenter_id, operation_id, product_id))
                    HAVING GROUPING(operation_id) = 1 OR operation_id IS NOT NULL
                ),
                shrunk AS (
                    SELECT own.*, all_of.factor AS center_factor,
                           all_of.deviation AS center_deviation
                      FROM grouped own
                      JOIN grouped all_of ON all_of.workcenter_id = own.workcenter_id
                                         AND all_of.operation_id IS NULL
                                         AND all_of.company_id = own.company_id
                )
                INSERT INTO mrp_operation_pace (company_id, workcenter_id,
                       operation_id, product_id, run_count, factor, spread)
                SELECT company_id, workcenter_id, operation_id, product_id, runs,
                       (runs * factor + %(prior)s * center_factor)
                           / (runs + %(prior)s),
                       (runs * COALESCE(deviation, %(spread)s * factor)
                           + %(prior)s * COALESCE(center_deviation,
                                                  %(spread)s * center_factor))
                           / (runs + %(prior)s) / factor
                  FROM shrunk
                """,
                taken=self._select_taken(),
                prior=PRIOR_RUNS,
                spread=PRIOR_SPREAD,
            )
        )
        self.invalidate_model()

    @api.model
    def _select_taken(self):
        """:return: SQL of the latest runs of each operation with planned and real
        seconds; time that several people logged at once counts once
        """
        return SQL(
            """
            SELECT * FROM (
                SELECT company_id, workcenter_id, operation_id, product_id, planned,
                       real,
                       ROW_NUMBER() OVER (
                           PARTITION BY workcenter_id, operation_id, product_id
                           ORDER BY date_finished DESC, id DESC
                       ) AS place
                  FROM (
                    SELECT workorder.id, workorder.workcenter_id,
                           workorder.operation_id, run.product_id, run.company_id,
                           workorder.date_finished,
                           workorder.duration_expected::float * 60 AS planned,
                           SUM(log.seconds) AS real
                      FROM mrp_workorder workorder
                      JOIN mrp_production run ON run.id = workorder.production_id
                      JOIN (%(logs)s) log ON log.workorder_id = workorder.id
                     WHERE workorder.state = 'done'
                       AND workorder.date_finished >= %(since)s
                       AND workorder.duration_expected > 0
                  GROUP BY workorder.id, run.id
                  ) done
                 WHERE real BETWEEN planned * %(least)s AND planned * %(most)s
            ) latest
            WHERE place <= %(latest)s
            """,
            logs=self._select_logs(),
            since=fields.Datetime.now() - timedelta(days=DAYS),
            least=LEAST,
            most=MOST,
            latest=LATEST,
        )

    @api.model
    def _select_logs(self):
        """:return: SQL of seconds per log that no earlier log of the operation covers;
        what was estimated tells nothing
        """
        return SQL(
            """
            SELECT workorder_id,
                   GREATEST(0, DATE_PART('epoch', date_end - GREATEST(
                       date_start, MAX(date_end) OVER (
                           PARTITION BY workorder_id ORDER BY date_start, id
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                   ))) AS seconds
              FROM mrp_workcenter_productivity
             WHERE workorder_id IS NOT NULL
               AND date_end >= %(since)s
               AND active
               AND is_estimated IS NOT TRUE
               AND is_capped IS NOT TRUE
            """,
            since=fields.Datetime.now() - timedelta(days=DAYS),
        )
