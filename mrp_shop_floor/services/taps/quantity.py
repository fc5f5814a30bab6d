from odoo.exceptions import UserError

from .base import Tap, TapRefused, tap

KINDS = ("good", "scrap", "rework")
TIMES_PLAN = 10


@tap
class Declare(Tap):
    """Units that an operation made, scrapped or sent to rework."""

    kind = "declare"
    undo_seconds = None

    def apply(self):
        kind = self.payload.get("what")
        if kind not in KINDS:
            raise TapRefused(self.env._("Say whether it is good, scrap or rework."))
        order = self.workorder.production_id
        quantity = self._get_quantity()
        if quantity > TIMES_PLAN * order.product_qty and not self.payload.get("sure"):
            raise UserError(
                self.env._(
                    "%(quantity)g %(unit)s is more than %(times)s times the plan of "
                    "%(plan)g. Check the number and confirm it.",
                    quantity=quantity,
                    unit=order.product_uom_id.name,
                    times=TIMES_PLAN,
                    plan=order.product_qty,
                )
            )
        self._check_open()
        reason = self._get_reason() if kind != "good" else self.env["mrp.reason"]
        rows = order._declare_quantities(
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
        self.trace = {"rows": rows.ids}
        return {}

    def _get_quantity(self):
        """:return: quantity in the unit of the order"""
        quantity = self._get_number("quantity")
        unit = self.workorder.production_id.product_uom_id
        key = self.payload.get("unit_id")
        if key in (None, unit.id):
            return quantity
        uoms = self.env["uom.uom"]
        other = uoms.browse(key).exists() if isinstance(key, int) else uoms
        if not other or not other._has_common_reference(unit):
            raise TapRefused(
                self.env._(
                    "Enter the quantity in %(unit)s or a unit that can be converted.",
                    unit=unit.name,
                )
            )
        return other._compute_quantity(quantity, unit, round=False)

    def revert(self, trace):
        rows = self.env["mrp.operation.quantity"].browse(trace["rows"]).exists()
        rows.action_reverse()


@tap
class TakeBack(Tap):
    """Something declared was wrong: it is taken back, and declared again."""

    kind = "take_back"

    def apply(self):
        self._check_open()
        key = self.payload.get("row_id")
        rows = self.workorder.operation_quantity_ids.filtered(
            lambda row: row.id == key and not row.reversed
        )
        if not rows:
            raise UserError(self.env._("This was taken back already."))
        rows.action_reverse()
        return {}
