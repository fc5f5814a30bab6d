from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.mrp_operator_skill.models.mrp_skill_override import (
    APPROVED,
    OPEN,
    REQUESTED,
)

from .mrp_workorder import BLOCK


class MrpWorkorder(models.Model):
    """What somebody who can not go on asks supervisors for."""

    _inherit = "mrp.workorder"

    def _get_missing(self, operator):
        """What a supervisor could override.

        :param operator: ``hr.employee`` who would start these operations
        :return: dict from operation to ``mrp.skill.requirement``
        """
        now = fields.Datetime.now()
        # sudo: operators do not read requirements, they are told of them
        requirements = self.env["mrp.skill.requirement"].sudo()
        # an override says nothing about contracts and companies
        if self._get_operator_problems(operator, now):
            return {}
        found = self._get_qualification_problems(operator, now)
        return {
            workorder: requirements.browse({p["requirement_id"] for p in blocking})
            for workorder, problems in found.items()
            if (blocking := [p for p in problems if p["mode"] == BLOCK])
        }

    def _ask_override(self, operator, note=""):
        """Ask the supervisors for what is missing and was not asked for yet.

        :return: ``mrp.skill.override`` that were created
        :raise UserError: when there is nothing to ask for, or nobody to be asked
        """
        self.ensure_one()
        missing = self._get_missing(operator).get(self)
        if not missing:
            raise UserError(
                self.env._(
                    "Nothing is missing any more: %(operation)s can be started.",
                    operation=self.display_name,
                )
            )
        # sudo: whoever asks may see no overrides of others
        overrides = self.env["mrp.skill.override"].sudo()
        known = overrides.search(
            [
                ("workorder_id", "=", self.id),
                ("operator_id", "=", operator.id),
                ("requirement_id", "in", missing.ids),
                ("state", "in", OPEN),
            ]
        )
        asking = missing - known.requirement_id
        if not asking:
            raise UserError(
                self.env._("It was asked for already and waits for a supervisor.")
            )
        if not self.env["mrp.shop.floor.help"]._get_supervisors(operator):
            raise UserError(
                self.env._(
                    "Nobody has the role Supervisor in %(company)s. Ask an "
                    "administrator to give it to somebody.",
                    company=operator.company_id.name,
                )
            )
        return overrides.create(
            [
                {
                    "workorder_id": self.id,
                    "operator_id": operator.id,
                    "requirement_id": requirement.id,
                    "note": note,
                }
                for requirement in asking
            ]
        )

    def _get_ways_out(self, operator):
        """Whom to ask about what is missing, and what became of asking.

        :return: dict from operation to dict with ``who``, ``at`` and ``state``
        """
        missing = self._get_missing(operator)
        if not missing:
            return {}
        who = self.env["mrp.shop.floor.help"]._get_supervisors(operator)
        # sudo: what one has asked for one may know
        asked = (
            self.env["mrp.skill.override"]
            .sudo()
            .search(
                [
                    ("workorder_id", "in", [workorder.id for workorder in missing]),
                    ("operator_id", "=", operator.id),
                    ("state", "!=", APPROVED),
                ]
            )
            .grouped("workorder_id")
        )
        ways = {}
        for workorder, requirements in missing.items():
            last = asked.get(workorder, self.env["mrp.skill.override"]).filtered(
                lambda o, asking=requirements: o.requirement_id in asking
            )
            waiting = last.filtered(lambda o: o.state == REQUESTED)
            ways[workorder] = {
                "who": who.mapped("name"),
                "override": (waiting or last)[:1],
                "waits": len(waiting.requirement_id) == len(requirements),
            }
        return ways
