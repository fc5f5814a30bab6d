import json

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .common import BatchCommon


@tagged("post_install", "-at_install")
class TestAccess(BatchCommon):
    """Who sees what, and in which company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._make()
        cls.record = cls._get_record(cls.order)
        cls.other = cls.env["res.company"].create({"name": "Elsewhere"})

    def test_people_of_another_company(self):
        stranger = self._make_user(
            "test_batch_stranger",
            "stock_lot_hold.stock_lot_hold_group_release,mrp.group_mrp_user",
            self.other,
        )
        context = {"allowed_company_ids": self.other.ids}
        outside = self.env(user=stranger, context=context)
        self.env["mrp.batch.deviation"].create(
            {"record_id": self.record.id, "description": "Ours"}
        )
        self._verify()
        self.env["mrp.batch.anchor"].sudo()._make(self.company)
        for name in (
            "mrp.batch.record",
            "mrp.batch.seal",
            "mrp.batch.link",
            "mrp.batch.deviation",
            "mrp.batch.verification",
            "mrp.batch.anchor",
        ):
            mine = self.env[name].with_user(self.quality).search([])
            self.assertTrue(mine, name)
            theirs = outside[name]
            self.assertFalse(theirs.search([]) & mine, name)
            with self.assertRaises(AccessError):
                mine.with_env(outside).read(["company_id"])
        with self.assertRaises(AccessError):
            self.record.with_env(outside).action_review()
        with self.assertRaises(AccessError):
            self.record.with_env(outside)._decide("released", "Mine")
        with self.assertRaises(AccessError):
            self.record.with_env(outside)._correct(1, "a", "b", "c", "d")

    def test_two_roles_see_no_less_than_one(self):
        both = self._make_user(
            "test_batch_both",
            "mrp.group_mrp_user,stock_lot_hold.stock_lot_hold_group_release",
        )
        for user in (self.planner, self.quality, self.viewer, both):
            record = self.record.with_user(user)
            self.assertEqual(record.search([("id", "=", record.id)]), record)
            self.assertIn("FARM-0815", record.paper)
            self.assertTrue(record.timeline)
            self.assertIsNotNone(record.exceptions)
            self.assertTrue(record.entry_ids)

    def test_who_verifies(self):
        verifications = self.env["mrp.batch.verification"]
        action = verifications.with_user(self.viewer).action_verify()
        found = verifications.with_user(self.viewer).browse(action["res_id"])
        self.assertEqual((found.state, found.company_id), ("ok", self.company))
        with self.assertRaises(AccessError):
            verifications.with_user(self.planner).action_verify()
        with self.assertRaises(AccessError):
            self.env["mrp.batch.anchor"].with_user(self.planner).action_file()

    def test_settings(self):
        self.company.write({"mrp_batch_record": False})
        settings = self.env["res.config.settings"].create({})
        with Form(settings) as form:
            form.mrp_batch_record = True
            form.mrp_batch_tolerance = 3
            form.mrp_batch_anchor_email = "auditor@example.com"
        settings.execute()
        self.assertTrue(self.company.mrp_batch_record)
        self.assertEqual(self.company.mrp_batch_tolerance, 3)

    def test_a_new_company(self):
        company = self.env["res.company"].create(
            {"name": "New", "mrp_batch_record": True}
        )
        self.assertTrue(company.mrp_batch_record_since)
        self.assertEqual(company.mrp_batch_sequence_id.company_id, company)

    def test_retention(self):
        above = self.env["product.category"].create(
            {"name": "Food", "batch_retention_months": 24}
        )
        below = self.env["product.category"].create(
            {"name": "Cheese", "parent_id": above.id}
        )
        self.cheese.categ_id = below
        record = self._get_record(self._make())
        today = fields.Date.today()
        self.assertEqual(record.retention_date, fields.Date.add(today, months=24))
        self.assertTrue(record._is_retained())

    def test_the_head_is_mailed_when_it_grew(self):
        self.company.mrp_batch_anchor_email = "auditor@example.com"
        anchors = self.env["mrp.batch.anchor"].sudo()
        anchor = anchors._send(self.company)
        self.assertEqual((anchor.position, anchor.sent_to), (9, "auditor@example.com"))
        mail = (
            self.env["mail.mail"]
            .sudo()
            .search([("model", "=", anchor._name), ("res_id", "=", anchor.id)])
        )
        addresses = [mail.email_to, *mail.recipient_ids.mapped("email")]
        self.assertIn("auditor@example.com", addresses)
        content = json.loads(mail.attachment_ids.raw)
        self.assertEqual(content["hash"], anchor.head)
        self.assertFalse(anchors.with_company(self.company)._check_content(content))
        self.assertFalse(anchors._send(self.company))
        self._make()
        self.assertEqual(anchors._send(self.company).position, 18)

    def test_the_dialog_that_checks_a_head(self):
        anchor = self.env["mrp.batch.anchor"].sudo()._make(self.company)
        wizard = self.env["mrp.batch.anchor.check"].with_user(self.viewer)
        same = wizard.create({"file": anchor.file})
        same.action_check()
        self.assertEqual(same.state, "ok")
        self.assertTrue(anchor.action_download())


@tagged("post_install", "-at_install")
class TestDoors(BatchCommon, HttpCase):
    """A plain user tries every door from outside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._make()
        cls.record = cls._get_record(cls.order)
        tomorrow = fields.Datetime.add(fields.Datetime.now(), days=1)
        cls.key = (
            cls.env["res.users.apikeys"]
            .with_user(cls.planner)
            ._generate("rpc", "doors", tomorrow)
        )

    def _call(self, model, method, **params):
        with mute_logger("odoo.http"):
            response = self.url_open(
                f"/json/2/{model}/{method}",
                data=json.dumps(params),
                headers={
                    "Authorization": f"bearer {self.key}",
                    "Content-Type": "application/json",
                },
            )
        return response.status_code, response.json()

    def _refused(self, model, method, **params):
        status, answer = self._call(model, method, **params)
        self.assertGreaterEqual(status, 400, answer)
        return answer

    def test_over_rpc(self):
        mark = {"mrp_batch_record_deciding": True, "mrp_batch_record_completing": True}
        entry = self.record.entry_ids[0]
        self._refused("mrp.batch.seal", "write", ids=entry.ids, vals={"hash": "x"})
        self._refused("mrp.batch.seal", "unlink", ids=entry.ids)
        self._refused("mrp.batch.seal", "create", vals_list=[{"record": "x"}])
        for vals in ({"state": "released"}, {"entry_count": 0}):
            self._refused(
                "mrp.batch.record",
                "write",
                ids=self.record.ids,
                vals=vals,
                context=mark,
            )
        self._refused("mrp.batch.record", "unlink", ids=self.record.ids)
        for method in ("_add", "_decide", "_open", "_execute"):
            self._refused("mrp.batch.record", method, ids=self.record.ids)
        self._refused("mrp.batch.person", "search_read", domain=[], fields=["text"])
        answer = self._refused(
            "mrp.production",
            "write",
            ids=self.order.ids,
            vals={"state": "progress"},
            context=mark,
        )
        self.assertIn(self.record.name, answer["message"])

    def test_wrong_passwords_are_throttled(self):
        self.env["ir.config_parameter"].sudo().set_param("base.login_cooldown_after", 2)
        registry = self.env.registry
        self.addCleanup(lambda: registry.__dict__.pop("_login_failures", None))
        registry.__dict__.pop("_login_failures", None)
        self.planner.password = "a long enough password"
        wizard = (
            self.env["mrp.batch.sign"]
            .with_user(self.planner)
            .create({"record_id": self.record.id})
        )
        messages = []
        for password in ("wrong", "wrong", "a long enough password"):
            with mute_logger("odoo.addons.base.models.res_users"):
                answer = self._refused(
                    "mrp.batch.sign",
                    "action_sign",
                    ids=wizard.ids,
                    context={"password": password},
                )
            messages.append(answer["message"])
        self.assertNotIn("Too many login failures", messages[1])
        self.assertIn("Too many login failures", messages[2])

    def test_a_forged_mark_hides_no_change(self):
        status, answer = self._call(
            "stock.move.line",
            "write",
            ids=self.order.move_raw_ids.move_line_ids[:1].ids,
            vals={"quantity": 39},
            context={"mrp_batch_record_completing": True},
        )
        self.assertEqual(status, 200, answer)
        self.env.invalidate_all()
        self.assertIn("change", self._get_kinds(self.record))

    def test_a_record_can_be_read(self):
        status, answer = self._call(
            "mrp.batch.record", "read", ids=self.record.ids, fields=["name", "paper"]
        )
        self.assertEqual(status, 200, answer)
        self.assertIn("FARM-0815", answer[0]["paper"])
