from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import formatLang


class JobDashboard(models.AbstractModel):
    """What came out: how much, when, and how much of what was expected."""

    _inherit = "job.dashboard"

    @api.model
    def _select_outputs(self, span):
        """:return: SQL of the main outputs of the period"""
        reports = self.env["mrp.output.report"]
        return SQL(
            """
            SELECT output.*, %s AS bucket
              FROM (%s) output
             WHERE output.output_type = 'main'
               AND output.company_id = %s
               AND output.date >= %s
               AND %s
            """,
            self._get_bucket(SQL("output.date"), span),
            reports._table_query,
            self.env.company.id,
            span["since"],
            self._went_through(SQL("output.production_id"), span),
        )

    @api.model
    def _went_through(self, run, span):
        """:return: SQL condition: the run has an operation at the work center"""
        if not span["workcenter"]:
            return SQL("TRUE")
        return SQL(
            """EXISTS (SELECT FROM mrp_workorder operation
                        WHERE operation.production_id = %s
                          AND operation.workcenter_id = %s)""",
            run,
            span["workcenter"].id,
        )

    @api.model
    def _get_tile_throughput(self, span):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT bucket, uom_id, COUNT(DISTINCT production_id), SUM(quantity)
                  FROM (%s) output
              GROUP BY GROUPING SETS ((bucket), (uom_id))
                """,
                self._select_outputs(span),
            )
        )
        runs = {day: count for day, unit, count, _quantity in rows if not unit}
        units = self.env["uom.uom"].browse(
            unit for _day, unit, _count, _quantity in rows if unit
        )
        names = {unit.id: unit.name for unit in units}
        return self._prepare_tile(
            "throughput",
            self.env._("Throughput"),
            self.env._("runs"),
            sum(runs.values()),
            self.env.company.job_target_throughput * span["weeks"],
            help=self.env._("Runs that were finished, and what they made."),
            details=[
                f"{formatLang(self.env, quantity or 0, digits=0)} {names[unit]}"
                for _day, unit, _count, quantity in rows
                if unit
            ],
            trend=self._get_trend(runs, span),
            action=self._get_runs_action(self.env._("Finished Runs"), span),
        )

    @api.model
    def _get_runs_action(self, name, span, *conditions):
        domain = self._get_domain("date_finished", "workorder_ids.workcenter_id", span)
        return self._get_action(
            "mrp.mrp_production_action",
            [("state", "=", "done"), *domain, *conditions],
            name=name,
        )

    @api.model
    def _get_tile_on_time(self, span):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %s AS bucket,
                       COUNT(*) FILTER (
                           WHERE run.date_finished
                              <= COALESCE(run.baseline_end, run.date_deadline)),
                       COUNT(*)
                  FROM mrp_production run
                 WHERE run.state = 'done'
                   AND run.company_id = %s
                   AND run.date_finished >= %s
                   AND COALESCE(run.baseline_end, run.date_deadline) IS NOT NULL
                   AND %s
              GROUP BY 1
                """,
                self._get_bucket(SQL("run.date_finished"), span),
                self.env.company.id,
                span["since"],
                self._went_through(SQL("run.id"), span),
            )
        )
        late = sum(whole - part for _day, part, whole in rows)
        return self._prepare_rate_tile(
            "on_time",
            self.env._("On Time"),
            rows,
            span,
            self.env.company.job_target_on_time,
            help=self.env._(
                "Finished runs that ended by their frozen end; where there is none, by "
                "their deadline."
            ),
            details=[self.env._("%(count)s late", count=late)] if late else [],
            action=self._get_runs_action(
                self.env._("Late Runs"), span, ("baseline_lateness", ">", 0)
            ),
        )

    @api.model
    def _get_tile_yield(self, span):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT bucket, SUM(output_yield) / 100, COUNT(output_yield)
                  FROM (%s) output
              GROUP BY bucket
                """,
                self._select_outputs(span),
            )
        )
        return self._prepare_rate_tile(
            "yield",
            self.env._("Yield"),
            rows,
            span,
            self.env.company.job_target_yield,
            help=self.env._(
                "Made of what was planned to be made, main products; every run counts "
                "the same."
            ),
            action=self._get_action(
                "mrp_multi_output.mrp_output_report_action",
                [
                    ("output_type", "=", "main"),
                    *self._get_domain(
                        "date", "production_id.workorder_ids.workcenter_id", span
                    ),
                ],
            ),
        )

    @api.model
    def _get_tile_first_pass(self, span):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT bucket, SUM(rate), COUNT(*)
                  FROM (SELECT %s AS bucket,
                               EXP(SUM(LN(GREATEST(first.rate, 1e-9)))) AS rate
                          FROM mrp_production run
                          JOIN (%s) first ON first.production_id = run.id
                         WHERE run.state = 'done'
                           AND run.company_id = %s
                           AND run.date_finished >= %s
                      GROUP BY run.id) run
              GROUP BY bucket
                """,
                self._get_bucket(SQL("run.date_finished"), span),
                self._select_first_pass(span),
                self.env.company.id,
                span["since"],
            )
        )
        return self._prepare_rate_tile(
            "first_pass",
            self.env._("First-Pass Yield"),
            rows,
            span,
            self.env.company.job_target_first_pass,
            help=self.env._(
                "How many of a hundred units go through all operations without scrap "
                "or rework; every run counts the same."
            ),
            action=self._get_action(
                "mrp_reason_code.mrp_operation_quantity_action",
                [
                    ("kind", "!=", "good"),
                    ("reversed", "=", False),
                    *self._get_domain("date", "workcenter_id", span),
                ],
                name=self.env._("Not Good the First Time"),
            ),
        )

    @api.model
    def _select_first_pass(self, span):
        """:return: SQL of the part that was good the first time, per operation"""
        place = span["workcenter"]
        return SQL(
            """
            SELECT operation.id, operation.production_id, operation.workcenter_id,
                   operation.date_finished,
                   COALESCE(SUM(told.quantity) FILTER (WHERE told.kind = 'good')
                       / NULLIF(SUM(told.quantity), 0),
                       CASE WHEN COUNT(told.id) > 0 THEN 0 ELSE 1 END) AS rate
              FROM mrp_workorder operation
         LEFT JOIN mrp_operation_quantity told
                ON told.balance_workorder_id = operation.id
               AND told.rework_of_id IS NULL
               AND told.reversed IS NOT TRUE
             WHERE operation.state = 'done' AND %s
          GROUP BY operation.id
            """,
            SQL("operation.workcenter_id = %s", place.id) if place else SQL("TRUE"),
        )
