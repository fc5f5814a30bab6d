from .common import SkillCommon


class TestAutomaticPlanning(SkillCommon):
    """Nothing is moved to where nobody may do it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_saw = cls.saw.copy({"name": "Other saw"})
        cls.other_saw.skill_requirement_ids.unlink()
        cls.saw.alternative_workcenter_ids = cls.other_saw
        # the saw is taken: any other place is sooner
        cls.taken = cls._plan(cls._make_order(cls.bom, 1000))

    @classmethod
    def _plan(cls, order):
        order.with_user(cls.user).button_plan()
        return order.workorder_ids[0].workcenter_id

    def _plan_another(self):
        return self._plan(self._make_order(self.bom, 10))

    def test_nothing_asked_for(self):
        self.assertEqual(self.taken, self.saw)
        self.assertEqual(self._plan_another(), self.other_saw)

    def test_nobody_is_qualified(self):
        asked = self._make_requirement(workcenter_id=self.other_saw.id)
        self.assertEqual(self._plan_another(), self.other_saw)
        asked.skill_level_id = self.master
        self.assertEqual(self._plan_another(), self.saw)
        asked.mode = "flag"
        self.assertEqual(self._plan_another(), self.other_saw)

    def test_recipe_stays(self):
        """Where the recipe wants it, it is planned without anybody, too."""
        self.requirement.skill_level_id = self.master
        self._make_requirement(
            workcenter_id=self.other_saw.id, skill_level_id=self.master.id
        )
        self.assertEqual(self._plan_another(), self.saw)
