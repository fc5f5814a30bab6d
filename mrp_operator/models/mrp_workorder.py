from odoo import api, fields, models

from odoo.addons.hr.models.hr_employee import _ALLOW_READ_HR_EMPLOYEE

from ..tools import TimeDoor, get_moment
from ..tools.time_door import COPY
from .mrp_workcenter_productivity import WORK

# in the context while Odoo moves the slot of an operation: saves work, allows nothing
SLOT = "mrp_operator_slot"


class MrpWorkorder(models.Model):
    """Who is to work on an operation, and who does."""

    _inherit = "mrp.workorder"

    # Odoo follows a relation with a domain by a search each time an operation changes,
    # others by what it has read; this domain is for clients to choose by, in no view
    needed_by_workorder_ids = fields.Many2many(domain=[])
    # archived logs never count, whatever the caller's context says
    time_ids = fields.One2many(context={"active_test": True})
    operator_ids = fields.Many2many(
        "hr.employee",
        "mrp_workorder_operator_rel",
        "workorder_id",
        "operator_id",
        string="Planned Operators",
        check_company=True,
        domain="[('is_operator', '=', True), ('company_id', '=', company_id)]",
        copy=False,
        help="Who is to do it. What nobody logs is taken to be their time.",
    )
    working_operator_ids = fields.Many2many(
        "hr.employee",
        string="Working",
        compute="_compute_working_operator_ids",
        compute_sudo=True,
        search="_search_working_operator_ids",
        help="Whose clock runs on this operation.",
    )
    handover_note = fields.Char(
        readonly=True, copy=False, help="What the last shift left word of."
    )
    operator_tracking = fields.Boolean(related="company_id.mrp_operator_tracking")
    is_own_clock = fields.Boolean(compute="_compute_working_users")

    @api.depends("time_ids.operator_id", "time_ids.date_end", "time_ids.active")
    def _compute_working_operator_ids(self):
        for workorder in self:
            workorder.working_operator_ids = workorder._get_running_logs().operator_id

    def _search_working_operator_ids(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        return [
            (
                "time_ids",
                "any",
                [("date_end", "=", False), ("operator_id", operator, value)],
            )
        ]

    def _get_running_logs(self):
        return self.time_ids.filtered(lambda log: not log.date_end)

    def _compute_working_users(self):
        """Who is no operator himself may pause and finish for those who work."""
        res = super()._compute_working_users()
        tracked = self.filtered("operator_tracking")
        own = tracked and tracked._get_acting_operator()
        for workorder in self:
            workorder.is_own_clock = bool(own) and own in workorder.working_operator_ids
            if workorder in tracked and not own and workorder.working_operator_ids:
                workorder.is_user_working = True
        return res

    @api.depends("time_ids.active", "time_ids.labor_cost")
    def _compute_duration(self):
        return super()._compute_duration()

    def get_working_duration(self):
        """Running clocks of operators share time like those that stopped."""
        operated = self._get_running_logs().filtered(lambda log: log._is_tracked_work())
        if not operated:
            return super().get_working_duration()
        now = self.env.cr.now().replace(microsecond=0)
        others = self._get_running_logs() - operated
        seconds = operated._get_running_seconds(now)
        seconds += sum((now - log.date_start).total_seconds() for log in others)
        return seconds / 60

    def _set_dates(self):
        return super(MrpWorkorder, self.with_context(**{SLOT: True}))._set_dates()

    def _get_work_spans(self):
        """:return: list of ``(start, end)`` of everybody's work, running or not"""
        now = fields.Datetime.now()
        return [
            (log.date_start, log.date_end or max(now, log.date_start))
            for log in self.time_ids
            if log.loss_type in WORK
        ]

    def _get_overrun_moment(self):
        """:return: datetime from which the operation took longer than expected, if so;
        it takes no longer when more people work on it
        """
        self.ensure_one()
        spans = self._get_work_spans()
        if self.duration_expected <= 0:
            return min(start for start, _end in spans) if spans else None
        # what is not over by a second is in time
        moment = get_moment(spans, self.duration_expected * 60 + 1)
        return moment and get_moment(spans, self.duration_expected * 60).replace(
            microsecond=0
        )

    @api.model_create_multi
    def create(self, vals_list):
        if not any("operator_ids" in vals for vals in vals_list):
            return super().create(vals_list)
        workorders = super(MrpWorkorder, self._with_readable_operators()).create(
            vals_list
        )
        workorders = workorders.with_env(self.env)
        for operators, group in workorders.grouped("operator_ids").items():
            if operators:
                group._check_operators(operators, "plan")
        return workorders

    def write(self, vals):
        if vals.get("state") == "progress":
            self._check_state_door()
        if "operator_ids" not in vals:
            return super().write(vals)
        self._check_plan_door(vals["operator_ids"])
        res = super(MrpWorkorder, self._with_readable_operators()).write(vals)
        self._plan_labor_cost()
        return res

    def _with_readable_operators(self):
        """As core's ``hr.mixin`` does, but only where operators are written."""
        return self.with_context(_allow_read_hr_employee=_ALLOW_READ_HR_EMPLOYEE)

    def _copy_operators(self, origins):
        """Plan those who were planned for the same operations of another order."""
        planned = {
            origin.operation_id: origin.operator_ids
            for origin in origins
            if origin.operator_ids
        }
        with TimeDoor.opened(self.env, COPY):
            for workorder in self if planned else ():
                if operators := planned.get(workorder.operation_id):
                    workorder.operator_ids = operators

    def _check_state_door(self):
        """A state that is written starts the work of those who would be started."""
        if TimeDoor.name_of(self.env):
            return
        starting = self.filtered(lambda wo: wo.state in ("blocked", "ready"))
        if starting:
            starting._check_start(starting._get_starting_operators())

    def _check_plan_door(self, commands):
        """Are those who are about to be planned allowed to do the work?"""
        if TimeDoor.name_of(self.env) == COPY:
            return
        operators = self.env["hr.employee"]
        for command in commands or []:
            if isinstance(command, int):
                operators |= operators.browse(command)
            elif command[0] == 6:
                operators |= operators.browse(command[2])
            elif command[0] == 4:
                operators |= operators.browse(command[1])
        groups = {}
        for workorder in self:
            added = operators - workorder.operator_ids
            if added:
                groups[added] = groups.get(added, self.browse()) | workorder
        for added, workorders in groups.items():
            workorders._check_operators(added, "plan")
