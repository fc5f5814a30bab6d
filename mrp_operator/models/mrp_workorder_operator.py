from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import TimeDoor


class MrpWorkorder(models.Model):
    """The doors through which people come to work, and go."""

    _inherit = "mrp.workorder"

    def _get_acting_operator(self):
        """:return: employee of the current user, if that is an operator"""
        employee = self.env.user.employee_id
        return employee if employee.is_operator else employee.browse()

    def _check_operators(self, operators, door, at=None):
        """Hook: may these people do this work? Raise unless they may.

        Called before anything is written. Stopping and finishing never ask.

        :param operators: ``hr.employee``
        :param str door: ``plan``, ``start``, ``resume``, ``log`` or ``close``; at the
            last nothing may be raised
        :param datetime at: when they work; by default now
        """
        if door == "close":
            return
        at = at or fields.Datetime.now()
        for operator, problem in self._get_operator_problems(operators, at):
            raise UserError(problem)

    def _get_operator_problems(self, operators, at):
        """:return: list of ``(operator, str)``: who may not work, and why"""
        # sudo: planners need not see employees
        problems = []
        for operator in operators.sudo():
            company = (self.company_id - operator.company_id)[:1]
            end = operator.operator_date_end
            if not operator.active:
                problem = self.env._(
                    "%(operator)s is archived and can not work on operations.",
                    operator=operator.name,
                )
            elif not operator.is_operator:
                problem = self.env._(
                    "%(operator)s is no operator. Tick Operator on the employee.",
                    operator=operator.name,
                )
            elif company:
                problem = self.env._(
                    "%(operator)s works for %(own)s, not for %(company)s.",
                    operator=operator.name,
                    own=operator.company_id.name,
                    company=company.name,
                )
            elif end and at.date() > end:
                problem = self.env._(
                    "%(operator)s worked here until %(date)s. Extend the contract or "
                    "choose somebody else.",
                    operator=operator.name,
                    date=end,
                )
            else:
                continue
            problems.append((operator, problem))
        return problems

    def _start_operators(self, operators):
        """Start the clocks of these people on these operations."""
        self._check_operators(operators, "start")
        with TimeDoor.opened(self.env, "start", dict.fromkeys(self.ids, operators)):
            return self.button_start()

    def _stop_operators(self, operators=None):
        """Stop the clocks of these people, by default of everybody."""
        logs = self.time_ids.filtered(
            lambda log: (
                not log.date_end
                and (operators is None or log.operator_id in operators)
            )
        )
        logs._close()
        return True

    def _hand_over(self, leaving, arriving, note=None, quantity=None):
        """One stops, another goes on."""
        self._check_operators(arriving, "start")
        if quantity:
            for workorder in self:
                workorder.production_id._declare_quantities(
                    [
                        {
                            "workorder_id": workorder.id,
                            "kind": "good",
                            "quantity": quantity,
                            "note": note,
                        }
                    ]
                )
        self._stop_operators(leaving)
        self._start_operators(arriving)
        return True

    def button_start(self, raise_on_invalid_state=False):
        door = TimeDoor.of(self.env)
        if door and door.name == "start":
            startable = self.filtered(lambda wo: wo.state not in ("done", "cancel"))
            res = super().button_start(raise_on_invalid_state)
            startable._create_operator_logs(door)
            return res
        return super().button_start(raise_on_invalid_state)

    def _create_operator_logs(self, door):
        now = fields.Datetime.now()
        vals_list = []
        for workorder in self:
            missing = door.operators[workorder.id] - workorder.working_operator_ids
            vals = workorder._prepare_timeline_vals(workorder.duration, now)
            vals_list += [
                vals
                | {
                    "operator_id": operator.id,
                    # sudo: planners need not see employees
                    "user_id": operator.sudo().user_id.id,
                }
                for operator in missing
            ]
        self.env["mrp.workcenter.productivity"].create(vals_list)

    def _should_start_timer(self):
        door = TimeDoor.of(self.env)
        if door and door.name == "start":
            return False
        return super()._should_start_timer()

    def _prepare_timeline_vals(self, duration, date_start, date_end=False):
        vals = super()._prepare_timeline_vals(duration, date_start, date_end)
        return vals | {"operator_id": self._get_acting_operator().id}
