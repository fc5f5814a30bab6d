import threading

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged


@tagged("post_install", "-at_install", "-standard", "destructive")
class TestConcurrent(BaseCase):
    """Two supervisors decide at once: one record, and no error for the second."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # the other threads need it while the tests hold it
        self.patch(Registry, "_lock", DummyRLock())
        with self.registry.cursor() as cr:
            self._prepare(api.Environment(cr, SUPERUSER_ID, {}))

    def _prepare(self, env):
        workcenter = env["mrp.workcenter"].create({"name": "Concurrent"})
        kind = env["hr.skill.type"].create(
            {
                "name": "Concurrent",
                "skill_ids": [Command.create({"name": "Concurrent"})],
                "skill_level_ids": [
                    Command.create({"name": "Able", "level_progress": 50})
                ],
            }
        )
        requirement = env["mrp.skill.requirement"].create(
            {"workcenter_id": workcenter.id, "skill_id": kind.skill_ids.id}
        )
        product = env["product.product"].create({"name": "Concurrent"})
        bom = env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "operation_ids": [
                    Command.create({"name": "Cut", "workcenter_id": workcenter.id})
                ],
            }
        )
        order = env["mrp.production"].create({"bom_id": bom.id, "product_qty": 1})
        order.action_confirm()
        operator = env["hr.employee"].create({"name": "Bert", "is_operator": True})
        reason = env["mrp.reason"].create(
            {
                "name": "Concurrent",
                "code": f"C{order.id}",
                "category": "override",
            }
        )
        groups = env.ref("base.group_user") | env.ref(
            "mrp_operator.mrp_operator_group_supervisor"
        )
        users = env["res.users"].create(
            [
                {
                    "name": f"Supervisor {number}",
                    "login": f"concurrent-{order.id}-{number}",
                    "group_ids": [Command.set(groups.ids)],
                }
                for number in range(2)
            ]
        )
        self.users = users.ids
        self.vals = {
            "workorder_id": order.workorder_ids.id,
            "operator_id": operator.id,
            "requirement_id": requirement.id,
            "reason_id": reason.id,
        }

    def _at_once(self, call):
        """:return: what two supervisors got who did the same at the same time"""
        barrier, answers = threading.Barrier(2), {}

        def request(user):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, user, {})
                env["mrp.skill.override"].search([], limit=1)
                barrier.wait(20)
                try:
                    answers[user] = retrying(lambda: call(env), env)
                except UserError as error:
                    answers[user] = str(error)

        threads = [
            threading.Thread(target=request, args=(user,), daemon=True)
            for user in self.users
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return [answers.get(user) for user in self.users]

    def _overrides(self, env):
        return env["mrp.skill.override"].search(
            [("workorder_id", "=", self.vals["workorder_id"])]
        )

    def test_approving(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            override = env["mrp.skill.override"].create(self.vals).id
        answers = self._at_once(
            lambda env: env["mrp.skill.override"].browse(override).action_approve()
        )
        self.assertEqual(answers.count(True), 1, answers)
        told = next(answer for answer in answers if answer is not True)
        self.assertIn("decided already", told["params"]["message"])
        with self.registry.cursor() as cr:
            found = self._overrides(api.Environment(cr, SUPERUSER_ID, {}))
            self.assertEqual(found.state, "approved")
            self.assertEqual(found.supervisor_id.id, self.users[answers.index(True)])

    def test_approving_and_refusing(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            override = env["mrp.skill.override"].create(self.vals).id

        def decide(env):
            record = env["mrp.skill.override"].browse(override)
            first = env.uid == self.users[0]
            return record.action_approve() if first else record.action_refuse()

        answers = self._at_once(decide)
        self.assertEqual(answers.count(True), 1, answers)
        with self.registry.cursor() as cr:
            found = self._overrides(api.Environment(cr, SUPERUSER_ID, {}))
            self.assertEqual(found.state, ("approved", "refused")[answers.index(True)])

    def test_overriding(self):
        def override(env):
            record = env["mrp.skill.override"].create(self.vals)
            return record.action_approve()

        answers = self._at_once(override)
        self.assertEqual(answers.count(True), 1, answers)
        told = next(answer for answer in answers if answer is not True)
        self.assertIn("already", told)
        with self.registry.cursor() as cr:
            found = self._overrides(api.Environment(cr, SUPERUSER_ID, {}))
            self.assertEqual(len(found), 1)
            self.assertEqual(found.state, "approved")
