from odoo import api, fields, models
from odoo.exceptions import ValidationError


class JobApprovalRule(models.Model):
    """Which jobs have to be approved, and by whom."""

    _name = "job.approval.rule"
    _description = "Job Approval Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    type_ids = fields.Many2many(
        "job.work.order.type", string="Types", help="Empty: jobs of every type."
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Customers",
        help="With all their addresses. Empty: every customer, and none.",
    )
    minimum_value = fields.Monetary(
        string="From a Value of",
        help="Estimated cost of the job: quantities times the cost of the products. "
        "0: whatever its value.",
    )
    approver_ids = fields.Many2many(
        "res.users",
        string="Approvers",
        required=True,
        help="Any one of them approves for this rule.",
    )
    four_eyes = fields.Boolean(
        default=True, help="Nobody approves a job he submitted himself."
    )

    @api.constrains("approver_ids", "company_id")
    def _check_approvers(self):
        for rule in self:
            # sudo: users of other companies are to be found, too
            approvers = rule.sudo().approver_ids
            if not approvers:
                raise ValidationError(
                    self.env._("Rule %(rule)s needs an approver.", rule=rule.name)
                )
            strangers = approvers.filtered(
                lambda user, rule=rule: rule.company_id not in user.company_ids
            )
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(users)s cannot approve for rule %(rule)s: they do not work "
                        "for %(company)s.",
                        users=", ".join(strangers.mapped("name")),
                        rule=rule.name,
                        company=rule.company_id.name,
                    )
                )

    def _filter_applicable(self, job):
        """:return: the rules of these that ask for the approval of a job"""
        # sudo: who submits a job need not see what it costs
        value = job.sudo().estimated_value
        customers = job.partner_id | job.partner_id.commercial_partner_id
        return self.filtered(
            lambda rule: (
                (not rule.type_ids or job.type_id in rule.type_ids)
                and (not rule.partner_ids or rule.partner_ids & customers)
                and rule.currency_id.compare_amounts(value, rule.minimum_value) >= 0
            )
        )
