from odoo import models
from odoo.exceptions import UserError

from odoo.addons.mrp_reason_code.tools import as_server

NEW_LOT = object()


class StockMove(models.Model):
    """An output of an order, declared container by container."""

    _inherit = "stock.move"

    def _get_declared_lines(self):
        """:return: ``stock.move.line``, the last one last"""
        return self.move_line_ids.filtered("declared_workorder_id").sorted("id")

    def _do_unreserve(self):
        """What was declared is there: it is no reservation."""
        declared = self.filtered(lambda m: m.production_id and m._get_declared_lines())
        return super(StockMove, self - declared)._do_unreserve()

    def _declare_container(self, quantity, lot=None, package=False, **values):
        """What came out of the order now, in one container.

        :param float quantity: in the unit of the output
        :param lot: ``stock.lot``, NEW_LOT or None for the lot of the run
        :param bool package: whether it has a number of its own
        :param values: values of the line that say who declared it, where and when
        :return: ``stock.move.line``
        """
        self.ensure_one()
        self._check_declarable()
        is_main = self.product_id == self.production_id.product_id
        if not self.picked:
            # what Odoo filled in by itself gives way to what really came out
            (self.move_line_ids - self._get_declared_lines()).unlink()
        vals = self._prepare_move_line_vals(quantity=0) | {
            "product_uom_id": self.product_uom.id,
            "quantity": quantity,
            # picked, Odoo would count the main product as produced already
            "picked": not is_main,
            "lot_id": self._get_container_lot(lot).id,
            **values,
        }
        if package:
            vals["result_package_id"] = self._create_container(values).id
        return as_server(self.env["stock.move.line"]).create(vals)

    def _check_declarable(self):
        if self.state in ("done", "cancel"):
            raise UserError(
                self.env._(
                    "%(product)s of %(order)s is in stock already. Correct it in Odoo.",
                    product=self.product_id.display_name,
                    order=self.production_id.display_name,
                )
            )
        if self.has_tracking == "serial":
            raise UserError(
                self.env._(
                    "%(product)s has serial numbers: enter them in Odoo.",
                    product=self.product_id.display_name,
                )
            )

    def _get_container_lot(self, lot):
        """:return: ``stock.lot``; the order keeps the first one as its own"""
        if self.has_tracking == "none":
            return self.env["stock.lot"]
        order = self.production_id
        is_main = self.product_id == order.product_id
        if not lot:
            used = self._get_declared_lines().lot_id
            lot = used[-1:] or (order.lot_producing_ids[:1] if is_main else used)
        if not lot or lot is NEW_LOT:
            lot = self._make_container_lot()
        if is_main and not order.lot_producing_ids:
            order.lot_producing_ids = lot
        return lot

    def _make_container_lot(self):
        order = self.production_id
        if self.product_id == order.product_id:
            return self.env["stock.lot"].create(order._prepare_stock_lot_values())
        return self._create_output_lot()

    def _create_container(self, values):
        """:return: ``stock.package``, numbered as the company's containers are"""
        name = self.company_id._get_next_container_number()
        vals = {"name": name} if name else {}
        if values.get("declared_date"):
            vals["pack_date"] = values["declared_date"].date()
        return self.env["stock.package"].create(vals)
