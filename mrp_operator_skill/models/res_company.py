from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    mrp_break_glass = fields.Boolean(
        string="Break-Glass",
        help="Where no supervisor is there, operators may override a missing "
        "qualification themselves: supervisors are alerted and review it afterwards.",
    )
    mrp_break_glass_hours = fields.Integer(
        string="Review Within",
        default=24,
        help="Hours within which a supervisor reviews what was overridden without one.",
    )
    mrp_skill_expiry_days = fields.Integer(
        string="Qualifications Expire",
        default=30,
        help="So many days before a qualification ends, its holder and the supervisor "
        "are reminded. 0: nobody is.",
    )

    _mrp_break_glass_hours_positive = models.Constraint(
        "CHECK(mrp_break_glass_hours > 0)",
        "The time for reviewing a broken glass has to be an hour at least.",
    )
    _mrp_skill_expiry_days_positive = models.Constraint(
        "CHECK(mrp_skill_expiry_days >= 0)",
        "The days before a qualification ends can not be negative.",
    )

    def _get_supervisors(self):
        """:return: ``res.users`` who supervise in this company"""
        self.ensure_one()
        # sudo: whoever asks for a supervisor may not list users
        group = self.env.ref("mrp_operator.mrp_operator_group_supervisor").sudo()
        return group.all_user_ids.filtered(
            lambda user: user.active and not user.share and self in user.company_ids
        )
