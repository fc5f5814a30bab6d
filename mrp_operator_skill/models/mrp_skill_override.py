from odoo import api, fields, models
from odoo.fields import Domain

REQUESTED = "requested"
APPROVED = "approved"
REFUSED = "refused"
CANCELLED = "cancelled"
OPEN = (REQUESTED, APPROVED)


class MrpSkillOverride(models.Model):
    """Somebody may do a work he is not qualified for: who said so, and why."""

    _name = "mrp.skill.override"
    _description = "Override of a Qualification"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Work Order",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    workorder_name = fields.Char(string="Operation", readonly=True)
    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    operator_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_operator', '=', True), ('company_id', '=', company_id)]",
    )
    requirement_id = fields.Many2one(
        "mrp.skill.requirement",
        string="Qualification",
        index="btree_not_null",
        ondelete="set null",
        domain="[('id', 'in', possible_requirement_ids)]",
    )
    requirement_name = fields.Char(string="What Is Asked For", readonly=True)
    possible_requirement_ids = fields.Many2many(
        "mrp.skill.requirement",
        compute="_compute_possible_requirement_ids",
        compute_sudo=True,
    )
    reason_id = fields.Many2one(
        "mrp.reason",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('category', '=', 'override'), ('usable', '=', True)]",
        tracking=True,
    )
    note = fields.Text(tracking=True)
    state = fields.Selection(
        [
            (REQUESTED, "Requested"),
            (APPROVED, "Approved"),
            (REFUSED, "Refused"),
            (CANCELLED, "Cancelled"),
        ],
        default=REQUESTED,
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    requested_by_id = fields.Many2one("res.users", readonly=True)
    request_date = fields.Datetime(string="Requested On", readonly=True)
    supervisor_id = fields.Many2one(
        "res.users",
        string="Decided By",
        readonly=True,
        help="Supervisor who decided; empty where the glass was broken.",
    )
    decision_date = fields.Datetime(string="Decided On", readonly=True)
    break_glass = fields.Boolean(
        readonly=True,
        tracking=True,
        help="No supervisor was there: it is reviewed afterwards.",
    )
    break_glass_user_id = fields.Many2one(
        "res.users", string="Glass Broken By", readonly=True
    )
    review_deadline = fields.Datetime(string="Review Until", readonly=True)
    review_state = fields.Selection(
        [
            ("pending", "To Review"),
            ("accepted", "Accepted"),
            ("rejected", "Rejected"),
        ],
        string="Review",
        readonly=True,
        index="btree_not_null",
        tracking=True,
    )
    reviewed_by_id = fields.Many2one("res.users", readonly=True)
    review_date = fields.Datetime(string="Reviewed On", readonly=True)
    review_note = fields.Text(tracking=True)
    is_overdue = fields.Boolean(
        string="Review Overdue",
        compute="_compute_is_overdue",
        search="_search_is_overdue",
    )
    can_decide = fields.Boolean(compute="_compute_can_decide")
    can_break_glass = fields.Boolean(compute="_compute_can_decide")

    # one valid override, whoever decides at the same time
    _open_uniq = models.UniqueIndex(
        "(workorder_id, operator_id, requirement_id) "
        "WHERE state IN ('requested', 'approved')",
        "This override was asked for already.",
    )

    @api.depends("operator_id", "workorder_name", "requirement_name")
    def _compute_display_name(self):
        for override in self:
            # sudo: operators need not see employees
            parts = (
                override.sudo().operator_id.name,
                override.workorder_name or override.workorder_id.name,
                override.requirement_name or override.requirement_id._get_title()
                if override.requirement_id or override.requirement_name
                else "",
            )
            override.display_name = " · ".join(filter(None, parts))

    @api.depends("workorder_id")
    def _compute_possible_requirement_ids(self):
        requirements = self.workorder_id._get_skill_requirements()
        for override in self:
            override.possible_requirement_ids = requirements.get(
                override.workorder_id._origin, self.env["mrp.skill.requirement"]
            )

    @api.depends("review_state", "review_deadline")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for override in self:
            override.is_overdue = (
                override.review_state == "pending" and override.review_deadline < now
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain("review_state", "=", "pending") & Domain(
            "review_deadline", "<", fields.Datetime.now()
        )
        return domain if True in value else ~domain

    @api.depends("operator_id", "state", "review_state", "break_glass_user_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        supervisor = self._is_supervisor()
        for override in self:
            may = supervisor and not override._is_own()
            waiting = override.state == REQUESTED
            override.can_decide = may and (
                waiting
                or override.review_state == "pending"
                and override.break_glass_user_id != self.env.user
            )
            # sudo: operators may not read companies' settings
            company = override.workorder_id.sudo().company_id
            override.can_break_glass = waiting and company.mrp_break_glass and not may

    @api.onchange("workorder_id")
    def _onchange_workorder_id(self):
        self.company_id = self.workorder_id.company_id
        if self.requirement_id not in self.possible_requirement_ids:
            self.requirement_id = self.possible_requirement_ids[:1]

    def _is_supervisor(self):
        return self.env.user.has_group("mrp_operator.mrp_operator_group_supervisor")

    def _is_own(self):
        """:return: whether the user is the operator"""
        # sudo: supervisors need not see employees
        operator = self.sudo().operator_id
        partners = operator.work_contact_id | operator.user_id.partner_id
        return self.env.user.partner_id in partners

    @api.model
    def _get_valid(self, workorders):
        """:return: set of (work order, employee, requirement) ids that may pass"""
        overrides = self.search_fetch(
            [("workorder_id", "in", workorders.ids), ("state", "=", APPROVED)],
            ["workorder_id", "operator_id", "requirement_id"],
        )
        return {
            (each.workorder_id.id, each.operator_id.id, each.requirement_id.id)
            for each in overrides
        }
