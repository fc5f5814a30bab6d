import json

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ReasonCommon


@tagged("post_install", "-at_install")
class TestDoors(ReasonCommon, HttpCase):
    """A plain user tries every door from outside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mrp_scrap_reason_required = True
        cls.order = cls._make_order(cls.bom, 10)
        cls.key = (
            cls.env["res.users.apikeys"]
            .with_user(cls.user)
            ._generate(
                "rpc", "doors", fields.Datetime.add(fields.Datetime.now(), days=1)
            )
        )

    def _call(self, model, method, **params):
        """:return: ``(status, answer)`` of ``/json/2``"""
        response = self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(params),
            headers={
                "Authorization": f"bearer {self.key}",
                "Content-Type": "application/json",
            },
        )
        return response.status_code, response.json()

    def _refused(self, text, model, method, **params):
        with mute_logger("odoo.http"):
            status, answer = self._call(model, method, **params)
        self.assertGreaterEqual(status, 400, answer)
        self.assertIn(text, answer["message"])

    def _create_scrap(self, **values):
        status, ids = self._call(
            "stock.scrap",
            "create",
            vals_list=[self._prepare_scrap(self.order, self.milk, **values)],
        )
        self.assertEqual(status, 200, ids)
        return ids

    def test_scrap_without_reason(self):
        ids = self._create_scrap()
        for method in ("action_validate", "do_scrap"):
            self._refused("needs a reason", "stock.scrap", method, ids=ids)
            self._refused(
                "needs a reason",
                "stock.scrap",
                method,
                ids=ids,
                context={"skip_reason": True, "mrp_reason": False, "is_scrap": True},
            )
        self._refused(
            "needs a reason", "stock.scrap", "write", ids=ids, vals={"state": "done"}
        )
        status, _answer = self._call(
            "stock.scrap",
            "write",
            ids=ids,
            vals={"mrp_reason_id": self.scrap_reason.id},
        )
        self.assertEqual(status, 200)
        self.assertEqual(self._call("stock.scrap", "action_validate", ids=ids)[0], 200)

    def test_import(self):
        fields_list = ["product_id/.id", "scrap_qty", "production_id/.id", "state"]
        row = [str(self.milk.id), "1", str(self.order.id), "done"]
        status, answer = self._call(
            "stock.scrap", "load", fields=fields_list, data=[row]
        )
        self.assertEqual(status, 200)
        self.assertFalse(answer["ids"])
        self.assertIn("needs a reason", answer["messages"][0]["message"])

    def test_reasons_that_may_not_be_used(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        for reason, text in (
            (self._make_reason("O", "scrap", company_id=other.id), "Elsewhere"),
            (self._make_reason("A", "scrap", active=False), "archived"),
            (
                self._make_reason("W", "scrap", workcenter_ids=self.workcenter.ids),
                "Vat",
            ),
            (self.delay_reason, "does not fit"),
        ):
            self._refused(
                text,
                "stock.scrap",
                "create",
                vals_list=[
                    self._prepare_scrap(self.order, self.milk, mrp_reason_id=reason.id)
                ],
            )

    def test_the_record_of_an_operation(self):
        vals = {"production_id": self.order.id, "kind": "scrap", "quantity": 1}
        self._refused(
            "needs a reason", "mrp.operation.quantity", "create", vals_list=[vals]
        )
        vals["reason_id"] = self.scrap_reason.id
        status, ids = self._call(
            "mrp.operation.quantity", "create", vals_list=[{**vals, "cost": 9}]
        )
        self.assertEqual(status, 200)
        other = self.env["stock.scrap"].create(
            self._prepare_scrap(self.order, self.milk, mrp_reason_id=vals["reason_id"])
        )
        status, crafted = self._call(
            "mrp.operation.quantity",
            "create",
            vals_list=[{**vals, "scrap_id": other.id}],
            context={
                "default_user_id": 1,
                "default_reversed": True,
                "default_cost": 9,
                "default_scrap_id": other.id,
            },
        )
        self.assertEqual(status, 200, crafted)
        row = self.env["mrp.operation.quantity"].browse(crafted)
        self.assertFalse(row.reversed or row.cost or row.scrap_id)
        self.assertEqual(row.user_id, self.user)
        row = self.env["mrp.operation.quantity"].browse(ids)
        self.assertFalse(row.cost)
        self.assertEqual(row.user_id, self.user)
        self._refused(
            "is not changed",
            "mrp.operation.quantity",
            "write",
            ids=ids,
            vals={"quantity": 5},
        )
        self._refused("", "mrp.operation.quantity", "unlink", ids=ids)

    def test_the_frozen_plan(self):
        for model, ids in (
            ("mrp.production", self.order.ids),
            ("mrp.workorder", self.order.workorder_ids[:1].ids),
        ):
            self._refused(
                "frozen", model, "write", ids=ids, vals={"baseline_end": "2099-01-01"}
            )

    def test_another_addon_scraps(self):
        """Whoever creates scrap of an order is told what is missing."""
        scrap = self.env["stock.scrap"].create(
            self._prepare_scrap(self.order, self.milk)
        )
        with self.assertRaisesRegex(Exception, "needs a reason"):
            scrap.sudo().do_scrap()
