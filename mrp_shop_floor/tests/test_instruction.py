from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from .common import ShopFloorCommon


class TestInstruction(ShopFloorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operation = cls.cut.operation_id
        cls.first = cls.env["mrp.operation.instruction"].create(
            {"operation_id": cls.operation.id, "body": "<p>Wear gloves</p>"}
        )

    def setUp(self):
        super().setUp()
        self.token = self._sign_in()

    def _shown(self):
        return self._get_run(self.token)["data"]["run"]["instruction"]

    def test_published_is_shown(self):
        self.assertFalse(self._shown())
        self.first.action_publish()
        self.assertIn("gloves", self._shown()["body"])
        self.assertEqual(self.operation.instruction_id, self.first)

    def test_run_keeps_its_version(self):
        self.first.action_publish()
        self._tap("start", self.token)
        action = self.first.action_new_version()
        second = self.env["mrp.operation.instruction"].browse(action["res_id"])
        second.body = "<p>Wear gloves and goggles</p>"
        second.action_publish()
        self.assertEqual((self.first.state, second.version), ("replaced", 2))
        self.assertEqual(self.cut.instruction_id, self.first)
        self.assertEqual(self._shown()["version"], 1)
        order = self._make_order(self.bom, 2)
        run = self._get_run(self.token, order.workorder_ids[0])["data"]["run"]
        self.assertEqual(run["instruction"]["version"], 2)

    def test_published_stays(self):
        self.first.action_publish()
        manager = new_test_user(
            self.env,
            "floor-manager",
            groups="base.group_user,mrp.group_mrp_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        published = self.first.with_user(manager)
        with self.assertRaisesRegex(UserError, "New Version"):
            published.body = "<p>No gloves</p>"
        with self.assertRaises(UserError):
            published.state = "draft"
        with self.assertRaises(UserError):
            published.unlink()
        with self.assertRaises(UserError):
            published.action_publish()
        copy = published.copy()
        self.assertEqual((copy.version, copy.state), (2, "draft"))
        copy.unlink()

    def test_operators_read(self):
        self.first.action_publish()
        mine = self.first.with_user(self.anna_user)
        self.assertIn("gloves", mine.body)
        for attack in (
            lambda: mine.write({"change_note": "x"}),
            mine.action_publish,
            mine.copy,
        ):
            with self.assertRaises(AccessError):
                attack()

    def test_body_is_sanitized(self):
        self.first.body = "<p onclick='x()'>Hi<script>alert(1)</script></p>"
        self.first.action_publish()
        body = self._shown()["body"]
        self.assertNotIn("script", body)
        self.assertNotIn("onclick", body)
