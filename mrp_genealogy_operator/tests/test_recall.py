from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.mrp_genealogy.tests.common import GenealogyCommon


@tagged("at_install", "-post_install")
class TestRecall(GenealogyCommon):
    """Three cheeses of one milk: each made by somebody else, one with an incident."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna, cls.bert = cls.env["hr.employee"].create(
            [
                {"name": name, "company_id": cls.company.id, "is_operator": True}
                for name in ("Anna", "Bert")
            ]
        )
        cls.vat, cls.press = cls.env["mrp.workcenter"].create(
            [{"name": name, "company_id": cls.company.id} for name in ("Vat", "Press")]
        )
        cls.bom = cls._make_bom(
            cls.cheese,
            [(cls.milk, 1)],
            operation_ids=[
                Command.create({"name": "Cook", "workcenter_id": cls.vat.id}),
                Command.create({"name": "Form", "workcenter_id": cls.press.id}),
            ],
        )
        cls.heading, cls.metal, cls.noise = cls.env["mrp.reason"].create(
            [
                {
                    "name": name,
                    "code": f"TGO-{name}",
                    "category": "scrap",
                    "company_id": cls.company.id,
                }
                for name in ("Foreign bodies", "Metal", "Noise")
            ]
        )
        cls.metal.parent_id = cls.heading
        cls._make_lot("M1", 100)
        cls.loss = cls.env["mrp.workcenter.productivity.loss"].search(
            [("loss_type", "=", "productive")], limit=1
        )
        cls.releaser.group_ids = cls.env.ref(
            "stock_lot_hold.stock_lot_hold_group_release"
        ) | cls.env.ref("base.group_user")

    @classmethod
    def _make_cheese(cls, name, operator=None, workcenter=None):
        order = cls._make_order(cls.cheese, 5, cls.bom)
        order.lot_producing_ids = cls._make_lot(name, product=cls.cheese)
        if operator:
            now = fields.Datetime.now()
            workorder = order.workorder_ids.filtered(
                lambda wo: wo.workcenter_id == workcenter
            )
            cls.env["mrp.workcenter.productivity"].create(
                {
                    "workorder_id": workorder.id,
                    "workcenter_id": workcenter.id,
                    "operator_id": operator.id,
                    "loss_id": cls.loss.id,
                    "company_id": cls.company.id,
                    "date_start": now - timedelta(minutes=20),
                    "date_end": now,
                }
            )
        order.qty_producing = 5
        order._set_qty_producing()
        cls._complete(order)
        return order

    def _recall(self, **values):
        """:return: names of the lots found by whoever runs recalls"""
        recall = (
            self.env["mrp.recall"]
            .with_user(self.releaser)
            .create({"title": "Incident", "company_id": self.company.id, **values})
        )
        recall.action_compute()
        return set(recall.line_ids.lot_id.mapped("name"))

    def test_what_an_operator_made(self):
        self._make_cheese("C1", self.anna, self.vat)
        self._make_cheese("C2", self.bert, self.vat)
        self.assertEqual(self._recall(operator_id=self.anna.id), {"C1"})
        self.assertEqual(
            self._recall(operator_id=self.anna.id, workcenter_id=self.vat.id), {"C1"}
        )

    def test_an_operator_who_made_nothing_then(self):
        self._make_cheese("C1", self.anna, self.vat)
        with self.assertRaisesRegex(UserError, "No lot matches"):
            self._recall(
                operator_id=self.anna.id,
                date_to=fields.Datetime.now() - timedelta(days=9),
            )

    def test_time_that_was_taken_back_does_not_count(self):
        order = self._make_cheese("C1", self.anna, self.vat)
        order.workorder_ids.time_ids.filtered("operator_id").unlink()
        with self.assertRaisesRegex(UserError, "No lot matches"):
            self._recall(operator_id=self.anna.id)

    def test_declared_reason_and_its_heading(self):
        bad = self._make_order(self.cheese, 5, self.bom)
        bad.lot_producing_ids = self._make_lot("C1", product=self.cheese)
        bad._declare_quantities(
            [
                {
                    "kind": "scrap",
                    "quantity": 1,
                    "reason_id": self.metal.id,
                    "workorder_id": bad.workorder_ids[0].id,
                }
            ]
        )
        bad.qty_producing = 4
        bad._set_qty_producing()
        self._complete(bad)
        self._make_cheese("C2")
        self.assertEqual(self._recall(mrp_reason_id=self.metal.id), {"C1"})
        self.assertEqual(self._recall(mrp_reason_id=self.heading.id), {"C1"})
        with self.assertRaisesRegex(UserError, "No lot matches"):
            self._recall(mrp_reason_id=self.noise.id)

    def test_scrapped_component(self):
        order = self._make_cheese("C1")
        self._make_cheese("C2")
        scrap = self.env["stock.scrap"].create(
            {
                "product_id": self.cheese.id,
                "lot_id": order.lot_producing_ids.id,
                "scrap_qty": 1,
                "production_id": order.id,
                "company_id": self.company.id,
                "mrp_reason_id": self.metal.id,
            }
        )
        with self.assertRaisesRegex(UserError, "No lot matches"):
            self._recall(mrp_reason_id=self.metal.id)
        scrap.action_validate()
        self.assertEqual(self._recall(mrp_reason_id=self.metal.id), {"C1"})

    def test_reason_of_a_stop(self):
        self.company.mrp_delay_tracking = True
        order = self._make_cheese("C1")
        self._make_cheese("C2")
        self.noise.category = "downtime"
        delay = self.env["mrp.delay"].create(
            {
                "kind": "pause",
                "production_id": order.id,
                "workorder_id": order.workorder_ids[0].id,
                "company_id": self.company.id,
                "date_start": order.date_start,
                "date_end": order.date_start + timedelta(minutes=9),
            }
        )
        delay._classify([{"reason_id": self.noise}])
        self.assertEqual(self._recall(mrp_reason_id=self.noise.id), {"C1"})

    def test_whoever_recalls_may_be_an_operator_too(self):
        self._make_cheese("C1", self.anna, self.vat)
        self.releaser.group_ids |= self.env.ref(
            "mrp_operator.mrp_operator_group_operator"
        )
        self.assertEqual(self._recall(operator_id=self.anna.id), {"C1"})
        self.assertEqual(
            self._recall(operator_id=self.anna.id, workcenter_id=self.vat.id), {"C1"}
        )

    def test_criteria_of_a_running_recall_stay(self):
        self._make_cheese("C1", self.anna, self.vat)
        recall = self.env["mrp.recall"].create(
            {"title": "Incident", "operator_id": self.anna.id}
        )
        recall.action_compute()
        with self.assertRaisesRegex(UserError, "Look Again"):
            recall.operator_id = self.bert
        with self.assertRaisesRegex(UserError, "Look Again"):
            recall.mrp_reason_id = self.metal
