import json
from datetime import timedelta

from odoo import Command, fields

from .common import ShopFloorCommon

MONEY = ("price", "cost", "amount", "value", "rate", "currency", "wage")


class TestWork(ShopFloorCommon):
    def setUp(self):
        super().setUp()
        self.token = self._sign_in()

    def _rows(self, **params):
        rows = self._get_work(self.token, **params)["data"]["rows"]
        return {row["id"]: row for row in rows}

    def test_groups(self):
        rows = self._rows()
        self.assertEqual(rows[self.cut.id]["group"], "ready")
        self.assertEqual(rows[self.form.id]["group"], "blocked")
        self.assertEqual(rows[self.form.id]["why"], ["Waits for Cut."])
        self._tap("start", self.token)
        self.assertEqual(self._rows()[self.cut.id]["group"], "running")

    def test_blocked_work_center(self):
        self._tap("block", self.token, payload={"reason_id": self.stop_reason.id})
        row = self._rows()[self.cut.id]
        self.assertEqual(row["group"], "blocked")
        self.assertIn("Reason T-DT", row["why"][0])

    def test_not_allowed(self):
        self.anna.sudo().operator_date_end = fields.Date.today() - timedelta(days=1)
        row = self._rows()[self.cut.id]
        self.assertEqual(row["group"], "blocked")
        self.assertIn("Anna", row["why"][0])
        run = self._get_run(self.token)["data"]["run"]
        self.assertIn("Anna", run["problems"][0])

    def test_not_qualified(self):
        kind = self.env["hr.skill.type"].create(
            {
                "name": "Machines",
                "skill_ids": [Command.create({"name": "Saw"})],
                "skill_level_ids": [
                    Command.create({"name": "Able", "level_progress": 60})
                ],
            }
        )
        self.env["mrp.skill.requirement"].create(
            {
                "workcenter_id": self.saw.id,
                "skill_id": kind.skill_ids.id,
                "skill_level_id": kind.skill_level_ids.id,
                "certificate_required": False,
            }
        )
        row = self._rows()[self.cut.id]
        self.assertEqual(row["group"], "blocked")
        self.assertIn("Saw", row["why"][0])
        self.assertState(self._tap("start", self.token), "refused", "Saw")
        late = self._tap("start", self.token, minutes=10)
        self.assertState(late, "exception", "Saw")

    def test_planned_for_others(self):
        self.cut.operator_ids = self.bert
        self.assertNotIn(self.cut.id, self._rows())
        self.cut.operator_ids |= self.anna
        self.assertIn(self.cut.id, self._rows())

    def test_planners_order(self):
        order = self._make_order(self.bom, 5)
        order.workorder_ids[0].date_start = fields.Datetime.now() - timedelta(days=9)
        self.cut.date_start = fields.Datetime.now() + timedelta(days=9)
        keys = list(self._rows())
        self.assertLess(keys.index(order.workorder_ids[0].id), keys.index(self.cut.id))

    def test_work_center(self):
        rows = self._rows(workcenter_id=self.press.id)
        self.assertEqual(list(rows), self.form.ids)

    def test_no_money(self):
        self._tap("start", self.token)
        self._tap("declare", self.token, payload={"what": "good", "quantity": 1})
        text = json.dumps(self._get_work(self.token)) + json.dumps(
            self._get_run(self.token)
        )
        for word in MONEY:
            self.assertNotRegex(text, rf'"[a-z_]*{word}[a-z_]*":', word)

    def test_queries_do_not_grow(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._rows()
            return self.env.cr.sql_log_count - before

        for _n in range(11):
            self._make_order(self.bom, 3)
        count()
        # twelve orders, 36 operations: fewer than two queries each, all told
        self.assertLess(count(), 70)

    def test_run(self):
        self._tap("declare", self.token, payload={"what": "good", "quantity": 4})
        run = self._get_run(self.token)["data"]["run"]
        self.assertEqual(run["good"], 4)
        self.assertEqual(run["declared"][0]["quantity"], 4)
        self.assertEqual(run["outputs"][0]["units"][0]["factor"], 1)
        self.assertTrue(run["reasons"]["pause"][0]["favorite"])
        (material,) = run["materials"]
        self.assertEqual(material["product"], "Milk")
        self.assertEqual(material["needed"], 10)

    def test_gone(self):
        self._tap("finish", self.token)
        answer = self._get_run(self.token)
        self.assertEqual(answer["next_state"], "my_work")
        self.assertEqual(answer["message"]["kind"], "warning")
