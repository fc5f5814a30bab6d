from odoo import Command
from odoo.exceptions import UserError

from .common import SkillCommon


class TestValidation(SkillCommon):
    """Only what somebody else vouches for counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls._make_user("bert")
        cls.bert.user_id = cls.operator
        cls.officer = cls._make_user("officer")
        cls.officer.group_ids |= cls.env.ref("hr.group_hr_user")

    def _is_validated(self, row):
        return bool(row.validated_by_id)

    def test_validate(self):
        for user in (self.supervisor, self.officer):
            row = self._hold(self.bert, start=user.id)
            row.with_user(user).action_validate()
            self.assertEqual(row.validated_by_id, user)
            self.assertEqual(row.validated_progress, 60)
            self.assertTrue(row.validated_date)
            row.unlink()

    def test_operators_do_not_validate(self):
        row = self._hold(self.cora)
        with self.assertRaisesRegex(UserError, "Only supervisors"):
            row.with_user(self.operator).action_validate()
        self.assertFalse(row.validated_by_id)

    def test_nobody_validates_his_own(self):
        for group in (
            "mrp_operator.mrp_operator_group_supervisor",
            "hr.group_hr_user",
        ):
            self.operator.group_ids |= self.env.ref(group)
            row = self._hold(self.bert)
            with self.assertRaisesRegex(UserError, "Nobody validates his own"):
                row.with_user(self.operator).action_validate()
            row.unlink()

    def test_holder_becomes_the_validator(self):
        """Who validates a row and then becomes its holder gains nothing."""
        self.bert.user_id = False
        self._qualify(self.bert)
        self.assertFalse(self._problems(self.bert))
        self.bert.user_id = self.supervisor
        self.assertEqual(self._kinds(self.bert), ["lacking"])

    def test_other_company(self):
        other = self._make_company("Elsewhere")
        stranger = self._make_operator("Stranger", company_id=other.id)
        with self.assertRaisesRegex(UserError, "works for Elsewhere"):
            self._hold(stranger).with_user(self.supervisor).action_validate()

    def test_changes_take_it_back(self):
        changes = (
            {"skill_level_id": self.master.id},
            {"valid_to": self._day(400)},
            {"valid_from": self._day(-20)},
            {"employee_id": self.cora.id},
        )
        for vals in changes:
            row = self._qualify(self.bert)
            row.write(vals)
            self.assertFalse(self._is_validated(row), vals)
            row.unlink()

    def test_writing_the_same_changes_nothing(self):
        self.holding.write(
            {
                "skill_level_id": self.able.id,
                "valid_to": str(self.holding.valid_to),
                "valid_from": self.holding.valid_from,
                "employee_id": self.anna.id,
            }
        )
        self.assertTrue(self._is_validated(self.holding))

    def test_through_the_employee(self):
        row = self._qualify(self.bert, self.beginner)
        self.bert.write(
            {
                "certification_ids": [
                    Command.update(row.id, {"skill_level_id": self.master.id})
                ]
            }
        )
        rows = self.env["hr.employee.skill"].search(
            [("employee_id", "=", self.bert.id)]
        )
        self.assertIn(self.master, rows.skill_level_id)
        self.assertFalse(
            rows.filtered("validated_by_id") - rows.filtered(lambda each: each == row)
        )
        self.assertEqual(self._kinds(self.bert), ["lacking"])

    def test_the_holder_changes_his_own(self):
        row = self._qualify(self.bert, end=5)
        row.with_user(self.operator).valid_to = self._day(900)
        self.assertFalse(self._is_validated(row))

    def test_nobody_creates_it_validated(self):
        values = {
            "employee_id": self.bert.id,
            "skill_type_id": self.kind.id,
            "skill_id": self.skill.id,
            "skill_level_id": self.master.id,
            "valid_to": self._day(99),
            "validated_by_id": self.supervisor.id,
            "validated_progress": 100,
            "validated_date": "2026-01-01",
        }
        rows = self.env["hr.employee.skill"].with_user(self.operator)
        row = rows.create(values)
        self.assertFalse(row.validated_by_id or row.validated_date)
        row.unlink()
        context = {f"default_{name}": value for name, value in values.items()}
        row = rows.with_context(**context, mrp_reason_server_write=True).create(values)
        self.assertFalse(row.validated_by_id)
        self.assertEqual(self._kinds(self.bert), ["lacking"])
        fields_list = ["employee_id/.id", "skill_type_id/.id", "skill_id/.id"]
        fields_list += ["skill_level_id/.id", "valid_to", "validated_by_id/.id"]
        data = [self.bert.id, self.kind.id, self.skill.id, self.able.id]
        data += [str(self._day(50)), self.supervisor.id]
        result = rows.load(fields_list, [[str(value) for value in data]])
        row = rows.browse(result["ids"])
        self.assertFalse(row.validated_by_id)

    def test_nobody_writes_it(self):
        row = self._hold(self.bert)
        for user in (self.operator, self.officer, self.supervisor, self.env.user):
            for context in ({}, {"mrp_reason_server_write": True}):
                with self.assertRaises(UserError):
                    row.with_user(user).with_context(**context).write(
                        {"validated_by_id": self.supervisor.id}
                    )
        with self.assertRaisesRegex(UserError, "use Validate"):
            self.bert.write(
                {
                    "employee_skill_ids": [
                        Command.update(row.id, {"validated_by_id": self.supervisor.id})
                    ]
                }
            )
        self.assertFalse(row.validated_by_id)

    def test_copies_are_not_validated(self):
        copy = self.holding.copy({"employee_id": self.bert.id})
        self.assertFalse(copy.validated_by_id)
