from odoo import fields
from odoo.tests import Form, tagged

from .common import RunCostCommon


@tagged("at_install", "-post_install")
class TestWip(RunCostCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.milk = cls._make_product("Milk")
        cls._receive(cls.milk, 1000, 0.40)
        cls.cheese = cls._make_product("Cheese")
        cls.bom = cls._make_bom(cls.cheese, [(cls.milk, 10)], minutes=60)

    def _issue(self, order, quantity):
        move = self.env["stock.move"].create(
            {
                "product_id": self.milk.id,
                "product_uom_qty": quantity,
                "product_uom": self.milk.uom_id.id,
                "raw_material_production_id": order.id,
                "location_id": order.location_src_id.id,
                "location_dest_id": order.production_location_id.id,
            }
        )
        move._action_confirm()
        move.quantity = quantity
        move.picked = True
        move._action_done()
        return move

    def test_value_of_open_runs(self):
        order = self._make_order(self.bom)
        self.assertEqual(order.wip_value, 0)
        issue = self._issue(order, 5)
        issue.date = "2025-03-01 10:00:00"
        self._log_time(order.workorder_ids, 30, "2025-03-02 08:00:00")
        order.invalidate_recordset(["wip_value"])
        self.assertEqual(order.wip_value, 2 + 30)
        at = order.with_context(wip_date="2025-03-01 12:00:00")
        self.assertEqual(at.wip_value, 2)
        before = order.with_context(wip_date="2025-02-28 12:00:00")
        self.assertEqual(before.wip_value, 0)
        self._complete(order)
        self.assertEqual(order.wip_value, 0)
        self.assertEqual(
            order.with_context(wip_date="2025-03-02 12:00:00").wip_value, 32
        )

    def test_wizard_lists_who_was_open(self):
        order = self._make_order(self.bom)
        self._issue(order, 5).date = "2025-03-01 10:00:00"
        later = self._make_order(self.bom)
        self._issue(later, 5).date = "2025-04-01 10:00:00"
        self._complete(order)
        wizard = self.env["mrp.run.wip"].create({"date": "2025-03-15 00:00:00"})
        action = wizard.action_open()
        orders = self.env["mrp.production"].search(action["domain"])
        self.assertEqual(orders & (order | later), order)
        wizard.date = fields.Datetime.now()
        orders = self.env["mrp.production"].search(wizard.action_open()["domain"])
        self.assertEqual(orders & (order | later), later)

    def test_core_wizard_counts_nothing_twice(self):
        """Early issues are in the production account already, picked ones are not."""
        order = self._make_order(self.bom)
        self._issue(order, 5)
        order.qty_producing = 1
        order._set_qty_producing()
        wizard = Form(
            self.env["mrp.account.wip.accounting"].with_context(active_ids=order.ids)
        ).save()
        component = wizard.line_ids.filtered(lambda line: "Component" in line.label)
        self.assertEqual(component.credit, 4)
        self.assertEqual(
            sum(wizard.line_ids.mapped("debit")), sum(wizard.line_ids.mapped("credit"))
        )
