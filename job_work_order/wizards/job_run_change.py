from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import as_server


class JobRunChange(models.TransientModel):
    """Add, split, change or cancel a run of a job that is approved."""

    _name = "job.run.change"
    _description = "Change a Run of a Job"
    _check_company_auto = True

    job_id = fields.Many2one("job.work.order", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="job_id.company_id")
    kind = fields.Selection(
        [
            ("add", "Add a Run"),
            ("quantity", "Change the Quantity"),
            ("date", "Re-plan"),
            ("split", "Split"),
            ("cancel", "Cancel"),
        ],
        string="What",
        required=True,
        default="add",
    )
    line_id = fields.Many2one(
        "job.work.order.line",
        compute="_compute_line_id",
        store=True,
        readonly=False,
        domain="[('job_id', '=', job_id)]",
    )
    production_id = fields.Many2one(
        "mrp.production",
        string="Run",
        domain="[('job_id', '=', job_id), ('job_is_child', '=', False),"
        " ('state', 'in', ('draft', 'confirmed', 'progress', 'to_close'))]",
    )
    quantity = fields.Float(digits="Product Unit")
    product_uom_id = fields.Many2one(
        "uom.uom", string="Unit", compute="_compute_product_uom_id"
    )
    parts = fields.Integer(string="Into", default=2)
    date_start = fields.Datetime(string="Start")
    reason = fields.Char(string="Why", required=True)

    @api.depends("job_id")
    def _compute_line_id(self):
        for change in self:
            lines = change.job_id.line_ids
            change.line_id = lines if len(lines) == 1 else False

    @api.depends("kind", "line_id", "production_id")
    def _compute_product_uom_id(self):
        for change in self:
            change.product_uom_id = (
                change.line_id.product_uom_id
                if change.kind == "add"
                else change.production_id.product_uom_id
            )

    def action_apply(self):
        self.ensure_one()
        self.job_id._check_planner()
        self.job_id._lock_rows()
        self.job_id._check_phase("approved", self.env._("changed run by run"))
        self._check_asked()
        getattr(self, f"_apply_{self.kind}")()
        return True

    def _check_asked(self):
        """:raise UserError: with all that the change still needs"""
        kind, run = self.kind, self.production_id
        wrong = []
        if kind == "add" and self.line_id.job_id != self.job_id:
            wrong.append(self.env._("Line of the job"))
        if kind != "add" and (run.job_id != self.job_id or run.job_is_child):
            wrong.append(self.env._("Run of the job"))
        if kind in ("add", "quantity") and self.quantity <= 0:
            wrong.append(self.env._("Quantity above 0"))
        if kind in ("add", "date") and not self.date_start:
            wrong.append(self.env._("Start"))
        if kind == "split" and self.parts < 2:
            wrong.append(self.env._("Into two parts or more"))
        if wrong:
            raise UserError(
                self.env._("The change needs: %(wanted)s", wanted=", ".join(wrong))
            )
        if kind == "add" and self.line_id._get_unplanned():
            raise UserError(self.env._("Press Plan first: the line has no runs yet."))
        if run.state in ("done", "cancel") and kind != "add":
            raise UserError(self.env._("%(run)s is over already.", run=run.name))

    def _apply_add(self):
        """A run more; where approval is needed, it waits for that."""
        job = self.job_id
        line = as_server(self.line_id)
        row = line.run_ids.create(
            {
                "line_id": line.id,
                "quantity": self.quantity,
                "date_start": self.date_start,
            }
        )
        line.quantity += self.quantity
        run = job._create_runs().filtered(lambda run: run == row.production_id)
        # sudo: whoever adds a run need not see cost
        planned = run.sudo()._prepare_run_cost_plan()
        run._log_job_change(
            "add",
            self.env._(
                "%(run)s: %(quantity)s %(unit)s added",
                run=run.name,
                quantity=f"{self.quantity:.12g}",
                unit=self.product_uom_id.name,
            ),
            reason=self.reason,
            effect=sum(vals["planned_amount"] for vals in planned),
        )
        if job._needs_approval():
            as_server(job).write({"phase": "to_approve"})
            job._request_approvals()
        else:
            job.action_plan()

    def _apply_quantity(self):
        run = self.production_id
        unit = self.product_uom_id
        run._check_job_quantity(
            unit._compute_quantity(self.quantity, run.product_id.uom_id, round=False)
        )
        old, cost = run.product_uom_qty, run._get_job_planned_costs()[run]
        if run.state == "draft":
            as_server(run).product_qty = self.quantity
        else:
            change = as_server(self.env["change.production.qty"])
            change.create(
                {"mo_id": run.id, "product_qty": self.quantity}
            ).change_prod_qty()
        run._log_job_quantity(old, cost, self.reason)

    def _apply_date(self):
        run = self.production_id
        old = run.date_start
        duration = (run.date_finished or old) - old
        if run.state == "draft":
            run.date_start = self.date_start
        else:
            end = self.date_start + max(duration, timedelta(minutes=1))
            run._replan_baseline(self.date_start, end, {"note": self.reason})
        row = as_server(self.job_id.line_ids).run_ids.filtered(
            lambda row: row.production_id == run
        )
        row.date_start = self.date_start
        run._log_job_change(
            "date",
            self.env._(
                "%(run)s: %(old)s → %(new)s",
                run=run.name,
                old=fields.Datetime.to_string(old),
                new=fields.Datetime.to_string(self.date_start),
            ),
            reason=self.reason,
        )

    def _apply_split(self):
        run = self.production_id
        run._pre_action_split_merge_hook(split=True)
        old = run.product_qty
        part = run.product_uom_id.round(old / self.parts, rounding_method="DOWN")
        if part <= 0:
            raise UserError(
                self.env._(
                    "%(run)s is too small for %(parts)s parts.",
                    run=run.name,
                    parts=self.parts,
                )
            )
        first = old - part * (self.parts - 1)
        parts = as_server(run)._split_productions(
            {run: [first] + [part] * (self.parts - 1)}
        )
        self._share_row(run, parts)
        run._log_job_split(old, parts, self.reason)

    def _share_row(self, run, parts):
        """Every part is a planned run of its own."""
        line = as_server(run.job_line_id)
        row = line.run_ids.filtered(lambda row: row.production_id == run)
        if not row:
            return
        whole = sum(parts.mapped("product_qty"))
        ordered = row.quantity
        for part in parts:
            quantity = ordered * part.product_qty / whole
            if part == run:
                row.quantity = quantity
            else:
                row.create(
                    {
                        "line_id": line.id,
                        "quantity": quantity,
                        "date_start": part.date_start,
                        "production_id": part.id,
                    }
                )

    def _apply_cancel(self):
        run = self.production_id
        if run.state in ("progress", "to_close"):
            raise UserError(
                self.env._(
                    "%(run)s has begun. Finish it with what was made, on the "
                    "manufacturing order.",
                    run=run.name,
                )
            )
        cost = run._get_job_planned_costs()[run]
        children = run._get_job_children().filtered(lambda c: c.state == "confirmed")
        as_server(run | children).action_cancel()
        run._log_job_cancel(cost, self.reason)
