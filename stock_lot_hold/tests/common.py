from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class LotHoldCommon(BaseCommon):
    """A company with a warehouse, a place for quarantine, goods with lots, people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Creamery Lots"})
        cls.env.user.company_ids |= cls.company
        cls.env.user.company_id = cls.company
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.env.user.group_ids |= cls.env.ref(
            "stock_lot_hold.stock_lot_hold_group_release"
        )
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.stock = cls.warehouse.lot_stock_id
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.production = cls.env["stock.location"].search(
            [("usage", "=", "production"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.shelf = cls._make_location("Shelf")
        cls.cage = cls._make_location("Cage", is_quarantine=True)
        cls.milk = cls._make_product("Milk")
        cls.salt = cls._make_product("Salt", tracking="none")
        cls.worker = cls._make_user("test_hold_worker", "stock.group_stock_user")
        cls.releaser = cls._make_user(
            "test_hold_releaser", "stock_lot_hold.stock_lot_hold_group_release"
        )

    @classmethod
    def _make_user(cls, login, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def _make_location(cls, name, **values):
        return cls.env["stock.location"].create(
            {
                "name": name,
                "location_id": cls.stock.id,
                "usage": "internal",
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def _make_product(cls, name, tracking="lot", **values):
        return cls.env["product.product"].create(
            {"name": name, "is_storable": True, "tracking": tracking, **values}
        )

    @classmethod
    def _make_lot(cls, name, quantity=0, product=None, location=None):
        lot = cls.env["stock.lot"].create(
            {"name": name, "product_id": (product or cls.milk).id}
        )
        if quantity:
            cls._stock_up(lot.product_id, quantity, lot, location)
        return lot

    @classmethod
    def _stock_up(cls, product, quantity, lot=None, location=None):
        cls.env["stock.quant"]._update_available_quantity(
            product, location or cls.stock, quantity, lot_id=lot
        )

    @classmethod
    def _make_move(cls, destination, quantity=10, product=None, source=None, **values):
        product = product or cls.milk
        move = cls.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "product_uom": product.uom_id.id,
                "location_id": (source or cls.stock).id,
                "location_dest_id": destination.id,
                "company_id": cls.company.id,
                **values,
            }
        )
        move._action_confirm()
        return move

    @classmethod
    def _assign(cls, move):
        move._action_assign()
        return {line.lot_id: line.quantity for line in move.move_line_ids}

    @classmethod
    def _make_line(cls, move, lot, quantity=10, source=None):
        return cls.env["stock.move.line"].create(
            {
                "move_id": move.id,
                "product_id": move.product_id.id,
                "lot_id": lot.id,
                "quantity": quantity,
                "location_id": (source or move.location_id).id,
                "location_dest_id": move.location_dest_id.id,
            }
        )

    @classmethod
    def _take(cls, lot, destination, quantity=10, source=None):
        """Move a lot that somebody chose by hand, and post it."""
        move = cls._make_move(destination, quantity, lot.product_id, source)
        move._do_unreserve()
        cls._make_line(move, lot, quantity, source)
        move.picked = True
        move._action_done()
        return move
