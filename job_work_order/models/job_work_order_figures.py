from collections import defaultdict

from odoo import api, fields, models

VIEWER = "mrp_run_cost.mrp_run_cost_group_viewer"


class JobWorkOrder(models.Model):
    """How far a job is, when it will be ready and what it costs."""

    _inherit = "job.work.order"

    run_count = fields.Integer(compute="_compute_run_figures")
    run_done_count = fields.Integer(compute="_compute_run_figures")
    progress = fields.Float(
        compute="_compute_run_figures",
        help="How far the runs are, on the average: operations that are done, by their "
        "expected time.",
    )
    date_expected = fields.Datetime(
        string="Expected",
        compute="_compute_run_figures",
        help="When the last run is expected to end, as it is scheduled now.",
    )
    is_late = fields.Boolean(compute="_compute_run_figures")
    has_unplanned = fields.Boolean(compute="_compute_has_unplanned")
    currency_id = fields.Many2one(
        related="company_id.currency_id", store=True, precompute=True
    )
    estimated_value = fields.Monetary(
        compute="_compute_estimated_value",
        groups=VIEWER,
        help="Quantities times the cost of the products, or of their bills of "
        "materials where they have none. Approval rules compare it.",
    )
    cost_planned = fields.Monetary(compute="_compute_cost", groups=VIEWER)
    cost_actual = fields.Monetary(
        compute="_compute_cost",
        groups=VIEWER,
        help="Cost of the finished runs: what their outputs are stocked at, and what "
        "went to variance or loss.",
    )
    cost_variance = fields.Monetary(
        compute="_compute_cost",
        groups=VIEWER,
        help="Actual less planned cost of the finished runs.",
    )
    wip_value = fields.Monetary(
        string="Work in Progress", compute="_compute_wip_value", groups=VIEWER
    )

    @api.depends(
        "production_ids.state",
        "production_ids.workorder_ids.state",
        "production_ids.date_finished",
        "date_due",
    )
    def _compute_run_figures(self):
        # sudo: how far a job is may be known to whoever sees the job
        runs = (
            self.env["mrp.production"]
            .sudo()
            .search_fetch(
                [
                    ("job_id", "in", self.ids),
                    ("job_is_child", "=", False),
                    ("state", "!=", "cancel"),
                ],
                ["job_id", "state", "product_qty", "qty_producing", "date_finished"],
            )
        )
        made = runs._get_job_progress()
        runs = runs.grouped(lambda run: run.job_id.id)
        now = fields.Datetime.now()
        nothing = self.env["mrp.production"]
        for job in self:
            own = runs.get(job.id, nothing)
            parts = [made[run] for run in own]
            job.run_count = len(own)
            job.run_done_count = len(own.filtered(lambda run: run.state == "done"))
            job.progress = 100 * sum(parts) / len(parts) if parts else 0
            expected = max(
                own.filtered("date_finished").mapped("date_finished"), default=False
            )
            job.date_expected = expected
            over = job.state in ("done", "cancel")
            job.is_late = bool(
                job.date_due
                and not over
                and (job.date_due < now or (expected and expected > job.date_due))
            )

    @api.depends("phase", "production_ids.state", "line_ids.run_ids.production_id")
    def _compute_has_unplanned(self):
        for job in self:
            # sudo: that runs are to be planned may be known to whoever sees the job
            job.has_unplanned = job.phase == "approved" and job.sudo()._has_unplanned()

    @api.depends("line_ids.product_id", "line_ids.quantity", "line_ids.product_uom_id")
    def _compute_estimated_value(self):
        for job in self:
            job.estimated_value = sum(
                line._get_estimated_value() for line in job.line_ids
            )

    @api.depends("production_ids.run_cost_line_ids.amount", "production_ids.state")
    def _compute_cost(self):
        planned, done, actual = (
            defaultdict(float),
            defaultdict(float),
            defaultdict(float),
        )
        lines = self.env["mrp.run.cost.line"]._read_group(
            [
                ("production_id.job_id", "in", self.ids),
                ("production_id.job_is_child", "=", False),
                ("production_id.state", "!=", "cancel"),
            ],
            ["production_id"],
            ["planned_amount:sum", "amount:sum"],
        )
        for run, planned_sum, actual_sum in lines:
            job = run.job_id.id
            planned[job] += planned_sum
            if run.state == "done":
                done[job] += planned_sum
                actual[job] += actual_sum
        for job in self:
            job.cost_planned = planned[job.id]
            job.cost_actual = actual[job.id]
            job.cost_variance = job.currency_id.round(actual[job.id] - done[job.id])

    @api.depends("production_ids.wip_value")
    def _compute_wip_value(self):
        for job in self:
            job.wip_value = sum(job.production_ids.mapped("wip_value"))

    def action_view_cost(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "job_work_order.job_cost_report_action"
        )
        action["domain"] = [("job_id", "in", self.ids)]
        action["context"] = {"search_default_runs": 1}
        return action

    def _describe_content(self):
        """:return: what is approved, in words"""
        self.ensure_one()
        rows = [f"{self.type_id.name} – {self.partner_id.display_name or '-'}"]
        rows += [
            f"{line.quantity:.12g} {line.product_uom_id.name} "
            f"{line.product_id.display_name} ({line.bom_id.display_name or '-'})"
            + "".join(f", {v.display_name}" for v in line.configuration_ids)
            for line in self.line_ids
        ]
        return "\n".join(rows)

    def _get_cost_by_element(self):
        """:return: list of ``(element, planned, actual, difference)`` of the runs"""
        self.ensure_one()
        return [
            (element, planned, actual, self.currency_id.round(actual - planned))
            for element, planned, actual in self.env["mrp.run.cost.line"]._read_group(
                [
                    ("production_id", "in", self._get_costed_runs().ids),
                ],
                ["element_id"],
                ["planned_amount:sum", "amount:sum"],
                order="element_id",
            )
        ]

    def _get_costed_runs(self):
        """:return: runs that bear the cost of the job, sub-assemblies included"""
        return self.production_ids.filtered(
            lambda run: not run.job_is_child and run.state != "cancel"
        )
