from .common import SkillCommon


class TestExpiry(SkillCommon):
    """People are reminded once, before it is too late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["hr.employee.skill"]._remind_expiry()
        cls.operator = cls._make_user("bert")
        cls.bert.user_id = cls.operator
        cls.company.mrp_skill_expiry_days = 30

    def _remind(self):
        self.env["hr.employee.skill"]._remind_expiry()
        activity_type = self.env.ref("mrp_operator_skill.mail_activity_type_expiry")
        return self.bert.activity_ids.filtered(
            lambda activity: activity.activity_type_id == activity_type
        )

    def test_person_and_supervisor(self):
        row = self._qualify(self.bert, end=20)
        activities = self._remind()
        self.assertIn(self.operator, activities.user_id)
        self.assertIn(self.supervisor, activities.user_id)
        self.assertEqual(set(activities.mapped("date_deadline")), {row.valid_to})
        self.assertEqual(self._remind(), activities)

    def test_the_manager_is_the_supervisor(self):
        self.bert.parent_id = self.cora
        self.cora.user_id = self.other_supervisor
        self._qualify(self.bert, end=20)
        self.assertEqual(self._remind().user_id, self.operator | self.other_supervisor)

    def test_done_is_done(self):
        self._qualify(self.bert, end=20)
        self._remind().action_feedback()
        self.assertFalse(self._remind())

    def test_not_yet_and_no_more(self):
        for end in (31, -1, None):
            row = self._qualify(self.bert, end=end)
            self.assertFalse(self._remind(), end)
            row.unlink()

    def test_switched_off(self):
        self.company.mrp_skill_expiry_days = 0
        self._qualify(self.bert, end=20)
        self.assertFalse(self._remind())

    def test_nobody_asks_for_it(self):
        self.requirement.active = False
        self._qualify(self.bert, end=20)
        self.assertFalse(self._remind())

    def test_renewed(self):
        self._qualify(self.bert, end=20)
        self._qualify(self.bert, start=21, end=400)
        self.assertFalse(self._remind())

    def test_renewed_but_not_validated(self):
        self._qualify(self.bert, end=20)
        self._hold(self.bert, start=21, end=400)
        self.assertTrue(self._remind())

    def test_a_new_end(self):
        row = self._qualify(self.bert, end=20)
        first = self._remind()
        row.valid_to = self._day(25)
        row.with_user(self.supervisor).action_validate()
        self.assertGreater(self._remind(), first)
