from datetime import date, timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.mrp_operator.tests.common import OperatorCommon


class SkillCommon(OperatorCommon):
    """The saw asks for a certificate that only Anna has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env.user)
        cls.kind = cls.env["hr.skill.type"].create(
            {
                "name": "Machines",
                "is_certification": True,
                "skill_ids": [Command.create({"name": "Saw"})],
                "skill_level_ids": [
                    Command.create({"name": "Beginner", "level_progress": 20}),
                    Command.create({"name": "Able", "level_progress": 60}),
                    Command.create({"name": "Master", "level_progress": 100}),
                ],
            }
        )
        cls.skill = cls.kind.skill_ids
        cls.beginner, cls.able, cls.master = cls.kind.skill_level_ids.sorted(
            "level_progress"
        )
        cls.requirement = cls._make_requirement()
        cls.supervisor = cls._make_user("supervisor", "supervisor")
        cls.other_supervisor = cls._make_user("other-supervisor", "supervisor")
        cls.holding = cls._qualify(cls.anna)
        cls.reason = cls._make_reason("T-QU", "override")

    @classmethod
    def _make_user(cls, login, group="operator", **values):
        return new_test_user(
            cls.env,
            f"skill-{login}",
            groups=f"base.group_user,mrp_operator.mrp_operator_group_{group}",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            **values,
        )

    @classmethod
    def _make_requirement(cls, **values):
        place = {} if "operation_id" in values else {"workcenter_id": cls.saw.id}
        return cls.env["mrp.skill.requirement"].create(
            {
                "skill_id": cls.skill.id,
                "skill_level_id": cls.able.id,
                "certificate_required": False,
                **place,
                **values,
            }
        )

    @classmethod
    def _hold(cls, operator, level=None, start=-10, end=365, skill=None):
        """:return: an unvalidated row; days are counted from today"""
        skill = skill or cls.skill
        return cls.env["hr.employee.skill"].create(
            {
                "employee_id": operator.id,
                "skill_type_id": skill.skill_type_id.id,
                "skill_id": skill.id,
                "skill_level_id": (level or cls.able).id,
                "valid_from": cls._day(start),
                "valid_to": end is not None and cls._day(end),
            }
        )

    @classmethod
    def _day(cls, day):
        return day if isinstance(day, date) else cls.today + timedelta(days=day)

    @classmethod
    def _qualify(cls, operator, *args, **kwargs):
        row = cls._hold(operator, *args, **kwargs)
        row.with_user(cls.supervisor).action_validate()
        return row

    @classmethod
    def _ask_override(cls, operator, user=None, **values):
        return (
            cls.env["mrp.skill.override"]
            .with_user(user or cls.user)
            .create(
                {
                    "workorder_id": cls.cut.id,
                    "operator_id": operator.id,
                    "requirement_id": cls.requirement.id,
                    "reason_id": cls.reason.id,
                    "note": "Urgent",
                    **values,
                }
            )
        )

    def _problems(self, *operators, **kwargs):
        crew = self.env["hr.employee"].union(*operators)
        return self.cut._get_qualification_problems(crew, **kwargs)[self.cut]

    def _kinds(self, *operators, **kwargs):
        return [problem["kind"] for problem in self._problems(*operators, **kwargs)]

    def _exceptions(self, workorder=None):
        return self.env["mrp.skill.exception"].search(
            [("workorder_id", "=", (workorder or self.cut).id)]
        )
