from odoo import fields, models


class MrpWorkcenterProductivityLoss(models.Model):
    _inherit = "mrp.workcenter.productivity.loss"

    mrp_reason_ids = fields.One2many("mrp.reason", "loss_id", string="Reason Codes")

    def _get_reason(self, company, workcenter):
        """:return: the reason tied to the loss that fits a work center, maybe none"""
        # sudo: whoever blocks a work center need not see all reasons
        reasons = self.sudo().mrp_reason_ids
        return reasons.filtered(
            lambda reason: (
                not reason._get_misuse(
                    ("delay", "downtime"),
                    company,
                    workcenter,
                    self.env["product.product"],
                    "",
                )
            )
        )[:1]
