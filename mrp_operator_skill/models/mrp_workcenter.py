from odoo import api, fields, models

from ..tools import is_alternative
from .mrp_skill_requirement import BLOCK


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    skill_requirement_ids = fields.One2many(
        "mrp.skill.requirement", "workcenter_id", string="Qualifications", copy=True
    )
    skill_requirement_count = fields.Integer(compute="_compute_skill_requirement_count")

    @api.depends("skill_requirement_ids")
    def _compute_skill_requirement_count(self):
        for workcenter in self:
            workcenter.skill_requirement_count = len(workcenter.skill_requirement_ids)

    def _get_first_available_slot(self, start_datetime, *args, **kwargs):
        """Automatic planning moves nothing to where nobody may do it. What the recipe
        says stays: people are trained, too.
        """
        if is_alternative(self) and not self._has_qualified(start_datetime.date()):
            return False, self.env._(
                "Nobody is qualified for %(workcenter)s.", workcenter=self.name
            )
        return super()._get_first_available_slot(start_datetime, *args, **kwargs)

    def _has_qualified(self, day):
        """:return: whether there is somebody for all that blocks who lacks it"""
        self.ensure_one()
        # sudo: planners need see neither what is asked for nor employees
        workcenter = self.sudo().with_context(active_test=True)
        asked = workcenter.skill_requirement_ids.filtered(
            lambda requirement: requirement.active and requirement.mode == BLOCK
        )
        if not asked:
            return True
        operators = workcenter.env["hr.employee"].search(
            [("is_operator", "=", True), ("company_id", "=", workcenter.company_id.id)]
        )
        ratings = asked._rate(operators, {day})
        return all(
            any(ratings[each.id, operator, day].is_fit for operator in operators.ids)
            for each in asked
        )

    def action_view_skill_matrix(self):
        """Open who may work here."""
        action = self.env["ir.actions.client"]._for_xml_id(
            "mrp_operator_skill.mrp_skill_matrix_action"
        )
        return action | {"params": {"workcenter_ids": self.ids}}
