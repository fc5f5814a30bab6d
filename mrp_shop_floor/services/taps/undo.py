from datetime import timedelta

from odoo.addons.mrp_reason_code.tools import as_server

from .base import TAPS, Tap, TapRefused, tap


@tap
class Undo(Tap):
    """The tap before was a mistake."""

    kind = "undo"
    stops = True

    def apply(self):
        event = self._get_event()
        undone = TAPS[event.kind](
            self.workorder, self.operator, event.date, event.payload, self.supervisor
        )
        limit = undone.undo_seconds
        if limit == 0 or (
            limit is not None and self.at - event.date > timedelta(seconds=limit)
        ):
            raise TapRefused(
                self.env._("It is too late to undo this. Ask a supervisor.")
            )
        undone.revert(event.trace or {})
        as_server(event).write({"trace": dict(event.trace or {}, undone=True)})
        return {}

    def _get_event(self):
        uuid = self.payload.get("uuid")
        event = self.env["mrp.shop.floor.event"].search(
            [
                ("uuid", "=", uuid if isinstance(uuid, str) else ""),
                ("operator_id", "=", self.operator.id),
                ("workorder_id", "=", self.workorder.id),
                ("state", "=", "done"),
            ]
        )
        if not event or (event.trace or {}).get("undone"):
            raise TapRefused(self.env._("There is nothing to undo."))
        return event
