import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mrp_reason_code.tools import as_server, is_server

_logger = logging.getLogger(__name__)

# what somebody else than the holder vouches for
CONTENT = (
    "employee_id",
    "skill_id",
    "skill_level_id",
    "skill_type_id",
    "valid_from",
    "valid_to",
)
VALIDATION = {"validated_by_id", "validated_date", "validated_progress"}
NOTICE = {"expiry_notice_date"}


class HrEmployeeSkill(models.Model):
    """Everybody may write his own skills: those count that somebody else validated."""

    _inherit = "hr.employee.skill"

    # core's default is the day on which the server was started
    valid_from = fields.Date(default=fields.Date.context_today)
    validated_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        help="Who vouches for this qualification. Operations that ask for it accept "
        "no other; any change takes the validation back.",
    )
    validated_date = fields.Datetime(string="Validated On", readonly=True, copy=False)
    validated_progress = fields.Integer(
        string="Validated Level",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Progress of the level when it was validated. Changing the level's "
        "definition lifts nobody.",
    )
    can_validate = fields.Boolean(compute="_compute_can_validate")
    expiry_notice_date = fields.Date(
        readonly=True,
        copy=False,
        help="End of validity that people were reminded of.",
    )

    @api.depends("employee_id", "validated_by_id")
    @api.depends_context("uid")
    def _compute_can_validate(self):
        may = self._may_validate()
        for row in self:
            row.can_validate = may and not row.validated_by_id and not row._is_own()

    @api.model_create_multi
    def create(self, vals_list):
        # said here, so that no default of the caller's context says otherwise
        empty = dict.fromkeys(VALIDATION | NOTICE, False)
        return super().create([vals | empty for vals in vals_list])

    def write(self, vals):
        """Only the server validates, and a change takes the validation back."""
        if (VALIDATION | NOTICE) & vals.keys() and not is_server(self):
            raise UserError(
                self.env._(
                    "Who validated %(skill)s is not written: use Validate.",
                    skill=self[:1].display_name,
                )
            )
        changed = self.filtered(lambda row: row.validated_by_id and row._changes(vals))
        res = super().write(vals)
        changed._take_back()
        return res

    def _changes(self, vals):
        """:return: whether these values change what was validated"""
        self.ensure_one()
        return any(
            self._fields[name].convert_to_cache(vals[name], self)
            != self._fields[name].convert_to_cache(self[name], self)
            for name in CONTENT
            if name in vals
        )

    def _take_back(self):
        if self:
            # sudo: holders may change their rows, but not say who validated them
            as_server(self.sudo()).write(dict.fromkeys(VALIDATION, False))
            _logger.info(
                "Validation of qualifications %s taken back: changed by %s",
                self.ids,
                self.env.user.login,
            )

    def action_validate(self):
        """Vouch for the qualifications of other people."""
        self._check_may_validate()
        for row in self.filtered(lambda row: not row.validated_by_id):
            # sudo: supervisors may not write skills, and only this they should
            as_server(row.sudo()).write(
                {
                    "validated_by_id": self.env.uid,
                    "validated_date": fields.Datetime.now(),
                    "validated_progress": row.level_progress,
                }
            )
        return True

    def action_invalidate(self):
        """Take a validation back."""
        self._check_may_validate()
        self._take_back()
        return True

    def _may_validate(self):
        """:return: whether the user may vouch for other people"""
        user = self.env.user
        return user.has_group(
            "mrp_operator.mrp_operator_group_supervisor"
        ) or user.has_group("hr.group_hr_user")

    def _is_own(self):
        """:return: whether it is the user's own qualification"""
        self.ensure_one()
        # sudo: supervisors need not see employees
        employee = self.sudo().employee_id
        partners = employee.work_contact_id | employee.user_id.partner_id
        return self.env.user.partner_id in partners

    def _check_may_validate(self):
        """Raise unless the user may vouch for each of these."""
        if not self._may_validate():
            raise UserError(
                self.env._(
                    "Only supervisors and HR officers validate qualifications. Ask one "
                    "of them to validate %(skill)s.",
                    skill=self[:1].display_name,
                )
            )
        for row in self:
            # sudo: supervisors need not see employees
            employee = row.sudo().employee_id
            if row._is_own():
                raise UserError(
                    self.env._(
                        "Nobody validates his own qualification: ask somebody else to "
                        "validate %(skill)s of %(operator)s.",
                        skill=row.display_name,
                        operator=employee.name,
                    )
                )
            if employee.company_id not in self.env.companies:
                raise UserError(
                    self.env._(
                        "%(operator)s works for %(company)s. Switch to that company to "
                        "validate %(skill)s.",
                        operator=employee.name,
                        company=employee.company_id.name,
                        skill=row.display_name,
                    )
                )
