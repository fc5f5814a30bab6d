from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.mrp_reason_code.tools import as_server

ENDING = "mrp_operator_skill.mail_activity_type_expiry"


class HrEmployeeSkill(models.Model):
    """People are reminded before a qualification ends that operations ask for."""

    _inherit = "hr.employee.skill"

    @api.model
    def _cron_remind_expiry(self):
        done, remaining = self._remind_expiry()
        self.env["ir.cron"]._commit_progress(done, remaining=remaining)

    @api.model
    def _remind_expiry(self, limit=200):
        """Give the holder and the supervisor an activity, once for each end.

        :return: ``(done, remaining)``
        """
        ending = self._get_ending()
        for row in ending[:limit]:
            row._remind()
        return len(ending[:limit]), len(ending[limit:])

    @api.model
    def _get_ending(self):
        """:return: rows that end soon, are asked for and nobody was reminded of"""
        requirements = self.env["mrp.skill.requirement"].search(
            [("skill_id.skill_type_id.active", "=", True)]
        )
        ending = self.browse()
        today = fields.Date.context_today(self)
        for company in self.env["res.company"].search(
            [("mrp_skill_expiry_days", ">", 0)]
        ):
            asked = requirements.filtered(
                lambda each, company=company: (
                    not each.company_id or each.company_id == company
                )
            )
            if not asked:
                continue
            days = timedelta(days=company.mrp_skill_expiry_days)
            ending |= self.search(
                [
                    ("skill_id", "in", asked.skill_id.ids),
                    ("validated_by_id", "!=", False),
                    ("valid_to", ">=", today),
                    ("valid_to", "<=", today + days),
                    ("employee_id.is_operator", "=", True),
                    ("employee_id.company_id", "=", company.id),
                ]
            )
        ending = ending.filtered(lambda row: row.expiry_notice_date != row.valid_to)
        return ending - ending._get_renewed()

    def _get_renewed(self):
        """:return: those of the rows that another one goes on from"""
        others = self.search(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("skill_id", "in", self.skill_id.ids),
                ("validated_by_id", "!=", False),
            ]
        )
        return self.filtered(
            lambda row: any(
                other.employee_id == row.employee_id
                and other.skill_id == row.skill_id
                and other.validated_progress >= row.validated_progress
                and (not other.valid_to or other.valid_to > row.valid_to)
                and (
                    not other.valid_from
                    or other.valid_from <= row.valid_to + timedelta(days=1)
                )
                for other in others
            )
        )

    def _remind(self):
        self.ensure_one()
        employee = self.employee_id
        supervisors = employee.parent_id.user_id or (
            employee.company_id._get_supervisors() - employee.user_id
        )
        for user in employee.user_id | supervisors:
            employee.activity_schedule(
                ENDING,
                date_deadline=self.valid_to,
                summary=self.env._(
                    "%(skill)s of %(operator)s ends",
                    skill=self.display_name,
                    operator=employee.name,
                ),
                user_id=user.id,
            )
        as_server(self).write({"expiry_notice_date": self.valid_to})
