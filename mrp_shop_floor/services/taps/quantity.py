from odoo.exceptions import UserError

from ...models.stock_move import NEW_LOT
from ..outputs import Outputs
from .base import Tap, TapRefused, tap

KINDS = ("good", "scrap", "rework")
TIMES_PLAN = 10


@tap
class Declare(Tap):
    """What an operation made: units of the order, or a container of an output."""

    kind = "declare"
    undo_seconds = None

    def apply(self):
        kind = self.payload.get("what")
        if kind not in KINDS:
            raise TapRefused(self.env._("Say whether it is good, scrap or rework."))
        self.outputs = Outputs(self.workorder)
        move = self._get_move(kind)
        quantity = self._get_quantity(move)
        self._check_plan(move, quantity)
        self._check_open()
        order = self.workorder.production_id
        rows = self.env["mrp.operation.quantity"]
        if not move or move.product_id == order.product_id:
            rows = self._declare_row(kind, quantity)
        lines = self._declare_line(move, quantity, rows) if move else move.move_line_ids
        self.trace = {"rows": rows.ids, "lines": lines.ids}
        return {"line_id": lines.id} if lines else {}

    def _get_move(self, kind):
        """:return: ``stock.move`` of the output it is a container of; none for units
        that are scrapped, sent back or worked on further
        """
        moves = self.outputs.get_moves()
        order = self.workorder.production_id
        main = moves.filtered(lambda m: m.product_id == order.product_id)
        key = self.payload.get("output_id")
        move = moves.filtered(lambda m: m.id == key) if key else main
        if key and not move:
            raise UserError(
                self.env._(
                    "This does not come out of %(operation)s, or is in stock already.",
                    operation=self.workorder.display_name,
                )
            )
        if kind == "good":
            return move
        if move - main:
            raise TapRefused(
                self.env._(
                    "Scrap and rework are declared of %(product)s. Of other outputs "
                    "declare what came out.",
                    product=order.product_id.display_name,
                )
            )
        return moves.browse()

    def _check_plan(self, move, quantity):
        order = self.workorder.production_id
        plan = move.product_uom_qty if move else order.product_qty
        unit = move.product_uom or order.product_uom_id
        if plan and quantity > TIMES_PLAN * plan and not self.payload.get("sure"):
            raise UserError(
                self.env._(
                    "%(quantity)g %(unit)s is more than %(times)s times the plan of "
                    "%(plan)g. Check the number and confirm it.",
                    quantity=quantity,
                    unit=unit.name,
                    times=TIMES_PLAN,
                    plan=plan,
                )
            )

    def _declare_row(self, kind, quantity):
        reason = self._get_reason() if kind != "good" else self.env["mrp.reason"]
        return self.workorder.production_id._declare_quantities(
            [
                {
                    "workorder_id": self.workorder.id,
                    "kind": kind,
                    "quantity": quantity,
                    "reason_id": reason.id,
                    "note": self._get_note(),
                    "date": self.at,
                }
            ]
        )

    def _declare_line(self, move, quantity, rows):
        line = move._declare_container(
            quantity,
            lot=self._get_lot(move),
            package=move.company_id.shop_floor_containers,
            declared_workorder_id=self.workorder.id,
            declared_operator_id=self.operator.id,
            declared_date=self.at,
            operation_quantity_id=rows.id,
            net_weight=self._get_weight(move),
        )
        gross = self.payload.get("gross")
        if line.result_package_id and self._is_positive(gross):
            # Odoo's weight of a package is that of all of it
            line.result_package_id.shipping_weight = self.outputs.to_weight(move, gross)
        return line

    @staticmethod
    def _is_positive(value):
        return (
            isinstance(value, (int, float))
            and not isinstance(value, bool)
            and 0 < value < 1e9
        )

    def _get_weight(self, move):
        """:return: net weight where pieces were weighed, too"""
        weight = self.payload.get("weight")
        if weight in (None, 0) or not self.outputs.get_weight_unit(move.product_id):
            return 0
        if not self._is_positive(weight):
            raise UserError(self.env._("Enter a weight above 0."))
        return weight

    def _get_lot(self, move):
        """:return: ``stock.lot``, NEW_LOT or None for that of the run"""
        if self.payload.get("new_lot"):
            return NEW_LOT
        name = self.payload.get("lot")
        name = name.strip()[:100] if isinstance(name, str) else ""
        if not name or move.has_tracking == "none":
            return None
        lots = self.env["stock.lot"]
        known = lots.search(
            [
                ("name", "=", name),
                ("product_id", "=", move.product_id.id),
                ("company_id", "in", (move.company_id.id, False)),
            ],
            limit=1,
        )
        return known or lots.create({"name": name, "product_id": move.product_id.id})

    def _get_quantity(self, move):
        """:return: quantity in the unit of the output"""
        quantity = self._get_number("quantity")
        order = self.workorder.production_id
        unit = move.product_uom or order.product_uom_id
        key = self.payload.get("unit_id")
        if key in (None, unit.id):
            return quantity
        uoms = self.env["uom.uom"]
        other = uoms.browse(key).exists() if isinstance(key, int) else uoms
        product = move.product_id or order.product_id
        converted = other and self.outputs.to_reference(product, quantity, other, unit)
        if not other or converted is None:
            raise TapRefused(
                self.env._(
                    "Enter the quantity in %(unit)s or a unit that can be converted.",
                    unit=unit.name,
                )
            )
        if not converted > 0:
            raise UserError(
                self.env._(
                    "%(quantity)g %(other)s are less than one of %(unit)s.",
                    quantity=quantity,
                    other=other.name,
                    unit=unit.name,
                )
            )
        return converted

    def revert(self, trace):
        rows = self.env["mrp.operation.quantity"].browse(trace["rows"]).exists()
        rows.action_reverse()
        self.env["stock.move.line"].browse(trace.get("lines", [])).exists()._take_back()


@tap
class TakeBack(Tap):
    """Something declared was wrong: it is taken back, and declared again."""

    kind = "take_back"

    def apply(self):
        self._check_open()
        rows = self.workorder.operation_quantity_ids.filtered(
            lambda row: row.id == self.payload.get("row_id") and not row.reversed
        )
        lines = Outputs(self.workorder).get_moves()._get_declared_lines()
        lines = lines.filtered(
            lambda line: (
                line.id == self.payload.get("line_id")
                and line.declared_workorder_id == self.workorder
            )
        )
        if not rows and not lines:
            raise UserError(self.env._("This was taken back already."))
        # a row takes its container with it
        (rows or lines.operation_quantity_id).action_reverse()
        lines.exists()._take_back()
        return {}
