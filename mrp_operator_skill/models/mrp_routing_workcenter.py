from odoo import fields, models


class MrpRoutingWorkcenter(models.Model):
    _inherit = "mrp.routing.workcenter"

    # a copied recipe asks for the same
    skill_requirement_ids = fields.One2many(
        "mrp.skill.requirement", "operation_id", string="Qualifications", copy=True
    )
