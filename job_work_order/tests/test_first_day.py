from odoo.exceptions import AccessError

from .common import JobCommon


class TestFirstDay(JobCommon):
    def _get_done(self, user=None):
        steps = self.env["job.first.day"].with_user(user or self.planner).get_steps()
        return {step["key"]: step["done"] for step in steps["steps"]}

    def test_steps(self):
        """What is there is ticked off, step by step."""
        done = self._get_done()
        self.assertEqual(
            done,
            {
                "preset": False,
                "workcenter": True,
                "bom": True,
                "job": False,
                "run": False,
                "done": False,
            },
        )
        self.company._apply_job_preset("parts")
        self.company.job_approval = False
        done = self._get_done()
        self.assertTrue(done["preset"])
        self.assertFalse(done["operator"])
        self.env["hr.employee"].create(
            {"name": "Anna", "company_id": self.company.id, "is_operator": True}
        )
        self.assertTrue(self._get_done()["operator"])
        job = self._make_job()
        self.assertFalse(self._get_done()["job"])
        job.action_submit()
        self.assertTrue(self._get_done()["job"])
        job.action_plan()
        self.assertTrue(self._get_done()["run"])
        self._complete(job.sudo().production_ids)
        self.assertTrue(all(self._get_done().values()))

    def test_warehouse(self):
        """Odoo gives a warehouse to the first company only."""
        self.assertNotIn("warehouse", self._get_done())
        warehouses = self.env["stock.warehouse"]
        warehouses.search([("company_id", "=", self.company.id)]).active = False
        self.assertIs(self._get_done()["warehouse"], False)

    def test_other_company(self):
        """Another company begins its own first day."""
        self._make_planned()
        other = self._make_company("Dryer")
        user = self._make_user(
            "other-planner", "job_work_order.job_work_order_group_planner", other
        )
        first_day = self.env["job.first.day"].with_user(user)
        steps = first_day.with_context(allowed_company_ids=other.ids).get_steps()
        done = {step["key"]: step["done"] for step in steps["steps"]}
        self.assertFalse(done["job"] or done["run"] or done["bom"])

    def test_actions(self):
        """Who may not do a step is told whom to ask."""
        steps = self.env["job.first.day"].with_user(self.planner).get_steps()["steps"]
        by_key = {step["key"]: step for step in steps}
        self.assertFalse(by_key["preset"]["action"])
        self.assertIn("administrator", by_key["preset"]["text"])
        self.assertTrue(by_key["job"]["action"])
        for step in self.env["job.first.day"].get_steps()["steps"]:
            if step["action"]:
                self.env["ir.actions.actions"]._for_xml_id(step["action"])

    def test_dismiss(self):
        first_day = self.env["job.first.day"]
        with self.assertRaises(AccessError):
            first_day.with_user(self.boss).dismiss()
        first_day.with_user(self.planner).dismiss()
        self.assertFalse(self._get_done())
        # only planners are guided
        self.company.job_first_day_hidden = False
        self.assertFalse(self._get_done(self.boss))
