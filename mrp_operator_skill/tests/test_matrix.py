import io

from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import SkillCommon


class TestMatrix(SkillCommon):
    """Operators × work centers."""

    def _status(self, operator, workcenter=None):
        matrix = self.env["mrp.skill.requirement"].get_matrix()
        cells = matrix["cells"][operator.id]
        return cells[(workcenter or self.saw).id]["status"]

    def test_statuses(self):
        self.requirement.trainee_allowed = True
        self.company.mrp_skill_expiry_days = 30
        self._qualify(self.bert, end=20)
        self._qualify(self.cora, self.beginner)
        dora = self._make_operator("Dora")
        self._hold(dora, self.master)
        self.assertEqual(
            [self._status(each) for each in (self.anna, self.bert, self.cora, dora)],
            ["ok", "expiring", "trainee", "missing"],
        )

    def test_the_worst_counts(self):
        self._make_requirement(skill_level_id=self.master.id)
        self.assertEqual(self._status(self.anna), "missing")

    def test_only_what_is_asked_for(self):
        matrix = self.env["mrp.skill.requirement"].get_matrix()
        self.assertIn(self.saw.id, [each["id"] for each in matrix["workcenters"]])
        self.assertNotIn(self.press.id, [each["id"] for each in matrix["workcenters"]])
        matrix = self.env["mrp.skill.requirement"].get_matrix(self.press.ids)
        self.assertFalse(matrix["workcenters"])

    def test_other_companies(self):
        other = self._make_company("Elsewhere")
        stranger = self._make_operator("Stranger", company_id=other.id)
        matrix = self.env["mrp.skill.requirement"].get_matrix()
        self.assertNotIn(stranger.id, [each["id"] for each in matrix["operators"]])

    def test_who_may_see_it(self):
        requirements = self.env["mrp.skill.requirement"]
        for user in (self.user, self.supervisor):
            requirements.with_user(user).get_matrix()
        clerk = new_test_user(self.env, "skill-clerk", groups="base.group_user")
        for user in (clerk, self._make_user("somebody")):
            with self.assertRaises(AccessError):
                requirements.with_user(user).get_matrix()

    def test_spreadsheet(self):
        self.bert.name = "=1+1"
        content = self.env["mrp.skill.requirement"]._get_matrix_xlsx()
        sheet = load_workbook(io.BytesIO(content)).active
        rows = {row[0].value: row for row in sheet.iter_rows()}
        column = [cell.value for cell in rows["Operator"]].index("Saw")
        self.assertEqual(rows["Anna"][column].value, "ok")
        self.assertEqual(rows["=1+1"][column].value, "missing")
        self.assertEqual(rows["=1+1"][0].data_type, "s")

    def test_constant_queries(self):
        def ask(workcenters):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["mrp.skill.requirement"].get_matrix(workcenters.ids)
            return self.env.cr.sql_log_count - before

        centers = self.env["mrp.workcenter"].create(
            [
                {
                    "name": f"Center {number}",
                    "company_id": self.company.id,
                    "skill_requirement_ids": [
                        Command.create(
                            {"skill_id": self.skill.id, "skill_level_id": self.able.id}
                        )
                    ],
                }
                for number in range(12)
            ]
        )
        ask(centers[:2])
        few = ask(centers[:2])
        self.env["hr.employee"].create(
            [
                {
                    "name": f"Operator {number}",
                    "is_operator": True,
                    "company_id": self.company.id,
                }
                for number in range(20)
            ]
        )
        self.assertLessEqual(ask(centers), few)
