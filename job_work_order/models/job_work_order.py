from odoo import api, fields, models
from odoo.exceptions import UserError


class JobWorkOrder(models.Model):
    """What was ordered from the floor."""

    _name = "job.work.order"
    _description = "Job Work Order"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "priority desc, date_due, id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "customer_ref", "partner_id.name"]

    name = fields.Char(
        string="Number",
        readonly=True,
        copy=False,
        index="trigram",
        default=lambda self: self.env._("New"),
    )
    title = fields.Char(help="What the job is about, in a few words.")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    type_id = fields.Many2one(
        "job.work.order.type",
        required=True,
        tracking=True,
        check_company=True,
        default=lambda self: self.env["job.work.order.type"].search(
            [("company_id", "in", (False, self.env.company.id))], limit=1
        ),
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        index="btree_not_null",
        tracking=True,
        check_company=True,
    )
    customer_ref = fields.Char(
        string="Customer's Order",
        index="btree_not_null",
        copy=False,
        help="Number of the customer's own order.",
    )
    same_order_ids = fields.Many2many(
        "job.work.order",
        string="Jobs for the Same Order",
        compute="_compute_same_order_ids",
    )
    priority = fields.Selection(
        [("0", "Normal"), ("1", "High"), ("2", "Urgent")],
        default="0",
        required=True,
        tracking=True,
        index=True,
        help="High and urgent runs get their components first and come first in the "
        "dispatch list; urgent ones before what a supervisor arranged.",
    )
    date_start = fields.Datetime(
        string="Start", default=fields.Datetime.now, tracking=True
    )
    date_due = fields.Datetime(string="Due", tracking=True, index=True)
    baseline_start = fields.Datetime(string="Frozen Start", readonly=True, copy=False)
    baseline_due = fields.Datetime(
        string="Frozen Due",
        readonly=True,
        copy=False,
        help="Due date when the job was approved.",
    )
    instructions = fields.Html(help="What the floor has to know; on every traveller.")
    document_ids = fields.Many2many(
        "ir.attachment",
        string="Documents",
        help="Drawings, specifications, the customer's order.",
    )
    tag_ids = fields.Many2many("job.work.order.tag", string="Tags")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
        check_company=True,
    )
    is_template = fields.Boolean(
        string="Template", help="Kept to make jobs from; never planned itself."
    )
    line_ids = fields.One2many(
        "job.work.order.line", "job_id", string="Lines", copy=True
    )
    production_ids = fields.One2many(
        "mrp.production", "job_id", string="Runs", readonly=True
    )
    approval_ids = fields.One2many(
        "job.work.order.approval", "job_id", string="Approvals", readonly=True
    )
    change_ids = fields.One2many(
        "job.work.order.change", "job_id", string="Changes", readonly=True
    )
    change_count = fields.Integer(compute="_compute_change_count")
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_submitted = fields.Datetime(readonly=True, copy=False)
    phase = fields.Selection(
        [
            ("draft", "Draft"),
            ("to_approve", "To Approve"),
            ("approved", "Approved"),
            ("done", "Done"),
            ("cancel", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        help="What people decided, whatever happens on the floor.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("to_approve", "To Approve"),
            ("approved", "Approved"),
            ("progress", "In Progress"),
            ("done", "Done"),
            ("cancel", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
        group_expand=True,
    )

    _name_company_unique = models.UniqueIndex(
        "(company_id, name)", "Two jobs of a company cannot have the same number."
    )

    # Compute

    @api.depends("phase", "production_ids.state")
    def _compute_state(self):
        for job in self:
            job.state = job.phase
            if job.phase == "approved" and any(
                run.state in ("progress", "to_close", "done")
                # sudo: what becomes of the runs is nobody's secret
                for run in job.sudo().production_ids
            ):
                job.state = "progress"

    @api.depends("partner_id", "customer_ref", "company_id")
    def _compute_same_order_ids(self):
        asked = self.filtered(lambda job: job.partner_id and job.customer_ref)
        found = self.search(
            [
                ("customer_ref", "in", asked.mapped("customer_ref")),
                ("partner_id", "in", asked.partner_id.ids),
                ("company_id", "in", asked.company_id.ids),
                ("phase", "!=", "cancel"),
                ("is_template", "=", False),
            ]
            if asked
            else [("id", "=", False)]
        )
        same = found.grouped(
            lambda job: (job.company_id, job.partner_id, job.customer_ref)
        )
        for job in self:
            key = (job.company_id, job.partner_id, job.customer_ref)
            job.same_order_ids = same.get(key, self.browse()) - job._origin

    def _compute_change_count(self):
        counts = dict(
            self.env["job.work.order.change"]._read_group(
                [("job_id", "in", self.ids)], ["job_id"], ["__count"]
            )
        )
        for job in self:
            job.change_count = counts.get(job, 0)

    # Constraints

    @api.constrains("date_start", "date_due")
    def _check_dates(self):
        for job in self:
            if job.date_start and job.date_due and job.date_due < job.date_start:
                raise UserError(
                    self.env._(
                        "%(job)s is due before it starts. Correct one of the dates.",
                        job=job.name,
                    )
                )

    # Actions

    def action_use_template(self):
        """Make a job like this one."""
        self.ensure_one()
        return self.copy()._get_form_action()

    def action_view_runs(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "job_work_order.mrp_production_action_job"
        )
        action["domain"] = [("job_id", "in", self.ids)]
        action["context"] = {"create": False}
        return action

    def _view_of_runs(self, action, domain):
        """:return: action that shows what belongs to the runs of the jobs"""
        result = self.env["ir.actions.act_window"]._for_xml_id(action)
        return result | {"domain": domain, "context": {"create": False}}

    def action_view_operations(self):
        return self._view_of_runs(
            "mrp.mrp_workorder_todo", [("production_id.job_id", "in", self.ids)]
        )

    def action_view_lots(self):
        # sudo: which lots came out; who opens them has to be allowed to
        lots = self.sudo().production_ids.move_finished_ids.move_line_ids.lot_id
        return self._view_of_runs(
            "stock.action_production_lot_form", [("id", "in", lots.ids)]
        )

    def action_view_batch_records(self):
        return self._view_of_runs(
            "mrp_batch_record.mrp_batch_record_action",
            [("production_id.job_id", "in", self.ids)],
        )

    def action_view_changes(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "job_work_order.job_work_order_change_action"
        )
        action["domain"] = [("job_id", "in", self.ids)]
        action["context"] = {}
        return action

    def _get_form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    # Business

    def _own_documents(self):
        """Whoever sees the job sees its documents, not only who added them."""
        for job in self:
            loose = job.document_ids.filtered(lambda document: not document.res_id)
            loose.write({"res_model": self._name, "res_id": job.id})

    def _write_priority_through(self):
        """The runs have the priority of their job, and so have their components."""
        for urgent, jobs in self.grouped(lambda job: job.priority != "0").items():
            # sudo: the job's priority is its runs', whoever may write those
            runs = jobs.sudo().production_ids.filtered(
                lambda run: run.state not in ("done", "cancel")
            )
            runs.write({"priority": "1" if urgent else "0"})

    def _lock_rows(self):
        """One person at a time decides about a job.

        :raise UserError: when somebody else is at it
        """
        # who only opens a dialog about a job does not wait for it
        if len(self.try_lock_for_update(allow_referencing=True)) < len(self):
            raise UserError(
                self.env._(
                    "Somebody else is working on %(jobs)s right now. Look at it again "
                    "in a moment.",
                    jobs=", ".join(self.mapped("name")),
                )
            )
        self.invalidate_recordset(["phase", "state"])

    def _is_released(self):
        """:return: whether runs of the job may be worked on"""
        self.ensure_one()
        return self.phase in ("approved", "done") and not self.is_template
