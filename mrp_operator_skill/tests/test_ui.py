from odoo.tests import HttpCase, tagged

from .common import SkillCommon


class SkillTours(SkillCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls._make_user("bert", password="skill-bert")
        cls.bert.user_id = cls.operator
        cls.supervisor.password = cls.supervisor.login
        admin = cls.env.ref("base.user_admin")
        admin.company_ids |= cls.company
        admin.company_id = cls.company
        admin.group_ids |= cls.env.user.group_ids

    def _check_request(self):
        self.start_tour(
            "/odoo/action-mrp_operator.mrp_workorder_action_operator",
            "mrp_operator_skill_request",
            login=self.operator.login,
        )
        override = self.env["mrp.skill.override"].search(
            [("workorder_id", "=", self.cut.id)]
        )
        self.assertEqual(override.operator_id, self.bert)
        self.assertEqual(override.workorder_id, self.cut)
        self.assertEqual(override.reason_id, self.reason)
        self.assertEqual(override.requested_by_id, self.operator)

    def _check_approve(self, tour):
        override = self._ask_override(self.bert, self.operator)
        self.start_tour(
            f"/odoo/action-mrp_operator_skill.mrp_skill_override_action/{override.id}",
            tour,
            login=self.supervisor.login,
        )
        self.assertEqual(override.state, "approved")
        self.assertEqual(override.supervisor_id, self.supervisor)

    def _check_matrix(self):
        self.start_tour(
            "/odoo/action-mrp_operator_skill.mrp_skill_matrix_action",
            "mrp_operator_skill_matrix",
            login=self.supervisor.login,
        )


@tagged("post_install", "-at_install", "browser")
class TestDesktop(SkillTours):
    def test_request(self):
        self._check_request()

    def test_approve(self):
        self._check_approve("mrp_operator_skill_approve")

    def test_matrix(self):
        self._check_matrix()

    def test_require(self):
        self.start_tour(
            f"/odoo/action-mrp.mrp_workcenter_action/{self.saw.id}",
            "mrp_operator_skill_require",
            login="admin",
        )
        requirements = self.saw.skill_requirement_ids
        self.assertEqual(sorted(requirements.mapped("mode")), ["block", "flag"])


@tagged("post_install", "-at_install", "browser")
class TestPhone(SkillTours):
    browser_size = "375x667"
    touch_enabled = True

    def test_request(self):
        self._check_request()

    def test_approve(self):
        self._check_approve("mrp_operator_skill_approve_phone")

    def test_matrix(self):
        self._check_matrix()
