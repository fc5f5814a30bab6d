from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mrp_run_cost.tools import in_company

from ..tools.material import SHORT
from .stock_move_material import OPEN


class JobWorkOrder(models.Model):
    _inherit = "job.work.order"

    material_state = fields.Selection(
        [
            ("committed", "Committed"),
            ("available", "Available"),
            ("expected", "Expected"),
            ("short", "Short"),
        ],
        string="Material",
        compute="_compute_material",
        help="The worst of the open runs.",
    )
    material_date = fields.Datetime(
        string="Material Until", compute="_compute_material"
    )

    @api.depends("production_ids.state")
    def _compute_material(self):
        ids = tuple(self.ids)
        worst = self.env["mrp.production"]._get_worst_material(
            SQL("run.job_id IN %s", ids), "job_id", ids
        )
        for job in self:
            job.material_state, job.material_date = worst[job.id]

    def action_view_material(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "job_work_order.stock_move_action_job"
        )
        action["domain"] = [("raw_material_production_id.job_id", "in", self.ids)]
        action["context"] = {"search_default_open": 1}
        return action

    def action_reserve(self):
        """Give free stock to the runs in order of priority, this job's included.

        Runs of jobs that have not begun and are less urgent give back what they hold.
        """
        self._check_planner()
        companies = self.company_id
        runs = self.env["mrp.production"].search(
            [
                ("state", "=", "confirmed"),
                ("job_id", "!=", False),
                ("company_id", "in", companies.ids),
                (
                    "move_raw_ids.product_id",
                    "in",
                    self._get_open_issues().product_id.ids,
                ),
            ]
        )
        moves = runs.move_raw_ids.filtered(
            lambda m: m.state in OPEN and not m.picked and m.product_id.is_storable
        ).sorted(
            lambda m: (
                -int(m.raw_material_production_id.job_id.priority),
                -int(m.priority),
                m.date,
                m.id,
            )
        )
        moves._do_unreserve()
        moves._action_assign()
        return True

    @api.model
    def _get_material_warehouse(self, move):
        return move.location_id.warehouse_id or move.warehouse_id

    def _get_open_issues(self):
        return self.production_ids.move_raw_ids.filtered(
            lambda m: m.state in OPEN[1:] and m.product_id.is_storable
        )

    def action_replenish(self):
        """Ask Odoo's procurement for what is short; what was asked for is not again."""
        self._check_planner()
        self._lock_rows()
        asked = self.env["stock.move"]
        for company, jobs in self.grouped("company_id").items():
            asked |= in_company(jobs, company)._replenish()
        if not asked:
            raise UserError(
                self.env._(
                    "Nothing is short for %(jobs)s, or it was asked for already.",
                    jobs=", ".join(self.mapped("name")),
                )
            )
        return True

    def _replenish_at_approval(self):
        """Plan the jobs whose type says so, and ask for what is short.

        What cannot be planned or asked for does not undo the approval: whoever is
        responsible is told.
        """
        # sudo: an approver need not be a planner, nor able to ask for goods
        for job in self.sudo():
            if not job.type_id._replenishes(job.company_id):
                continue
            try:
                with self.env.cr.savepoint():
                    job = in_company(job, job.company_id)
                    job._plan_runs()
                    job._replenish()
            except UserError as error:
                job._report_not_replenished(error)

    def _report_not_replenished(self, error):
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("Plan and replenish by hand"),
            note=self.env._(
                "What is short for %(job)s could not be asked for: %(reason)s",
                job=self.name,
                reason=error.args[0],
            ),
            user_id=self.user_id.id or self.submitted_by_id.id or self.env.uid,
        )

    def _replenish(self):
        """:return: the issues goods were asked for"""
        rules = self.env["stock.rule"]
        moves = self._get_open_issues()
        missing = {
            move: missing - move.job_requested
            for move, (state, _date, missing) in (
                (self.env["stock.move"].browse(id_), answer)
                for id_, answer in moves._get_material_status().items()
            )
            if state == SHORT
            and move.product_id.uom_id.compare(missing, move.job_requested) > 0
        }
        procurements = [
            rules.Procurement(
                move.product_id,
                quantity,
                move.product_id.uom_id,
                self._get_material_warehouse(move).lot_stock_id,
                move.raw_material_production_id.name,
                move.raw_material_production_id.job_id.name,
                move.company_id,
                {
                    "warehouse_id": self._get_material_warehouse(move),
                    "date_planned": move.date,
                    "date_deadline": move.date_deadline,
                    "priority": move.priority,
                    "job_line_id": move.raw_material_production_id.job_line_id,
                },
            )
            for move, quantity in missing.items()
        ]
        rules.run(procurements)
        for move, quantity in missing.items():
            move.job_requested += quantity
        return self.env["stock.move"].union(*missing)
