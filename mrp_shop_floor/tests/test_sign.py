import json
import uuid

from odoo.exceptions import UserError
from odoo.tools import SQL

from ..services.sign import SignService
from .common import ShopFloorCommon


class SignCommon(ShopFloorCommon):
    """An order with a record: cutting it is signed by two people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mrp_batch_record = True
        cls.bom.operation_ids[0].batch_signature = "checked"
        cls.order = cls._make_order(cls.bom, 10)
        cls.cut, cls.form, cls.coat = cls.order.workorder_ids
        cls.cora.barcode = "BADGECORA"
        cls.bert._set_operator_pin("0815")


class TestSign(SignCommon):
    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self.registry_enter_test_mode()
        self.token = self._sign_in()

    def _ask(self, action, user=None, token=None, **params):
        service = self._serve(SignService, user or self.anna_user, token or self.token)
        answer = getattr(service, action)(**params)
        self.env.flush_all()
        self.env.invalidate_all()
        return answer

    def _sign(self, meaning, badge="BADGECORA", pin="4711", name=None, **params):
        proof = {"method": "badge", "badge": badge, "pin": pin}
        answer = self._ask(
            "sign",
            workorder_id=self.cut.id,
            meaning=meaning,
            proof=proof,
            uuid=name or str(uuid.uuid4()),
            **params,
        )
        return answer["data"]["step"]

    def _get_events(self):
        return self.env["mrp.shop.floor.event"].search([("kind", "=", "sign")])

    def test_performer_and_second_person(self):
        self.assertEqual(self._get_work(self.token)["data"]["to_sign"], 0)
        self._tap("start", self.token)
        self._tap("finish", self.token)
        # the operation is over: what is missing is found in a list
        self.assertEqual(self._get_work(self.token)["data"]["to_sign"], 1)
        (row,) = self._ask("list")["data"]["rows"]
        self.assertEqual(
            (row["id"], row["pending"]), (self.cut.id, ["performed", "checked"])
        )
        step = self._sign("performed", "BADGEBERT", "0815")
        self.assertEqual(step["pending"], ["checked"])
        step = self._sign("checked", device_time="2026-11-25T22:10:00+01:00")
        self.assertFalse(step["pending"])
        self.assertIn("Bert", step["given"][0]["name"])
        self.assertIn("Cora", step["given"][1]["name"])
        self.assertFalse(self._ask("list")["data"]["rows"])
        event = self._get_events()[0]
        self.assertEqual((event.state, event.operator_id), ("done", self.anna))

    def test_two_parts(self):
        """Neither PIN nor badge alone, nor two that do not belong together."""
        for badge, pin in (
            ("", "4711"),
            ("BADGECORA", ""),
            ("BADGEBERT", "4711"),
            (None, None),
            ({"x": 1}, ["4711"]),
        ):
            with self.assertRaises(UserError):
                self._sign("performed", badge, pin)
        for proof in (
            {"method": "pin", "pin": "4711"},
            {"method": "badge", "operator_id": self.cora.id, "pin": "4711"},
            {},
            "x",
            None,
        ):
            with self.assertRaises(UserError):
                self._ask(
                    "sign",
                    workorder_id=self.cut.id,
                    meaning="performed",
                    proof=proof,
                    uuid=str(uuid.uuid4()),
                )
        self.assertFalse(
            self._ask("open", workorder_id=self.cut.id)["data"]["step"]["given"]
        )

    def test_second_person_is_somebody_else(self):
        self._sign("performed")
        with self.assertRaisesRegex(UserError, "somebody else"):
            self._sign("checked")

    def test_sent_twice(self):
        """The answer got lost: it is one signature, under the same name."""
        name = str(uuid.uuid4())
        self._sign("performed", name=name)
        step = self._sign("performed", name=name)
        self.assertEqual(len(step["given"]), 1)
        self.assertEqual(len(self._get_events()), 1)
        with self.assertRaisesRegex(UserError, "Another tap"):
            self._sign("checked", "BADGEBERT", "0815", name=name)

    def test_name_of_another_tap(self):
        event = self._event("start", self.token)
        self._send(event)
        with self.assertRaisesRegex(UserError, "Another tap"):
            self._sign("performed", name=event["uuid"])
        with self.assertRaisesRegex(UserError, "name of its own"):
            self._sign("performed", name="x")

    def test_refused_can_be_tried_again(self):
        name = str(uuid.uuid4())
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._sign("performed", pin="0000", name=name)
        step = self._sign("performed", name=name)
        self.assertEqual(len(step["given"]), 1)

    def test_no_proof_is_kept(self):
        # long enough not to stand in a hash by chance
        pin = "94718203"
        self.cora._set_operator_pin(pin)
        self.env.flush_all()
        self._sign("performed", pin=pin)
        self.env.flush_all()
        for table in ("mrp_shop_floor_event", "mrp_batch_seal"):
            query = SQL("SELECT to_jsonb(t) FROM %s t", SQL.identifier(table))
            self.env.cr.execute(query)
            text = json.dumps(self.env.cr.fetchall(), default=str)
            self.assertNotIn(pin, text)
            self.assertNotIn("BADGECORA", text)

    def test_not_through_the_outbox(self):
        """A signature that waited on a device would have kept its proof there."""
        payload = {"meaning": "performed", "badge": "BADGECORA", "pin": "4711"}
        result = self._tap("sign", self.token, payload=payload)
        self.assertState(result, "refused", "needs the network")
        self._sign("performed")
        signed = self._get_events().filtered(lambda e: e.state == "done")
        result = self._tap("undo", self.token, payload={"uuid": signed.uuid})
        self.assertState(result, "refused", "too late")

    def test_no_record(self):
        self.company.mrp_batch_record = False
        order = self._make_order(self.bom, 3)
        with self.assertRaisesRegex(UserError, "nothing to sign"):
            self._ask("open", workorder_id=order.workorder_ids[0].id)

    def test_other_company(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        user = self._make_user("elsewhere", company=other)
        self.env["hr.employee"].create(
            {
                "name": "Otto",
                "is_operator": True,
                "company_id": other.id,
                "user_id": user.id,
            }
        )
        token = self._start_page(user)[0]["token"]
        with self.assertRaisesRegex(UserError, "not one of yours"):
            self._ask("open", user, token, workorder_id=self.cut.id)
        self.assertFalse(self._ask("list", user, token)["data"]["rows"])

    def test_guessing_is_locked(self):
        """PINs that are tried here count like those of signing in."""
        for _try in range(6):
            try:
                self._sign("performed", pin="0000")
            except UserError as error:
                last = str(error)
        self.assertRegex(last, "Too many|locked")
