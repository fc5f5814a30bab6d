from odoo import fields, models

from odoo.addons.mrp_run_cost.tools import largest_remainder

from ..tools import TimeDoor
from ..tools.time_door import ESTIMATES, FILL, TYPED


class MrpWorkorder(models.Model):
    """Time that nobody logged: durations that are typed or filled in."""

    _inherit = "mrp.workorder"

    def _set_duration(self):
        """The time belongs to those who are planned, never silently to the clicker."""
        name = FILL if TimeDoor.name_of(self.env) == FILL else TYPED
        people = self._get_estimated_operators()
        if name == TYPED:
            self._check_typed(people)
        with TimeDoor.opened(self.env, name, people) as door:
            res = super()._set_duration()
        for workorder in door.logs.workorder_id:
            others = people.get(workorder.id, self.env["hr.employee"])[1:]
            if others:
                logs = door.logs.filtered(
                    lambda log, wo=workorder: log.workorder_id == wo
                )
                logs._share_estimate(others, in_turn=name == TYPED)
                # two planned for an hour are two hours of work
                self.env.add_to_compute(self._fields["duration"], workorder)
        return res

    def _get_estimated_operators(self):
        """:return: dict from id of the operation to those whose time is made up; only
        where operators are tracked
        """
        return {
            workorder.id: workorder.operator_ids
            for workorder in self
            if workorder.operator_tracking
        }

    def _check_typed(self, people):
        groups = {}
        for workorder in self:
            operators = people.get(workorder.id)
            if operators and workorder.duration > workorder.get_duration():
                groups[operators] = groups.get(operators, self.browse()) | workorder
        for operators, workorders in groups.items():
            workorders._check_operators(operators, "log")

    def action_mark_as_done(self):
        with TimeDoor.opened(self.env, FILL):
            return super().action_mark_as_done()

    def button_finish(self):
        """Finishing is never refused: who finishes is looked at, and noted."""
        self._read_ahead()
        unfinished = self.filtered(lambda wo: wo.state not in ("done", "cancel"))
        unfinished._read_cost_ahead()
        unfinished._check_close()
        return super().button_finish()

    def _check_close(self):
        groups = {}
        for workorder in self.filtered("operator_tracking"):
            operators = workorder.time_ids.operator_id or workorder.operator_ids
            groups[operators] = groups.get(operators, self.browse()) | workorder
        for operators, workorders in groups.items():
            workorders._check_operators(operators, "close")

    def _get_unlogged(self):
        """:return: operations of which nobody is known to have worked on them"""
        return self.filtered(
            lambda wo: (
                wo.operator_tracking
                and wo.state != "cancel"
                and not wo.operator_ids
                and not wo.time_ids
                and wo.duration_expected
            )
        )


class MrpWorkcenterProductivity(models.Model):
    _inherit = "mrp.workcenter.productivity"

    def _share_estimate(self, others, in_turn):
        """Let others have their part of estimated time.

        :param others: ``hr.employee`` besides the one who has it already
        :param bool in_turn: whether they worked one after another, so that all of them
            together took that time, rather than each of them all of it
        """
        with TimeDoor.opened(self.env, FILL) as door:
            for log in self:
                start, end = log.date_start, log.date_end
                length = round((end - start).total_seconds())
                parts = [length] * (1 + len(others))
                if in_turn:
                    parts = largest_remainder(length, [1] * len(parts))
                    log.date_end = fields.Datetime.add(start, seconds=parts[0])
                begin = log.date_end if in_turn else start
                for operator, part in zip(others, parts[1:], strict=True):
                    door.operators = {log.workorder_id.id: operator}
                    finish = fields.Datetime.add(begin, seconds=part)
                    log.copy({"date_start": begin, "date_end": finish})
                    begin = finish if in_turn else start

    def write(self, vals):
        """Odoo shortens time when a smaller duration is typed: that is kept, too."""
        if "date_start" not in vals or TimeDoor.name_of(self.env) not in ESTIMATES:
            return super().write(vals)
        shortened = self.filtered(
            lambda log: (
                (log.operator_id or log.company_id.mrp_operator_tracking)
                and log.date_start != fields.Datetime.to_datetime(vals["date_start"])
            )
        )
        if shortened:
            # sudo: whoever may type a duration may have logs shortened
            shortened.sudo()._record_corrections("system", lambda log: vals)
        rest = self - shortened
        return super(MrpWorkcenterProductivity, rest).write(vals) if rest else True
