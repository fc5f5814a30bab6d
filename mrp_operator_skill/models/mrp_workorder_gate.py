import logging

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.mrp_operator.tools import TimeDoor
from odoo.addons.mrp_operator.tools.time_door import START
from odoo.addons.mrp_reason_code.tools import as_server

from ..exceptions import QualificationError
from ..tools import LACKING, NOBODY
from .mrp_skill_requirement import BLOCK

_logger = logging.getLogger(__name__)
CLOSED = ("done", "cancel")
_SERVER = object()
_HANDOVER = "mrp_operator_skill_handover"


class MrpWorkorder(models.Model):
    """The gate: who lacks what is asked for does not come to work."""

    _inherit = "mrp.workorder"

    def _check_operators(self, operators, door, at=None):
        res = super()._check_operators(operators, door, at)
        self._check_qualifications(operators, door, at)
        return res

    def _check_qualifications(self, operators, door, at=None):
        """Raise unless the people are qualified; record what passes all the same.

        :raise QualificationError: naming the people, what they lack and the way out
        """
        if door == "close":
            # whoever worked was judged when he came
            self = self.filtered(
                lambda workorder: (
                    operators.sudo() - workorder._get_logged_operators()
                    or not workorder._get_logged_operators()
                )
            )
        asked = self._get_skill_requirements()
        guarded = self.filtered(lambda workorder: asked[workorder])
        if not guarded:
            return
        if door == "plan":
            guarded._check_plan(asked, operators)
            return
        # sudo: whoever starts others need not see employees
        people = operators.sudo()
        there = guarded._get_clocked_operators()
        crews, coming = {}, {}
        for workorder in guarded:
            coming[workorder] = people
            crews[workorder] = there.get(workorder.id, people.browse()) | people
            if door == "close":
                logged = workorder._get_logged_operators()
                crews[workorder] |= logged
                coming[workorder] -= logged
        moments = at and dict.fromkeys(guarded, at)
        problems = guarded._judge_crews(asked, crews, coming, moments)
        if door != "close":
            guarded._refuse(problems, door)
        guarded._record_exceptions(problems, door)

    def _get_logged_operators(self):
        """:return: ``hr.employee`` who ever worked on it"""
        self.ensure_one()
        # sudo: whoever completes need not see time and employees
        return self.sudo().time_ids.operator_id

    def _check_plan(self, asked, operators):
        """A crew is planned bit by bit: only who lacks a qualification is refused."""
        # sudo: planners need not see employees
        people = dict.fromkeys(self, operators.sudo())
        problems = self._judge_crews(asked, people, people, self._get_planned_moments())
        self._refuse(
            {
                workorder: [each for each in found if each["kind"] == LACKING]
                for workorder, found in problems.items()
            },
            "plan",
        )

    def _refuse(self, problems, door):
        refused = [
            (workorder, problem)
            for workorder in self
            for problem in problems[workorder]
            if problem["mode"] == BLOCK
        ]
        if not refused:
            return
        _logger.info(
            "Refused to %s at the door %s: %s",
            self.env.user.login,
            door,
            [
                (workorder.id, problem["operator_id"], problem["requirement_id"])
                for workorder, problem in refused
            ],
        )
        workorder, problem = refused[0]
        lines = [problem["message"] for _workorder, problem in refused]
        lines.append(workorder._get_way_out(problem))
        raise QualificationError(
            "\n".join(lines),
            {
                "workorder_id": workorder.id,
                "operator_id": problem["operator_id"],
                "requirement_id": problem["requirement_id"],
            },
        )

    def _get_way_out(self, problem):
        """:return: str, what to do about a refusal"""
        qualified = self._get_qualified_operators().get(self, [])
        # sudo: names of who may do it, told to whoever is refused
        names = [operator.name for group in qualified for operator in group.sudo()][:5]
        if problem["kind"] == NOBODY:
            way = self.env._("Say who works: start it for an operator.")
        else:
            way = self.env._(
                "Have a qualified operator do it, or ask a supervisor for an override."
            )
        if names:
            way = self.env._(
                "%(way)s Qualified: %(names)s.", way=way, names=", ".join(names)
            )
        return way

    def _record_exceptions(self, problems, door):
        """Keep what passes though it should not, once for each shift."""
        if not any(problems.values()):
            # sudo: nobody creates exceptions himself
            return self.env["mrp.skill.exception"].sudo()
        exceptions = as_server(self.env["mrp.skill.exception"].sudo())
        vals_list = [
            exceptions._prepare(workorder, problem, door)
            for workorder in self
            for problem in problems.get(workorder, [])
        ]
        if not vals_list:
            return exceptions
        # sudo: only the server records exceptions
        known = {
            (each.workorder_id.id, each.operator_id.id, each.message)
            for each in exceptions.search_fetch(
                [("workorder_id", "in", self.ids)],
                ["workorder_id", "operator_id", "message"],
            )
        }
        return exceptions.create(
            [
                vals
                for vals in vals_list
                if (vals["workorder_id"], vals["operator_id"] or False, vals["message"])
                not in known
            ]
        )

    def _record_left(self, asked):
        """Record who is left at work without a trainer or a second one.

        :param dict asked: what is asked for where somebody is left
        """
        if self.env.context.get(_HANDOVER) is _SERVER:
            return
        staying = self.filtered(lambda workorder: workorder in asked)
        clocked = staying._get_clocked_operators() if staying else {}
        crews = {wo: clocked[wo.id] for wo in staying if wo.id in clocked}
        staying = staying.filtered(lambda workorder: workorder in crews)
        if staying:
            problems = staying._judge_crews(asked, crews, crews)
            staying._record_exceptions(problems, "stop")

    def _hand_over(self, leaving, arriving, note=None, quantity=None):
        """Who is left is looked at once the others have come."""
        # an object: nobody can send it over RPC
        handing = self.with_context(**{_HANDOVER: _SERVER})
        res = super(MrpWorkorder, handing)._hand_over(leaving, arriving, note, quantity)
        asked = self._get_skill_requirements()
        self._record_left({wo: needed for wo, needed in asked.items() if needed})
        return res

    def _record_nobody(self):
        """Completed without anybody named who worked: recorded, not refused."""
        done = self.filtered(lambda workorder: workorder.state == "done")
        asked = done._get_skill_requirements()
        guarded = done.filtered(lambda workorder: asked[workorder])
        if not guarded:
            return
        silent = guarded.filtered(lambda wo: not wo._get_logged_operators())
        # sudo: nobody, as those who are judged are read below
        nobody = dict.fromkeys(silent, self.env["hr.employee"].sudo())
        problems = silent._judge_crews(asked, nobody, nobody)
        silent._record_exceptions(problems, "close")

    @api.model_create_multi
    def create(self, vals_list):
        workorders = super().create(vals_list)
        workorders.filtered(lambda wo: wo.state == "progress")._check_begun()
        return workorders

    def write(self, vals):
        """Whoever writes that work goes on, or elsewhere, passes the gate, too."""
        begun = self.browse()
        if vals.get("state") == "progress":
            begun = self.filtered(
                lambda workorder: (
                    workorder.state != "progress" and not workorder._is_named()
                )
            )
        moved = self.browse()
        if vals.keys() & {"workcenter_id", "operation_id"}:
            self._check_operation(vals)
            moved = self.filtered(
                lambda workorder: any(
                    name in vals and vals[name] != workorder[name].id
                    for name in ("workcenter_id", "operation_id")
                )
            )
        res = super().write(vals)
        begun._check_begun()
        moved._check_moved()
        return res

    def _is_named(self):
        """:return: whether those who start were judged, on the way here"""
        self.ensure_one()
        door = TimeDoor.of(self.env)
        return bool(door and (door.name != START or door.operators.get(self.id)))

    def _get_supposed_operators(self):
        """:return: ``hr.employee`` who work if nobody says who"""
        self.ensure_one()
        return self._get_acting_operator() or self.operator_ids

    def _check_begun(self):
        """Somebody qualified is to be at work on what is in progress."""
        if not self:
            return
        asked = self._get_skill_requirements()
        guarded = self.filtered(lambda workorder: asked[workorder])
        clocked = guarded._get_clocked_operators()
        for workorder in guarded:
            if workorder.id not in clocked:
                workorder._check_operators(workorder._get_supposed_operators(), "start")

    def _check_moved(self):
        """What is done elsewhere, or as another operation, asks for something else."""
        if not self:
            return
        asked = self._get_skill_requirements()
        for workorder in self.filtered(
            lambda workorder: asked[workorder] and workorder.state not in CLOSED
        ):
            if workorder.working_operator_ids:
                workorder._check_operators(workorder.working_operator_ids, "resume")
            elif workorder.operator_ids:
                workorder._check_operators(workorder.operator_ids, "plan")

    def _check_operation(self, vals):
        """Nobody takes the operation away together with what it asks for."""
        if "operation_id" not in vals or self.env.su:
            return
        if self.env.user.has_group("mrp.group_mrp_manager"):
            return
        asked = self._get_skill_requirements()
        for workorder in self:
            lost = asked[workorder].filtered("operation_id")
            if lost and vals["operation_id"] != workorder.operation_id.id:
                raise UserError(
                    self.env._(
                        "%(workorder)s asks for %(skill)s because of its operation: "
                        "only a manufacturing administrator changes it.",
                        workorder=workorder.display_name,
                        skill=lost[0]._get_title(),
                    )
                )
