import json

from odoo import Command

from odoo.addons.mrp_genealogy.tests.common import GenealogyCommon


class BatchCommon(GenealogyCommon):
    """A creamery that keeps batch records: milk and salt become cheese and whey."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.mrp_batch_record = True
        cls.whey.tracking = "none"
        cls.vat, cls.press = cls.env["mrp.workcenter"].create(
            [
                {"name": name, "code": code, "company_id": cls.company.id}
                for name, code in (("Vat", "V1"), ("Press", "P1"))
            ]
        )
        cls.bom = cls._make_bom(
            cls.cheese,
            [(cls.milk, 10), (cls.salt, 1)],
            [(cls.whey, 8)],
            code="CH-1",
            operation_ids=[
                Command.create(
                    {
                        "name": name,
                        "workcenter_id": center.id,
                        "time_cycle_manual": 30,
                    }
                )
                for name, center in (("Pasteurise", cls.vat), ("Form", cls.press))
            ],
        )
        cls.milk_lot = cls._make_lot("M-1", 100000)
        cls.milk_lot.supplier_lot = "FARM-0815"
        cls._stock_up(cls.salt, 100000)
        cls.planner = cls._make_user(
            "test_batch_planner", "mrp.group_mrp_user,stock.group_stock_user"
        )
        cls.quality = cls._make_user(
            "test_batch_quality", "stock_lot_hold.stock_lot_hold_group_release"
        )
        cls.viewer = cls._make_user(
            "test_batch_viewer", "mrp_batch_record.mrp_batch_record_group_viewer"
        )

    @classmethod
    def _confirm(cls, quantity=4, **values):
        return cls._make_order(cls.cheese, quantity, cls.bom, **values)

    @classmethod
    def _make(cls, quantity=4, user=None, **values):
        """:return: an order that is done"""
        order = cls._confirm(quantity, **values)
        if user:
            order = order.with_user(user)
        cls._complete(order)
        return order

    @classmethod
    def _get_record(cls, order):
        return order.sudo().batch_record_id

    @classmethod
    def _get_kinds(cls, record):
        return [entry["kind"] for entry in record._get_entries()]

    @classmethod
    def _get_payload(cls, record, kind):
        """:return: content of the latest entry of a kind"""
        return [e["payload"] for e in record._get_entries() if e["kind"] == kind][-1]

    @classmethod
    def _link(cls):
        return cls.env["mrp.batch.link"].sudo()._link(cls.company.id)

    @classmethod
    def _verify(cls):
        return cls.env["mrp.batch.verification"].sudo()._verify(cls.company)

    @classmethod
    def _review(cls, order):
        record = cls._get_record(order).with_user(cls.quality)
        record.action_review()
        return record

    @classmethod
    def _export(cls):
        return json.loads(
            json.dumps(
                cls.env["mrp.batch.record"].sudo()._get_company_export(cls.company)
            )
        )
