from odoo.exceptions import UserError

from .base import Tap, TapRefused, tap
from .quantity import TIMES_PLAN


@tap
class Issue(Tap):
    """Material that was scanned is used by the order."""

    kind = "issue"
    undo_seconds = None

    def apply(self):
        self._check_open()
        move = self._get_move()
        quantity = self._get_number("quantity")
        if quantity > TIMES_PLAN * move.product_uom_qty and not self.payload.get(
            "sure"
        ):
            raise UserError(
                self.env._(
                    "%(quantity)g %(unit)s of %(product)s is more than %(times)s times "
                    "the plan. Check the number and confirm it.",
                    quantity=quantity,
                    unit=move.product_uom.name,
                    product=move.product_id.display_name,
                    times=TIMES_PLAN,
                )
            )
        line = self._add_line(move, self._get_lot(move), quantity)
        self.trace = {"line": line.id, "quantity": quantity}
        return {}

    def _get_move(self):
        key = self.payload.get("move_id")
        workorder = self.workorder
        move = workorder.production_id.move_raw_ids.filtered(
            lambda m: (
                m.id == key
                and m.state not in ("done", "cancel")
                and (not m.workorder_id or m.workorder_id == workorder)
            )
        )
        if not move:
            raise TapRefused(
                self.env._(
                    "This is no material of %(operation)s.",
                    operation=workorder.display_name,
                )
            )
        return move

    def _get_lot(self, move):
        product = move.product_id
        name = self.payload.get("lot")
        name = name.strip()[:100] if isinstance(name, str) else ""
        lots = self.env["stock.lot"]
        if product.tracking == "none":
            return lots
        lot = name and lots.search(
            [
                ("name", "=", name),
                ("product_id", "=", product.id),
                ("company_id", "in", (move.company_id.id, False)),
            ],
            limit=1,
        )
        if not lot:
            raise UserError(
                self.env._(
                    "%(lot)s is no lot of %(product)s. Take another one.",
                    lot=name or "–",
                    product=product.display_name,
                )
            )
        return lot

    def _add_line(self, move, lot, quantity):
        """Use this lot instead of what is only reserved."""
        lines = move.move_line_ids
        if not move.manual_consumption:
            # what Odoo filled in by itself gives way to what was really used
            lines.picked = False
        unpicked = lines.filtered(lambda line: not line.picked)
        location = self._get_location(move, lot)
        self._release(unpicked.sorted(lambda line: line.lot_id != lot), move, quantity)
        line = (lines - unpicked).filtered(
            lambda line: line.lot_id == lot and line.location_id == location
        )[:1]
        move.manual_consumption = True
        if line:
            line.quantity += quantity
            return line
        vals = move._prepare_move_line_vals(quantity=0)
        return self.env["stock.move.line"].create(
            vals
            | {
                "lot_id": lot.id,
                "location_id": location.id,
                "product_uom_id": move.product_uom.id,
                "quantity": quantity,
                "picked": True,
            }
        )

    def _get_location(self, move, lot):
        """:return: where the lot lies, below the location of the material"""
        quants = self.env["stock.quant"]._gather(
            move.product_id, move.location_id, lot_id=lot, strict=False
        )
        quants = quants.filtered(lambda q: q.lot_id == lot and q.quantity > 0)
        return quants[:1].location_id or move.location_id

    def _release(self, lines, move, quantity):
        """What is used now need not be reserved any more, its own lot first."""
        for line in lines:
            reserved = line.product_uom_id._compute_quantity(
                line.quantity, move.product_uom, round=False
            )
            if move.product_uom.compare(reserved, quantity) <= 0:
                line.unlink()
                quantity -= reserved
            else:
                line.quantity = move.product_uom._compute_quantity(
                    reserved - quantity, line.product_uom_id
                )
                quantity = 0
            if move.product_uom.is_zero(quantity):
                break

    def revert(self, trace):
        line = self.env["stock.move.line"].browse(trace["line"]).exists()
        if not line or line.state == "done":
            raise UserError(
                self.env._("The material is used already and can not be taken back.")
            )
        left = line.quantity - trace["quantity"]
        if line.product_uom_id.compare(left, 0) > 0:
            line.quantity = left
        else:
            line.unlink()
