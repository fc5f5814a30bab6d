from odoo import Command

from odoo.addons.stock_lot_hold.tests.common import LotHoldCommon


class GenealogyCommon(LotHoldCommon):
    """Goods with lots, recipes, and runs that use what they are told to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids |= cls.env.ref("mrp.group_mrp_manager")
        cls.kg = cls.env.ref("uom.product_uom_kgm")
        cls.gram = cls.env.ref("uom.product_uom_gram")
        cls.litre = cls.env.ref("uom.product_uom_litre")
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.cheese = cls._make_product("Cheese")
        cls.whey = cls._make_product("Whey")
        cls.supplier = cls.env["res.partner"].create({"name": "Farm 12"})
        cls.customer = cls.env["res.partner"].create({"name": "Frischmarkt"})

    @classmethod
    def _make_bom(cls, product, components, byproducts=(), **values):
        """:param components, byproducts: list of (product, quantity per unit)"""
        return cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_qty": 1,
                "product_uom_id": product.uom_id.id,
                "consumption": "flexible",
                "company_id": cls.company.id,
                "bom_line_ids": [
                    Command.create({"product_id": part.id, "product_qty": quantity})
                    for part, quantity in components
                ],
                "byproduct_ids": [
                    Command.create({"product_id": part.id, "product_qty": quantity})
                    for part, quantity in byproducts
                ],
                **values,
            }
        )

    @classmethod
    def _make_order(cls, product, quantity, bom=None, **values):
        order = cls.env["mrp.production"].create(
            {
                "product_id": product.id,
                "product_qty": quantity,
                "bom_id": bom.id if bom else False,
                "company_id": cls.company.id,
                **values,
            }
        )
        order.action_confirm()
        return order

    @classmethod
    def _run(cls, product, quantity, inputs, lot=None, byproducts=()):
        """Make a lot of a product out of lots.

        :param inputs: list of (product, lot or None, quantity), taken as told
        :param lot: the lot made, None for a new one, False for none
        :param byproducts: list of (product, lot or None, quantity)
        """
        order = cls.env["mrp.production"].create(
            {
                "product_id": product.id,
                "product_qty": quantity,
                "bom_id": False,
                "company_id": cls.company.id,
                "move_raw_ids": [
                    Command.create(cls._prepare_raw_move(part, used))
                    for part, used in cls._sum_by_product(inputs).items()
                ],
            }
        )
        order.action_confirm()
        if product.tracking == "lot":
            order.lot_producing_ids = lot or cls._make_lot(
                f"{product.name}-{order.id}", product=product
            )
        order.qty_producing = quantity
        cls._consume(order, inputs)
        for part, part_lot, made in byproducts:
            cls._add_byproduct(order, part, part_lot, made)
        cls._complete(order)
        return order

    @classmethod
    def _sum_by_product(cls, inputs):
        total = {}
        for product, _lot, quantity in inputs:
            total[product] = total.get(product, 0) + quantity
        return total

    @classmethod
    def _prepare_raw_move(cls, product, quantity):
        return {
            "product_id": product.id,
            "product_uom_qty": quantity,
            "product_uom": product.uom_id.id,
            "location_id": cls.stock.id,
            "location_dest_id": cls.production.id,
            "company_id": cls.company.id,
        }

    @classmethod
    def _consume(cls, order, inputs):
        order.move_raw_ids._do_unreserve()
        for product, lot, quantity in inputs:
            move = order.move_raw_ids.filtered(
                lambda m, product=product: m.product_id == product
            )
            cls._make_line(move, lot or cls.env["stock.lot"], quantity)
        order.move_raw_ids.write({"manual_consumption": True, "picked": True})

    @classmethod
    def _add_byproduct(cls, order, product, lot, quantity):
        move = cls.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "product_uom": product.uom_id.id,
                "production_id": order.id,
                "location_id": cls.production.id,
                "location_dest_id": cls.stock.id,
                "company_id": cls.company.id,
            }
        )
        move._action_confirm(merge=False)
        move.move_line_ids.unlink()
        cls._make_line(move, lot or cls.env["stock.lot"], quantity)
        move.picked = True

    @classmethod
    def _complete(cls, orders, **context):
        result = orders.with_context(
            skip_backorder=True,
            skip_consumption=True,
            skip_redirection=True,
            **context,
        ).button_mark_done()
        assert result is True, result
        return orders

    @classmethod
    def _receive(cls, lot, quantity, partner=None):
        receipt = cls.env["stock.picking"].create(
            {
                "picking_type_id": cls.warehouse.in_type_id.id,
                "location_id": cls.suppliers.id,
                "location_dest_id": cls.stock.id,
                "partner_id": (partner or cls.supplier).id,
            }
        )
        return cls._post(receipt, lot, quantity)

    @classmethod
    def _deliver(cls, lot, quantity, partner=None):
        delivery = cls.env["stock.picking"].create(
            {
                "picking_type_id": cls.warehouse.out_type_id.id,
                "location_id": cls.stock.id,
                "location_dest_id": cls.customers.id,
                "partner_id": (partner or cls.customer).id,
            }
        )
        return cls._post(delivery, lot, quantity)

    @classmethod
    def _post(cls, picking, lot, quantity):
        move = cls._make_move(
            picking.location_dest_id,
            quantity,
            lot.product_id,
            picking.location_id,
            picking_id=picking.id,
        )
        move._do_unreserve()
        move.move_line_ids.unlink()
        line = cls._make_line(move, lot, quantity)
        line.picking_id = picking
        move.picked = True
        picking._action_done()
        assert picking.state == "done", picking.state
        return picking

    @classmethod
    def _get_edges(cls, **domain):
        """:return: dict of quantity by (input lot's name, output lot's name)"""
        edges = cls.env["mrp.genealogy.edge"].search(
            [(field, "in", records.ids) for field, records in domain.items()]
        )
        found = {}
        for edge in edges:
            key = (
                edge.parent_lot_id.name or edge.parent_product_id.name or None,
                edge.child_lot_id.name or edge.child_product_id.name or None,
            )
            assert key not in found, f"{key} is there twice"
            found[key] = round(edge.quantity, 6)
        return found
