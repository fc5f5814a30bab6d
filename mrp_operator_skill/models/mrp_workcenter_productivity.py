from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.mrp_operator.tools import TimeDoor
from odoo.addons.mrp_operator.tools.time_door import START, TYPED

from ..tools import closing, is_closing

WORK = ("productive", "performance")
# a log that was begun so long ago may have been begun to seem in time
SHORT = timedelta(minutes=5)
LONG = timedelta(days=1)
MOMENT = timedelta(seconds=1)


class MrpWorkcenterProductivity(models.Model):
    """Time is a door, too; stopping the clock never is."""

    _inherit = "mrp.workcenter.productivity"

    @api.model_create_multi
    def create(self, vals_list):
        logs = super().create(vals_list)
        door = TimeDoor.name_of(self.env)
        if door in (None, START, TYPED):
            logs._check_named()
        if not door:
            logs._check_length()
        return logs

    def write(self, vals):
        leaving = self.browse()
        if vals.get("date_end") and not is_closing(self.env):
            leaving = self._get_running()
        asked = leaving._record_leaving()
        res = super().write(vals)
        leaving.workorder_id._record_left(asked)
        changed = vals.keys() & {"workorder_id", "operator_id", "loss_id", "date_end"}
        if changed and not TimeDoor.of(self.env):
            self._check_named()
            if "workorder_id" in changed:
                self._check_people(lambda log: log.date_start)
            self._check_length()
        return res

    def _close(self):
        running = self._get_running()
        asked = running._record_leaving()
        with closing(self.env):
            res = super()._close()
        running.workorder_id._record_left(asked)
        return res

    def _check_named(self):
        """Time on an operation that asks for a qualification has a name."""
        nameless = self.filtered(
            lambda log: (
                log.workorder_id and not log.operator_id and log.loss_type in WORK
            )
        )
        for log in nameless:
            workorder = log.workorder_id
            workorder._check_qualifications(
                workorder._get_supposed_operators(), "log", log.date_start
            )

    def _check_length(self):
        """Time that goes on for long is looked at when it ends, too, or now."""
        now = fields.Datetime.now()
        long = self.filtered(
            lambda log: (
                (log.date_end or now) - log.date_start > LONG
                or not log.date_end
                and now - log.date_start > SHORT
            )
        )
        long._check_people(lambda log: min(log.date_end or now, now) - MOMENT)

    def _check_people(self, moment):
        """Judge those whose time this is, at a moment of each log."""
        for log in self.filtered(lambda log: log.workorder_id and log.operator_id):
            log.workorder_id._check_qualifications(log.operator_id, "log", moment(log))

    def _get_running(self):
        return self.filtered(
            lambda log: log.workorder_id and log.operator_id and not log.date_end
        )

    def _record_leaving(self):
        """Record who stops without having been qualified, before the clock stops.

        :return: what is asked for where others stay at work
        """
        orders = self.workorder_id
        asked = orders._get_skill_requirements() if orders else {}
        guarded = orders.filtered(lambda workorder: asked[workorder])
        if not guarded:
            return {}
        # sudo: who works counts, whoever stops; whoever stops has read it already
        crews = {wo: wo.sudo()._get_running_logs().operator_id for wo in guarded}
        people = self._get_people(guarded)
        problems = guarded._judge_crews(asked, crews, people)
        guarded._record_exceptions(problems, "stop")
        return {
            workorder: asked[workorder]
            for workorder in guarded
            if crews[workorder] - people[workorder]
        }

    def _get_people(self, orders):
        people = {}
        for workorder in orders:
            logs = self.filtered(lambda log, order=workorder: log.workorder_id == order)
            # sudo: whoever stops need not see employees
            people[workorder] = logs.operator_id.sudo()
        return people
