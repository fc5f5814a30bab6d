from odoo import Command
from odoo.tests import tagged

from odoo.addons.mrp_batch_record.tests.common import BatchCommon


@tagged("post_install", "-at_install")
class TestSubcontracting(BatchCommon):
    """A subcontracted run has one record: never none, never two.

    Odoo makes an order for each lot of a receipt, and deletes those it needs no more.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dairy = cls.env["res.partner"].create({"name": "Valley Dairy"})
        cls.smoked = cls._make_product("Smoked cheese", tracking="lot")
        cls._make_bom(
            cls.smoked,
            [(cls.cheese, 1)],
            type="subcontract",
            subcontractor_ids=[Command.set(cls.dairy.ids)],
        )
        cls.cheese_lot = cls.env["stock.lot"].create(
            {"name": "CH-77", "product_id": cls.cheese.id}
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.cheese,
            cls.company.subcontracting_location_id,
            100,
            lot_id=cls.cheese_lot,
        )

    @classmethod
    def _receive(cls, quantity=10):
        """:return: a confirmed receipt of goods a subcontractor makes"""
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        picking = cls.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.in_type_id.id,
                "partner_id": cls.dairy.id,
                "location_id": cls.dairy.property_stock_supplier.id,
                "location_dest_id": warehouse.lot_stock_id.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": cls.smoked.id,
                            "product_uom_qty": quantity,
                            "location_id": cls.dairy.property_stock_supplier.id,
                            "location_dest_id": warehouse.lot_stock_id.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        return picking

    @classmethod
    def _make_lots(cls, picking, *quantities):
        move = picking.move_ids
        for number, quantity in enumerate(quantities):
            lot = cls.env["stock.lot"].create(
                {
                    "name": f"{picking.name}-{number}",
                    "product_id": cls.smoked.id,
                    "company_id": cls.company.id,
                }
            )
            values = {"quantity": quantity, "lot_id": lot.id}
            if number == 0 and move.move_line_ids:
                move.move_line_ids.write(values)
            else:
                cls.env["stock.move.line"].create(
                    {**move._prepare_move_line_vals(), **values}
                )
        move.picked = True
        return move.move_line_ids.lot_id

    def _get_records(self, picking):
        return picking._get_subcontract_production().sudo().batch_record_ids

    def test_receipt(self):
        picking = self._receive()
        record = self._get_records(picking)
        self.assertEqual(len(record), 1)
        self.assertEqual(record.state, "open")
        # as the subcontractor does in the portal
        lot = self.env["stock.lot"].create(
            {
                "name": "SM-1",
                "product_id": self.smoked.id,
                "company_id": self.company.id,
            }
        )
        order = record.production_id.with_context(mrp_subcontracting=True)
        order.lot_producing_ids = lot
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(self._get_records(picking), record)
        self.assertEqual(record.state, "executed")
        self.assertEqual(record.lot_ids, lot)
        opening = self._get_payload(record, "opening")
        self.assertEqual(opening["origin"], picking.name)
        self.assertIn("Valley Dairy", record.paper)
        used = self._get_payload(record, "materials")["lines"]
        self.assertEqual([line["lot"]["name"] for line in used], ["CH-77"])
        self.assertNotIn("Valley Dairy", str(record._get_entries()))

    def test_part_of_a_receipt(self):
        picking = self._receive()
        self._make_lots(picking, 4)
        action = picking.button_validate()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        wizard.create({"pick_ids": [Command.set(picking.ids)]}).process()
        rest = picking.backorder_ids
        done, left = self._get_records(picking), self._get_records(rest)
        self.assertEqual((len(done), done.state), (1, "executed"))
        self.assertEqual((len(left), left.state), (1, "open"))
        self._make_lots(rest, 6)
        rest.button_validate()
        last = self._get_records(rest)
        self.assertEqual((len(last), last.state), (1, "executed"))
        # the lot was not known when the rest was ordered: Odoo ordered it anew
        self.assertEqual((left.state, left.production_id.id), ("cancelled", False))
        materials = [
            self._get_payload(record, "materials")["lines"][0]["quantity"]
            for record in done | last
        ]
        self.assertEqual(sorted(materials), ["4", "6"])

    def test_two_lots_are_two_runs(self):
        picking = self._receive()
        lots = self._make_lots(picking, 7, 3)
        picking.button_validate()
        orders = picking._get_subcontract_production()
        records = self._get_records(picking)
        self.assertEqual(len(records), len(orders))
        self.assertEqual(records.production_id, orders)
        self.assertEqual(records.lot_ids, lots)
        self.assertEqual(set(records.mapped("state")), {"executed"})

    def test_cancelled_receipt(self):
        picking = self._receive()
        record = self._get_records(picking)
        picking.action_cancel()
        self.assertEqual(record.state, "cancelled")

    def test_nothing_is_left_out(self):
        self.company.mrp_batch_record_since = "2026-01-01 00:00:00"
        picking = self._receive()
        self._make_lots(picking, 7, 3)
        picking.button_validate()
        self._link()
        verification = self._verify()
        self.assertEqual(verification.state, "ok", verification.report)
        self.assertFalse(verification.unrecorded)
        self.assertFalse(self.env["mrp.batch.record"].sudo()._catch_up(self.company))
