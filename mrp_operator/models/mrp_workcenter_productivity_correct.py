from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import TimeDoor
from ..tools.time_door import CORRECT, ESTIMATES
from .mrp_time_correction import KEPT

SUPERVISOR = "mrp_operator.mrp_operator_group_supervisor"


class MrpWorkcenterProductivity(models.Model):
    """Corrections: supervisors make them, with a reason, and nothing is lost."""

    _inherit = "mrp.workcenter.productivity"

    def action_correct_time(self):
        """Open the dialog that corrects the time."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct Time"),
            "res_model": "mrp.time.correct",
            "view_mode": "form",
            "target": "new",
            "context": {"default_log_id": self.id},
        }

    def _check_supervisor(self):
        if not self.env.user.has_group(SUPERVISOR):
            raise AccessError(
                self.env._(
                    "Recorded time is corrected by supervisors. Ask one of them."
                )
            )

    def _correct(self, vals, reason, note=None):
        """Correct what was recorded. The original is kept beside it.

        :param dict vals: new ``operator_id``, ``date_start``, ``date_end``; with
            ``active`` False the log is taken back
        :param reason: ``mrp.reason``
        """
        self._check_supervisor()
        for log in self:
            reason._check_usable(
                ("override",),
                log.company_id,
                log.workcenter_id,
                log.production_id.product_id,
                note,
            )
        if vals.get("operator_id"):
            operator = self.env["hr.employee"].browse(vals["operator_id"])
            for log in self.filtered(lambda log: log.operator_id != operator):
                start = vals.get("date_start", log.date_start)
                log.workorder_id._check_operators(operator, "log", start)
        end = vals.get("date_end")
        if end and end > fields.Datetime.now():
            raise UserError(
                self.env._(
                    "Time that is still to come can not be logged: %(end)s.", end=end
                )
            )
        kind = "archive" if vals.get("active") is False else "correction"
        # sudo: supervisors need no rights of manufacturing
        self.sudo()._record_corrections(kind, lambda log: vals, reason, note)

    def _take_back(self):
        """Archive instead of deleting; Odoo's own flows need no reason."""
        door = TimeDoor.name_of(self.env)
        kind = "system" if door in ESTIMATES else "archive"
        now = fields.Datetime.now()
        # sudo: whoever may delete a log may have it archived
        self.sudo()._record_corrections(
            kind,
            lambda log: {
                "active": False,
                "date_end": log.date_end or max(now, log.date_start),
            },
        )

    def _record_corrections(self, kind, get_vals, reason=None, note=None):
        """Change logs and write down what they said before."""
        if not self:
            return
        before = [{name: log[name] for name in KEPT} for log in self]
        booked = [log.workorder_id.production_state == "done" for log in self]
        spans = self._get_spans()
        with TimeDoor.opened(self.env, CORRECT):
            for log in self:
                vals = get_vals(log)
                if vals.get("operator_id", log.operator_id.id) != log.operator_id.id:
                    # another person has another rate
                    log.write({"labor_rate": 0, "labor_cost": 0})
                log.write(vals)
            self._share_time(spans)
            self._create_corrections(kind, before, booked, reason, note)

    def _create_corrections(self, kind, before, booked, reason, note):
        self.env["mrp.time.correction"].create(
            [
                {
                    "log_id": log.id,
                    "workorder_id": log.workorder_id.id,
                    "production_id": log.production_id.id,
                    "company_id": log.company_id.id,
                    "kind": kind,
                    "user_id": self.env.uid,
                    "reason_id": reason.id if reason else False,
                    "note": note,
                    "after_booking": was_booked,
                    "old_operator_id": old["operator_id"].id,
                    "old_date_start": old["date_start"],
                    "old_date_end": old["date_end"],
                    "old_seconds": old["seconds"],
                    "new_operator_id": log.operator_id.id,
                    "new_date_start": log.date_start,
                    "new_date_end": log.date_end,
                    "new_seconds": log.seconds if log.active else 0,
                }
                for log, old, was_booked in zip(self, before, booked, strict=True)
            ]
        )
