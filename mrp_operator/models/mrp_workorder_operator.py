from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import TimeDoor
from ..tools.time_door import PAUSE, START

# of an employee, who has a hundred other columns
JUDGED = "name active is_operator operator_date_end company_id user_id".split()


class MrpWorkorder(models.Model):
    """The doors through which people come to work, and go."""

    _inherit = "mrp.workorder"

    def _get_acting_operator(self):
        """:return: employee of the current user, if that is an operator"""
        company = self.company_id[:1] or self.env.company
        # sudo: who somebody is himself he may know
        operator = (
            self.env["hr.employee"]
            .sudo()
            .search_fetch(
                [
                    ("user_id", "=", self.env.uid),
                    ("company_id", "=", company.id),
                    ("is_operator", "=", True),
                ],
                ["name"],
                limit=1,
            )
        )
        return operator.with_env(self.env)

    def _check_operators(self, operators, door, at=None):
        """Hook: may these people do this work? Raise unless they may.

        Called before anything is written. Stopping and finishing never ask.

        :param operators: ``hr.employee``
        :param str door: ``plan``, ``start``, ``resume``, ``log`` or ``close``; at the
            last nothing may be raised
        :param datetime at: when they work; by default now
        """
        if door == "close" or not operators:
            return
        at = at or fields.Datetime.now()
        for _operator, problem in self._get_operator_problems(operators, at):
            raise UserError(problem)

    def _get_operator_problems(self, operators, at):
        """:return: list of ``(operator, str)``: who may not work, and why"""
        problems = []
        # sudo: planners need not see employees
        people = operators.sudo()
        people.fetch(JUDGED)
        for operator in people:
            company = (self.company_id - operator.company_id)[:1]
            end = operator.operator_date_end
            if not operator.active:
                problem = self.env._(
                    "%(operator)s is archived and can not work on operations. Choose "
                    "somebody else.",
                    operator=operator.name,
                )
            elif not operator.is_operator:
                problem = self.env._(
                    "%(operator)s is no operator. Tick Operator on the employee, or "
                    "choose somebody else.",
                    operator=operator.name,
                )
            elif company:
                problem = self.env._(
                    "%(operator)s works for %(own)s, not for %(company)s. Choose "
                    "somebody else.",
                    operator=operator.name,
                    own=operator.company_id.name,
                    company=company.name,
                )
            elif end and at.date() > end:
                problem = self.env._(
                    "%(operator)s works here until %(date)s only. Extend the contract "
                    "on the employee, or choose somebody else.",
                    operator=operator.name,
                    date=end,
                )
            else:
                continue
            problems.append((operator, problem))
        return problems

    def _check_start(self, people):
        """:param dict people: ``hr.employee`` per id of these operations"""
        groups = {}
        for workorder in self:
            operators = people.get(workorder.id)
            if operators is None:
                continue
            operators -= workorder.working_operator_ids
            door = "resume" if workorder.state == "progress" else "start"
            if operators or not workorder.working_operator_ids:
                key = (door, operators)
                groups[key] = groups.get(key, self.browse()) | workorder
        for (door, operators), workorders in groups.items():
            workorders._check_operators(operators, door)

    def _get_starting_operators(self):
        """Who is meant when somebody presses start: an operator means himself, others
        those who are planned, or who worked on it last.

        :return: dict from id of the operation to ``hr.employee``; nobody is known for
            those that are missing
        """
        people = {}
        for company, workorders in self.grouped("company_id").items():
            acting = workorders._get_acting_operator()
            if acting:
                people |= dict.fromkeys(workorders.ids, acting)
            elif company.mrp_operator_tracking:
                people |= {
                    workorder.id: workorder._get_expected_operators()
                    for workorder in workorders
                }
        return people

    def _get_expected_operators(self):
        self.ensure_one()
        planned = self._get_planned_operators()
        if planned:
            return planned
        ended = self.time_ids.filtered(lambda log: log.date_end and log.operator_id)
        last = max(ended.mapped("date_end"), default=None)
        return ended.filtered(lambda log: log.date_end == last).operator_id

    def _get_crew(self):
        """:return: who is signed in where these operations are done"""
        # sudo: whoever may start operations need not see where others are
        crew = self.sudo().workcenter_id.presence_ids.operator_id
        return crew.with_env(self.env)

    # Start and stop

    def _start_operators(self, operators):
        """Start the clocks of these people on these operations."""
        with TimeDoor.opened(self.env, START, dict.fromkeys(self.ids, operators)):
            return self.button_start()

    def _stop_operators(self, operators=None):
        """Stop the clocks of these people, by default of everybody.

        Operations on which nobody works any more pause.
        """
        self._stop_clocks(operators)
        self.filtered(lambda wo: not wo._get_running_logs())._pause()
        return True

    def _stop_clocks(self, operators=None):
        self._get_running_logs().filtered(
            lambda log: operators is None or log.operator_id in operators
        )._close()

    def _pause(self):
        """What a pause entails, without stopping anybody who works."""
        if self:
            with TimeDoor.opened(self.env, PAUSE):
                self.button_pending()

    def _hand_over(self, leaving, arriving, note=None, quantity=None):
        """One stops, another goes on.

        :param leaving: ``hr.employee`` whose clocks stop
        :param arriving: ``hr.employee`` whose clocks start
        :param str note: what the next shift has to know
        :param float quantity: good units made so far, in the unit of the order
        """
        self._check_start(dict.fromkeys(self.ids, arriving))
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
        self._stop_clocks(leaving)
        self._start_operators(arriving)
        self.handover_note = note
        for workorder in self:
            workorder._post_handover(leaving, arriving, note, quantity)
        return True

    def _post_handover(self, leaving, arriving, note, quantity):
        # sudo: operators need not be able to write messages on orders
        lines = [
            self.env._(
                "%(operation)s: %(leaving)s handed over to %(arriving)s.",
                operation=self.name,
                leaving=", ".join(leaving.sudo().mapped("name")),
                arriving=", ".join(arriving.sudo().mapped("name")),
            )
        ]
        if quantity:
            lines.append(
                self.env._(
                    "Good so far: %(quantity)g %(unit)s.",
                    quantity=quantity,
                    unit=self.product_uom_id.name,
                )
            )
        if note:
            lines.append(note)
        body = Markup("<br/>").join(lines)
        self.production_id.sudo().message_post(body=body)

    def button_start(self, raise_on_invalid_state=False):
        self._read_ahead()
        door = TimeDoor.of(self.env)
        if door and door.name == START:
            people = door.operators
        else:
            people = self._get_starting_operators()
            if self.env.context.get("ask_operators"):
                unknown = self.filtered(lambda wo: not people.get(wo.id, True))
                if unknown:
                    return unknown._get_assign_action()
        startable = self.filtered(
            lambda wo: wo.state in ("blocked", "ready", "progress")
        )
        startable._check_start(people)
        with TimeDoor.opened(self.env, START, people):
            res = super().button_start(raise_on_invalid_state)
            startable._create_clocks(people)
        return res

    def _create_clocks(self, people):
        now = fields.Datetime.now()
        vals_list = []
        for workorder in self:
            operators = people.get(workorder.id) or self.env["hr.employee"]
            operators -= workorder.working_operator_ids
            if not operators:
                continue
            run = workorder._get_run_minutes()
            vals = workorder._prepare_timeline_vals(run, now)
            vals_list += [
                vals
                | {
                    "operator_id": operator.id,
                    "description": self.env._(
                        # sudo: whoever starts others need not see employees
                        "Time Tracking: %(operator)s",
                        operator=operator.sudo().name,
                    ),
                }
                for operator in operators
            ]
        if vals_list:
            self.env["mrp.workcenter.productivity"].create(vals_list)

    def _get_run_minutes(self):
        """:return: minutes the operation ran so far: parallel work counts once"""
        finish, seconds = None, 0
        for start, end in sorted(self._get_work_spans()):
            start = max(start, finish) if finish else start
            if end > start:
                seconds += (end - start).total_seconds()
                finish = end
        return seconds / 60

    def _should_start_timer(self):
        door = TimeDoor.of(self.env)
        if door and door.name == START and door.operators.get(self.id):
            return False
        return super()._should_start_timer()

    def button_pending(self):
        """An operator pauses his own work, anybody else that of everybody."""
        tracked = self.filtered("operator_tracking")
        if tracked and TimeDoor.name_of(self.env) != PAUSE:
            own = tracked._get_acting_operator()
            tracked._stop_clocks(own or None)
        return super().button_pending()

    def _get_assign_action(self):
        """:return: the dialog that asks who starts"""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who Starts?"),
            "res_model": "mrp.operator.assign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_workorder_ids": self.ids},
        }

    def action_start_operators(self):
        """Open the dialog that asks who starts, or joins."""
        return self._get_assign_action()

    def action_hand_over(self):
        """Open the dialog that hands an operation over."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand Over"),
            "res_model": "mrp.operator.handover",
            "view_mode": "form",
            "target": "new",
            "context": {"default_workorder_id": self.id},
        }
