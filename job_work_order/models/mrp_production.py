from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import as_server, as_user, is_server

JOB_FIELDS = ("job_id", "job_line_id", "job_is_child")
ON_THE_FLOOR = ("confirmed", "progress", "to_close", "done")


class MrpProduction(models.Model):
    """Runs belong to a job; nothing of a job that is not approved is confirmed."""

    _inherit = "mrp.production"

    job_id = fields.Many2one(
        "job.work.order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    job_line_id = fields.Many2one(
        "job.work.order.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    job_is_child = fields.Boolean(
        string="Sub-Assembly of a Job",
        readonly=True,
        copy=False,
        help="Made for another run of the job, which bears its cost as material.",
    )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not is_server(self):
            for vals in vals_list:
                self._check_job_fields(vals)
            # said here, so that no default of the caller's context says otherwise
            vals_list = [vals | dict.fromkeys(JOB_FIELDS, False) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not is_server(self):
            self._check_job_fields(vals)
        if vals.get("state") in ON_THE_FLOOR:
            self.filtered(lambda run: run.state == "draft")._check_job_released()
        return super().write(vals)

    def _check_job_fields(self, vals):
        if any(vals.get(name) for name in JOB_FIELDS) or (
            self.job_id and set(JOB_FIELDS) & set(vals)
        ):
            raise UserError(
                self.env._(
                    "Runs are added to a job on the job itself: plan it, or press "
                    "Change Run. A run stays with its job."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_job(self):
        for run in self:
            if run.job_id:
                raise UserError(
                    self.env._(
                        "%(run)s is a run of %(job)s and cannot be deleted. Cancel it.",
                        run=run.name,
                        # sudo: to name it
                        job=run.sudo().job_id.name,
                    )
                )

    # Approval

    def _check_job_released(self):
        """:raise UserError: when the job of one of these runs is not approved"""
        # sudo: an approval holds for those who may not read the job
        for run in self.sudo():
            job = run.job_id
            if job and not job._is_released():
                states = dict(job._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(run)s cannot go to the floor: %(job)s is %(state)s. It has "
                        "to be submitted and approved first.",
                        run=run.name,
                        job=job.name,
                        state=states[job.state].lower(),
                    )
                )

    def _compute_state(self):
        """Whatever makes an order start, an unapproved job's stays a draft."""
        drafts = self.filtered(lambda run: run.job_id and run.state == "draft")
        res = super()._compute_state()
        drafts.filtered(lambda run: run.state in ON_THE_FLOOR)._check_job_released()
        return res

    def action_confirm(self):
        self.filtered(lambda run: run.state == "draft")._check_job_released()
        return super().action_confirm()

    def _button_mark_done_sanity_checks(self):
        self.filtered(lambda run: run.state == "draft")._check_job_released()
        return super()._button_mark_done_sanity_checks()

    # Carrying the job along

    def _get_backorder_mo_vals(self):
        return super()._get_backorder_mo_vals() | {
            "job_id": self.job_id.id,
            "job_line_id": self.job_line_id.id,
            "job_is_child": self.job_is_child,
        }

    def _split_productions(
        self, amounts=False, cancel_remaining_qty=False, set_consumed_qty=False
    ):
        quantities = {run: run.product_qty for run in self}
        productions = super(MrpProduction, as_server(self))._split_productions(
            amounts, cancel_remaining_qty, set_consumed_qty
        )
        if not is_server(self):
            productions = as_user(productions)
            self._log_split(quantities, productions)
        return productions

    def _get_job_children(self):
        """:return: sub-assemblies that were made for these runs"""
        # sudo: what belongs together is the job's, whoever looks
        runs = self.sudo()
        children = (
            runs.production_group_id.child_ids.production_ids
            | runs.move_raw_ids.move_orig_ids.production_id
        )
        return children.filtered(lambda child: child.job_id in runs.job_id)

    # Figures

    def _get_job_progress(self):
        """:return: dict from run to how far it is, between 0 and 1

        Starting an operation declares the whole quantity in Odoo: what counts is which
        operations are done.
        """
        whole, done = defaultdict(float), defaultdict(float)
        for run, state, minutes in self.env["mrp.workorder"]._read_group(
            [("production_id", "in", self.ids), ("state", "!=", "cancel")],
            ["production_id", "state"],
            ["duration_expected:sum"],
        ):
            # an operation without expected time counts a little
            whole[run.id] += minutes or 1
            done[run.id] += (minutes or 1) if state == "done" else 0
        return {
            run: 1.0 if run.state == "done" else done[run.id] / (whole[run.id] or 1)
            for run in self
        }

    def _get_abnormal_loss(self, pool):
        """Runs of jobs whose cost is expensed leave nothing for their outputs."""
        # sudo: how a job is costed holds for whoever completes the run
        kind = self.sudo().job_id.type_id
        if kind.cost_treatment == "expense" and not self.job_is_child and pool > 0:
            return pool
        return super()._get_abnormal_loss(pool)

    # Actions

    def _complete_for_job(self):
        """Complete a run in full, without a dialog.

        :raise UserError: when Odoo asks something
        """
        self.ensure_one()
        if self.qty_producing and self.product_uom_id.compare(
            self.qty_producing, self.product_qty
        ):
            raise UserError(
                self.env._(
                    "%(run)s has begun with %(quantity)s of %(whole)s. Finish it on "
                    "the manufacturing order, where you say what becomes of the rest.",
                    run=self.name,
                    quantity=f"{self.qty_producing:.12g}",
                    whole=f"{self.product_qty:.12g}",
                )
            )
        if self.state == "confirmed":
            self.action_assign()
        answer = self.with_context(
            skip_backorder=True, skip_consumption=True, skip_redirection=True
        ).button_mark_done()
        if answer is not True or self.state != "done":
            name = answer.get("name") if isinstance(answer, dict) else None
            raise UserError(
                self.env._(
                    "%(run)s cannot be completed without you: %(question)s. Open it "
                    "and press Produce All.",
                    run=self.name,
                    question=name or self.env._("Odoo asks for more"),
                )
            )

    def action_view_job(self):
        self.ensure_one()
        return self.job_id._get_form_action()
