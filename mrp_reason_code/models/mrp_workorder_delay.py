from datetime import timedelta

from odoo import fields, models

from .mrp_delay import LATE_OPERATION, PAUSE


class MrpWorkorder(models.Model):
    """Pauses and late finishes are recorded, never refused."""

    _inherit = "mrp.workorder"

    delay_ids = fields.One2many("mrp.delay", "workorder_id", string="Stops and Delays")

    def _get_tracked(self):
        """:return: the operations whose company asks why"""
        return self.filtered(lambda wo: wo.company_id.mrp_delay_tracking)

    def button_pending(self):
        res = super().button_pending()
        paused = self._get_tracked().filtered(
            lambda wo: (
                wo.state == "progress"
                and all(log.date_end for log in wo.time_ids)
                and not wo._is_paused()
            )
        )
        delays = paused._open_delays(PAUSE)
        if delays and self.env.context.get("ask_reason"):
            return delays._get_ask_action()
        return res

    def button_start(self, raise_on_invalid_state=False):
        res = super().button_start(raise_on_invalid_state)
        self._get_tracked()._close_pauses()
        return res

    def button_finish(self):
        unfinished = self._get_tracked().filtered(
            lambda wo: wo.state not in ("done", "cancel")
        )
        res = super().button_finish()
        unfinished._close_pauses()
        late = unfinished.filtered(lambda wo: wo._get_lateness())
        delays = late._open_delays(LATE_OPERATION)
        if delays and self.env.context.get("ask_reason"):
            return delays._get_ask_action()
        return res

    def action_cancel(self):
        res = super().action_cancel()
        self._get_tracked()._close_pauses()
        return res

    def _get_lateness(self):
        """:return: timedelta from the frozen end to the real one, zero when in time"""
        self.ensure_one()
        if not self.baseline_end or self.state != "done":
            return timedelta()
        end = self.date_finished or fields.Datetime.now()
        return self.company_id._get_lateness(self.baseline_end, end)

    def _is_paused(self):
        self.ensure_one()
        # sudo: delays are what the server saw
        return any(
            delay.kind == PAUSE and not delay.date_end
            for delay in self.sudo().delay_ids
        )

    def _open_delays(self, kind):
        """Record a pause that begins now, or a late finish.

        :return: ``mrp.delay``
        """
        # sudo: delays are what the server saw, nobody writes them himself
        if not self:
            return self.env["mrp.delay"].sudo()
        now = fields.Datetime.now()
        return (
            self.env["mrp.delay"]
            .sudo()
            .create(
                [
                    {
                        "kind": kind,
                        "production_id": workorder.production_id.id,
                        "workorder_id": workorder.id,
                        "workcenter_id": workorder.workcenter_id.id,
                        "company_id": workorder.company_id.id,
                        "user_id": self.env.uid,
                        "hourly_cost": workorder._get_hour_rate()
                        if kind == PAUSE
                        else 0,
                        "date_start": workorder.baseline_end
                        if kind == LATE_OPERATION
                        else now,
                        "date_end": now if kind == LATE_OPERATION else False,
                    }
                    for workorder in self
                ]
            )
        )

    def _close_pauses(self):
        if not self:
            return
        # sudo: as above
        delays = self.env["mrp.delay"].sudo()
        delays.search(
            [
                ("workorder_id", "in", self.ids),
                ("kind", "=", PAUSE),
                ("date_end", "=", False),
            ]
        )._end()
