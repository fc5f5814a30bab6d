from odoo import api, fields, models

from .mrp_operation_instruction import PUBLISHED


class MrpRoutingWorkcenter(models.Model):
    _inherit = "mrp.routing.workcenter"

    instruction_ids = fields.One2many(
        "mrp.operation.instruction", "operation_id", string="Instructions"
    )
    instruction_id = fields.Many2one(
        "mrp.operation.instruction",
        string="Published Instructions",
        compute="_compute_instruction_id",
    )

    @api.depends("instruction_ids.state")
    def _compute_instruction_id(self):
        for operation in self:
            operation.instruction_id = operation.instruction_ids.filtered(
                lambda i: i.state == PUBLISHED
            )[:1]

    def action_view_instructions(self):
        """Open the versions of the instructions."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_shop_floor.mrp_operation_instruction_action"
        )
        return action | {
            "domain": [("operation_id", "=", self.id)],
            "context": {"default_operation_id": self.id},
        }
