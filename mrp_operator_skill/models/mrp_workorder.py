from odoo import api, fields, models

from ..tools import planning
from .mrp_skill_override import APPROVED
from .mrp_skill_requirement import BLOCK


class MrpWorkorder(models.Model):
    """What a work order asks of people, and who fulfils it."""

    _inherit = "mrp.workorder"

    skill_override_ids = fields.One2many(
        "mrp.skill.override", "workorder_id", string="Overrides"
    )
    skill_exception_ids = fields.One2many(
        "mrp.skill.exception", "workorder_id", string="Exceptions"
    )
    skill_requirement_ids = fields.Many2many(
        "mrp.skill.requirement",
        string="Qualifications",
        compute="_compute_skill_requirement_ids",
        compute_sudo=True,
        help="Asked for by the work center or the operation.",
    )
    qualification_state = fields.Selection(
        [
            ("free", "Nothing Asked For"),
            ("ok", "Qualified"),
            ("override", "Override"),
            ("flag", "Flagged"),
            ("block", "Not Qualified"),
        ],
        compute="_compute_qualification_state",
        help="Whether those who are planned or work there are qualified.",
    )
    qualification_message = fields.Text(compute="_compute_qualification_state")
    present_candidate_ids = fields.Many2many(
        "hr.employee",
        string="Qualified and Here",
        compute="_compute_candidate_ids",
        compute_sudo=True,
        help="Signed in at a work center, those at this one first.",
    )
    absent_candidate_ids = fields.Many2many(
        "hr.employee",
        string="Qualified",
        compute="_compute_candidate_ids",
        compute_sudo=True,
    )

    @api.depends("workcenter_id", "operation_id")
    def _compute_skill_requirement_ids(self):
        requirements = self._get_skill_requirements()
        for workorder in self:
            workorder.skill_requirement_ids = requirements.get(
                workorder._origin, self.env["mrp.skill.requirement"]
            )

    @api.depends("operator_ids", "working_operator_ids", "skill_override_ids.state")
    def _compute_qualification_state(self):
        origins = self._origin
        asked = origins._get_skill_requirements()
        waiting = origins.filtered(lambda wo: wo.state not in ("done", "cancel"))
        problems = waiting._get_qualification_problems()
        # sudo: that there is an override is said to everybody
        overridden = self.env["mrp.skill.override"].sudo()._get_valid(origins)
        for workorder in self:
            origin = workorder._origin
            wrong = [
                problem
                for problem in problems.get(origin, [])
                # nobody planned yet is not wrong yet
                if problem["kind"] != "nobody"
            ]
            workorder.qualification_message = "\n".join(
                problem["message"] for problem in wrong
            )
            modes = {problem["mode"] for problem in wrong}
            if not asked.get(origin):
                state = "free"
            elif modes:
                state = "block" if BLOCK in modes else "flag"
            else:
                state = (
                    "override"
                    if any(key[0] == origin.id for key in overridden)
                    else "ok"
                )
            workorder.qualification_state = state

    @api.depends("workcenter_id", "operation_id", "state")
    def _compute_candidate_ids(self):
        waiting = self._origin.filtered(lambda wo: wo.state not in ("done", "cancel"))
        candidates = waiting._get_qualified_operators()
        nobody = self.env["hr.employee"]
        for workorder in self:
            here, elsewhere, absent = candidates.get(workorder._origin, [nobody] * 3)
            workorder.present_candidate_ids = here | elsewhere
            workorder.absent_candidate_ids = absent

    def _get_qualified_operators(self):
        """Who may do it: each fulfils everything that is asked.

        :return: dict of work order to a list of three ``hr.employee``: signed in at
            its work center, signed in elsewhere, and all others; work orders that ask
            for nothing are left out
        """
        asked = {
            wo: reqs for wo, reqs in self._get_skill_requirements().items() if reqs
        }
        if not asked:
            return {}
        # sudo: planners need not see employees
        operators = (
            self.env["hr.employee"]
            .sudo()
            .search(
                [
                    ("is_operator", "=", True),
                    ("company_id", "in", self.company_id.ids),
                ],
                order="name",
            )
        )
        presence = self._get_presence(operators)
        days = self._get_qualification_days({wo: wo.date_start for wo in asked})
        requirements = self.env["mrp.skill.requirement"].union(*asked.values())
        ratings = requirements._rate(operators, set(days.values()))
        found = {}
        for workorder, needed in asked.items():
            groups = [self.env["hr.employee"].sudo()] * 3
            for operator in operators:
                if operator.company_id != workorder.company_id or not all(
                    ratings[requirement.id, operator.id, days[workorder]].is_fit
                    for requirement in needed
                ):
                    continue
                places = presence.get(operator.id)
                here = places and workorder.workcenter_id.id in places
                place = 0 if here else 1 if places else 2
                groups[place] += operator
            found[workorder] = [group.sudo(False) for group in groups]
        return found

    def _get_presence(self, operators):
        """:return: dict of employee id to the ids of work centers signed in at"""
        # sudo: presence counts for everybody
        groups = (
            self.env["mrp.operator.presence"]
            .sudo()
            ._read_group(
                [("operator_id", "in", operators.ids), ("date_end", "=", False)],
                ["operator_id"],
                ["workcenter_id:array_agg"],
            )
        )
        return {operator.id: set(places) for operator, places in groups}

    def action_request_skill_override(self):
        """Ask a supervisor to let somebody do this."""
        self.ensure_one()
        problem = next(
            (
                problem
                for problem in self._get_qualification_problems()[self]
                if problem["operator_id"]
            ),
            {},
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for an Override"),
            "res_model": "mrp.skill.override",
            "view_mode": "form",
            "views": [
                [
                    self.env.ref(
                        "mrp_operator_skill.mrp_skill_override_view_form_ask"
                    ).id,
                    "form",
                ]
            ],
            "target": "new",
            "context": {
                "default_workorder_id": self.id,
                "default_operator_id": problem.get("operator_id")
                or self._get_acting_operator().id,
                "default_requirement_id": problem.get("requirement_id"),
            },
        }

    def _plan_workorder(self, replan=False):
        with planning(self.workcenter_id):
            return super()._plan_workorder(replan)

    def _get_valid_overrides(self):
        """:return: ``mrp.skill.override`` that let people do this, for rooms above"""
        return self.skill_override_ids.filtered(
            lambda override: override.state == APPROVED
        )
