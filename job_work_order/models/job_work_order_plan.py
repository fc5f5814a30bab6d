from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.mrp_run_cost.tools import in_company

from ..tools import as_server, as_user


class JobWorkOrder(models.Model):
    """Planning: the lines become manufacturing orders."""

    _inherit = "job.work.order"

    def action_plan(self):
        """Make the runs that are not there yet, and confirm those that wait."""
        self._check_planner()
        self._lock_rows()
        self._check_phase("approved", self.env._("planned"))
        if not self._plan_runs():
            raise UserError(
                self.env._(
                    "All runs of %(jobs)s are planned already.",
                    jobs=", ".join(self.mapped("name")),
                )
            )
        return True

    def _plan_runs(self):
        """:return: the runs that were confirmed"""
        self._create_runs()
        waiting = self.production_ids.filtered(lambda run: run.state == "draft")
        for company, productions in waiting.grouped("company_id").items():
            in_company(productions, company).action_confirm()
        return waiting

    def action_complete(self):
        """The short way: submit, plan and complete a job in full.

        For a small shop that books what it made. Everything is recorded as if it had
        been done step by step; where approval is needed, it stops there.
        """
        self._check_planner()
        for job in self:
            if job.phase == "draft":
                job.action_submit()
            if job.phase != "approved":
                raise UserError(
                    self.env._(
                        "%(job)s has to be approved first; the request was sent.",
                        job=job.name,
                    )
                    if job.phase == "to_approve"
                    else self.env._("%(job)s is over already.", job=job.name)
                )
            if job._has_unplanned():
                job.action_plan()
            job._complete_runs()
            job.action_close()
        return True

    def _complete_runs(self):
        """Complete all open runs, sub-assemblies first.

        :raise UserError: when an order asks something that only a person can answer
        """
        self.ensure_one()
        while True:
            open_runs = self.production_ids.filtered(
                lambda run: run.state not in ("done", "cancel")
            )
            if not open_runs:
                return
            ready = open_runs.filtered(
                lambda run, others=open_runs: not (run._get_job_children() & others)
            )
            for run in in_company(ready or open_runs, self.company_id):
                run._complete_for_job()

    def _has_unplanned(self):
        self.ensure_one()
        return bool(
            self.production_ids.filtered(lambda run: run.state == "draft")
            or any(line._get_unplanned() for line in self.line_ids)
        )

    def _create_runs(self):
        """Create the manufacturing orders that lines still ask for.

        :return: ``mrp.production``, drafts
        """
        created = self.env["mrp.production"]
        for company, jobs in self.grouped("company_id").items():
            lines = in_company(jobs.line_ids, company)
            rows = lines._create_missing_rows()
            rows._check_warehouse()
            productions = as_server(rows.env["mrp.production"]).create(
                [row._prepare_production() for row in rows]
            )
            for row, production in zip(rows, productions, strict=True):
                row.production_id = production
            created |= as_user(productions)
        return created

    def _log_change(self, kind, description, **vals):
        """Record a change of the job; the record stays.

        :return: ``job.work.order.change``
        """
        # sudo: what was changed is what the server saw, nobody writes it himself
        changes = self.env["job.work.order.change"].sudo()
        return changes.create(
            [
                {
                    "job_id": job.id,
                    "kind": kind,
                    "description": description,
                    "user_id": self.env.uid,
                    "date": fields.Datetime.now(),
                    # sudo: see above
                    "last_approval": max(job.sudo().approval_ids.ids, default=0),
                    **vals,
                }
                for job in self
            ]
        )
