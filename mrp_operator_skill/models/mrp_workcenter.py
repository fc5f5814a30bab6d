from odoo import api, fields, models


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

    def action_view_skill_matrix(self):
        """Open who may work here."""
        action = self.env["ir.actions.client"]._for_xml_id(
            "mrp_operator_skill.mrp_skill_matrix_action"
        )
        return action | {"params": {"workcenter_ids": self.ids}}
