from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import as_server


class JobWorkOrder(models.Model):
    """Submitting, approving, revising, closing and cancelling a job."""

    _inherit = "job.work.order"

    can_approve = fields.Boolean(
        compute="_compute_can_approve", help="You are asked to approve this job."
    )

    @api.depends("phase", "approval_ids.state")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for job in self:
            job.can_approve = bool(job._get_own_requests())

    # Actions

    def action_submit(self):
        """Ask for approval, or approve at once what nobody has to approve."""
        self._check_planner()
        self._lock_rows()
        self._check_phase("draft", self.env._("submitted"))
        if self.filtered("is_template"):
            raise UserError(
                self.env._(
                    "%(job)s is a template. Press New Job from This and submit that.",
                    job=self.filtered("is_template")[0].name,
                )
            )
        self._check_complete()
        for job in self:
            as_server(job).write(
                {
                    "submitted_by_id": self.env.uid,
                    "date_submitted": fields.Datetime.now(),
                    "phase": "to_approve",
                }
            )
            if not job._request_approvals():
                job._release()
        return True

    def action_approve(self):
        """Approve what you are asked to approve."""
        self._lock_rows()
        for job in self:
            requests = job._get_own_requests()
            if not requests:
                raise job._get_refusal()
            requests._decide("approved")
            # sudo: an approver need not be a planner; that he is asked is checked above
            if not job.sudo().approval_ids.filtered(lambda a: a.state == "pending"):
                job.sudo()._release()
        return True

    def action_refuse(self, note=None):
        """Send a job back to its planner.

        :param str note: why
        """
        self._lock_rows()
        for job in self:
            requests = job._get_own_requests()
            if not requests:
                raise job._get_refusal()
            requests._decide("refused", note)
            # sudo: an approver need not be a planner; that he is asked is checked above
            job.sudo()._back_to_draft()
        return True

    def action_revise(self):
        """Ask why, then let the job be changed and approved again."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Revise"),
            "res_model": "job.revision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_job_id": self.id},
        }

    def action_close(self):
        """Close jobs whose runs are over and whose reasons are given."""
        self._check_planner()
        self._lock_rows()
        self._check_phase("approved", self.env._("closed"))
        for job in self:
            obstacles = job._get_closing_obstacles()
            if obstacles:
                raise UserError(
                    self.env._(
                        "%(job)s cannot be closed yet:\n%(obstacles)s",
                        job=job.name,
                        obstacles="\n".join(f"- {text}" for text in obstacles),
                    )
                )
        as_server(self).write({"phase": "done"})
        return True

    def action_reopen(self):
        """Take back that a job is done."""
        self._check_planner()
        self._lock_rows()
        self._check_phase("done", self.env._("reopened"))
        as_server(self).write({"phase": "approved"})
        self._log_change("other", self.env._("Reopened"))
        return True

    def action_cancel(self):
        """Cancel jobs with the runs that have not begun."""
        self._check_planner()
        self._lock_rows()
        for job in self:
            runs = job.production_ids
            begun = runs.filtered(
                lambda run: run.state in ("progress", "to_close", "done")
            )
            if begun or job.phase == "done":
                raise UserError(
                    self.env._(
                        "%(job)s cannot be cancelled: %(runs)s has begun or is done. "
                        "Finish or cancel it first, then close the job.",
                        job=job.name,
                        runs=begun[:1].name or job.name,
                    )
                )
            waiting = runs.filtered(lambda run: run.state != "cancel")
            as_server(waiting).action_cancel()
        self._withdraw_requests()
        as_server(self).write({"phase": "cancel"})
        return True

    def action_draft(self):
        """Take up a cancelled job again."""
        self._check_planner()
        self._lock_rows()
        self._check_phase("cancel", self.env._("taken up again"))
        as_server(self.line_ids.run_ids).production_id = False
        as_server(self).write({"phase": "draft"})
        return True

    # Business

    def _check_planner(self):
        if not self.env.su and not self.env.user.has_group(
            "job_work_order.job_work_order_group_planner"
        ):
            raise AccessError(
                self.env._(
                    "Only planners decide about jobs. Ask an administrator for the "
                    "role Jobs / Planner."
                )
            )

    def _check_phase(self, phase, verb):
        for job in self:
            if job.phase != phase:
                states = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(job)s is %(state)s and cannot be %(verb)s.",
                        job=job.name,
                        state=states[job.state].lower(),
                        verb=verb,
                    )
                )

    def _get_rules(self):
        """:return: the approval rules that apply to the job"""
        self.ensure_one()
        if not self.company_id.job_approval:
            return self.env["job.approval.rule"]
        # sudo: rules hold for those who may not read them
        rules = self.env["job.approval.rule"].sudo()
        return rules.search(
            [("company_id", "=", self.company_id.id)]
        )._filter_applicable(self)

    def _needs_approval(self):
        self.ensure_one()
        return self.company_id.job_approval and bool(
            self.type_id.approval_required or self._get_rules()
        )

    def _request_approvals(self):
        """Ask the people whom the rules name.

        :return: ``job.work.order.approval``, none when nobody has to approve
        """
        self.ensure_one()
        # sudo: requests are what the rules say, nobody writes them himself
        approvals = self.env["job.work.order.approval"].sudo()
        rules = self._get_rules()
        vals_list = [approvals._prepare_request(self, rule) for rule in rules]
        if not rules and self._needs_approval():
            vals_list = [approvals._prepare_request(self, rules)]
        requests = approvals.create(vals_list)
        requests._notify_approvers()
        return requests

    def _get_own_requests(self):
        """:return: requests that the current user may answer"""
        self.ensure_one()
        # sudo: an approver sees no more of the job than his request
        pending = self.sudo().approval_ids.filtered(lambda a: a.state == "pending")
        if self.phase != "to_approve":
            return pending.browse()
        return pending.filtered(lambda a: a._may_decide(self.env.user))

    def _get_refusal(self):
        """:return: the error for somebody who may not decide about the job"""
        self.ensure_one()
        # sudo: whoever may not decide is told whom to ask
        pending = self.sudo().approval_ids.filtered(lambda a: a.state == "pending")
        if self.phase != "to_approve" or not pending:
            return UserError(
                self.env._("%(job)s does not wait for approval.", job=self.name)
            )
        names = ", ".join(sorted(set(pending.approver_ids.mapped("name"))))
        own = any(
            approval.four_eyes and self.env.user in approval.approver_ids
            for approval in pending
        )
        if own:
            return AccessError(
                self.env._(
                    "You submitted %(job)s yourself: somebody else has to approve it "
                    "(%(names)s).",
                    job=self.name,
                    names=names,
                )
            )
        return AccessError(
            self.env._("%(job)s is approved by %(names)s.", job=self.name, names=names)
        )

    def _release(self):
        """The floor may have it."""
        for job in self:
            vals = {"phase": "approved"}
            if not job.baseline_due:
                vals["baseline_due"] = job.date_due
            if not job.baseline_start:
                vals["baseline_start"] = job.date_start
            as_server(job).write(vals)
        self._replenish_at_approval()

    def _withdraw_requests(self):
        # sudo: see _request_approvals
        requests = self.sudo().approval_ids
        requests.filtered(lambda a: a.state == "pending")._withdraw()

    def _back_to_draft(self):
        self._withdraw_requests()
        as_server(self).write({"phase": "draft"})

    def _get_closing_obstacles(self):
        """Hook: what stands in the way of closing a job.

        :return: list of sentences
        """
        self.ensure_one()
        # sudo: what is pending counts, whoever may see it
        runs = self.sudo().production_ids
        obstacles = [
            self.env._("%(run)s is not finished.", run=run.name)
            for run in runs
            if run.state not in ("done", "cancel")
        ]
        pending = (
            self.env["mrp.delay"]
            .sudo()
            .search([("production_id", "in", runs.ids), ("state", "=", "pending")])
        )
        obstacles += [
            self.env._("A reason is pending: %(delay)s.", delay=delay.display_name)
            for delay in pending
        ]
        if not runs.filtered(lambda run: run.state == "done"):
            obstacles.append(
                self.env._("Nothing was made for it; cancel it instead of closing it.")
            )
        return obstacles
