from odoo.exceptions import UserError

from odoo.addons.mrp_reason_code.models.mrp_delay import LATE_OPERATION

from ...tools import Moment
from .base import Tap, TapRefused, tap


@tap
class Start(Tap):
    kind = "start"
    undo_seconds = 15

    def apply(self):
        self._check_open()
        workorder = self.workorder
        if self.operator in workorder.working_operator_ids:
            raise UserError(
                self.env._(
                    "You work on %(operation)s already.",
                    operation=workorder.display_name,
                )
            )
        before = workorder.time_ids
        state = workorder.state
        workorder._start_operators(self.operator)
        logs = workorder.time_ids - before
        self.trace = {"logs": logs.ids, "state": state}
        return {}

    def revert(self, trace):
        logs = self.env["mrp.workcenter.productivity"].browse(trace["logs"]).exists()
        logs._take_back()
        workorder = self.workorder
        if trace["state"] == "ready" and not workorder.time_ids:
            workorder.set_state("ready")


class Stop(Tap):
    """Stopping is never refused; why, may be said later."""

    stops = True

    def _classify(self, delays):
        """Say why; a reason that does not fit is not taken, and it waits for one."""
        reason = self._get_reason()
        if not reason or not delays:
            return
        misuse = reason._get_misuse(
            ("delay", "downtime"),
            self.workorder.company_id,
            self.workorder.workcenter_id,
            self.workorder.production_id.product_id,
            self._get_note(),
        )
        if not misuse:
            delays._classify([{"reason_id": reason, "note": self._get_note()}])


@tap
class Pause(Stop):
    kind = "pause"
    undo_seconds = 15

    def apply(self):
        workorder = self.workorder
        if self.operator not in workorder.working_operator_ids:
            raise UserError(
                self.env._(
                    "You do not work on %(operation)s: there is nothing to pause.",
                    operation=workorder.display_name,
                )
            )
        before = workorder.delay_ids
        workorder._stop_operators(self.operator)
        # unless others go on it is a pause, which may wait for its reason
        self._classify(workorder.delay_ids - before)
        return {}

    def revert(self, trace):
        self._check_open()
        # the clock goes on where it was stopped
        with Moment.opened(self.env, self.at):
            self.workorder._start_operators(self.operator)


@tap
class Finish(Stop):
    kind = "finish"

    def apply(self):
        self._check_open()
        before = self.workorder.delay_ids
        self.workorder.button_finish()
        late = self.workorder.delay_ids - before
        self._classify(late)
        return {"late": bool(late)}


@tap
class Explain(Stop):
    """Why it was finished late, or stood; said later."""

    kind = "explain"

    def apply(self):
        pending = self.workorder.delay_ids.filtered(
            lambda d: d.kind == LATE_OPERATION and d.state == "pending"
        )
        if not self._get_reason(required=True) or not pending:
            return {}
        self._classify(pending)
        if pending.filtered(lambda d: d.state == "pending"):
            raise UserError(self.env._("This reason does not fit. Choose another one."))
        return {}


@tap
class HandOver(Tap):
    kind = "hand_over"

    def apply(self):
        self._check_open()
        key = self.payload.get("to_id")
        employees = self.env["hr.employee"]
        arriving = employees.search(
            [
                ("id", "=", key if isinstance(key, int) else 0),
                ("is_operator", "=", True),
                ("company_id", "=", self.workorder.company_id.id),
            ]
        )
        if not arriving or arriving == self.operator:
            raise TapRefused(self.env._("Choose who goes on."))
        if self.operator not in self.workorder.working_operator_ids:
            raise UserError(
                self.env._("Only who works on an operation can hand it over.")
            )
        self.workorder._hand_over(self.operator, arriving, note=self._get_note())
        return {}


@tap
class Block(Tap):
    """The work center stands: everybody's clock there stops."""

    kind = "block"
    stops = True
    undo_seconds = 15

    def apply(self):
        workcenter = self.workorder.workcenter_id
        if workcenter.working_state == "blocked":
            raise UserError(
                self.env._(
                    "%(workcenter)s is blocked already.", workcenter=workcenter.name
                )
            )
        reason = self._get_reason()
        losses = self.env["mrp.workcenter.productivity.loss"]
        loss = reason.loss_id or losses.search(
            [("loss_type", "=", "availability")], limit=1
        )
        log = self.env["mrp.workcenter.productivity"].create(
            {
                "workcenter_id": workcenter.id,
                "company_id": self.workorder.company_id.id,
                "loss_id": loss.id,
                "mrp_reason_id": reason.id,
                "description": self._get_note() or reason.name,
                "user_id": self.env.uid,
                "date_start": self.at,
            }
        )
        log.button_block()
        self.trace = {"workcenter": workcenter.id}
        return {}

    def revert(self, trace):
        self.env["mrp.workcenter"].browse(trace["workcenter"]).unblock()


@tap
class Unblock(Tap):
    kind = "unblock"

    def apply(self):
        workcenter = self.workorder.workcenter_id
        if not self.supervisor:
            raise TapRefused(
                self.env._(
                    "%(workcenter)s is unblocked by a supervisor.",
                    workcenter=workcenter.name,
                )
            )
        workcenter.unblock()
        return {}
