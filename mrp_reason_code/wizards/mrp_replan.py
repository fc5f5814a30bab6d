from odoo import api, fields, models


class MrpReplan(models.TransientModel):
    _name = "mrp.replan"
    _description = "Re-plan an Order"

    production_id = fields.Many2one(
        "mrp.production", string="Manufacturing Order", required=True, readonly=True
    )
    old_start = fields.Datetime(related="production_id.baseline_start")
    old_end = fields.Datetime(related="production_id.baseline_end")
    new_start = fields.Datetime(
        compute="_compute_new_dates", store=True, readonly=False, required=True
    )
    new_end = fields.Datetime(
        compute="_compute_new_dates", store=True, readonly=False, required=True
    )
    reason_id = fields.Many2one(
        "mrp.reason",
        required=True,
        domain="[('category', '=', 'delay'), ('usable', '=', True)]",
    )
    note = fields.Char()

    @api.depends("production_id")
    def _compute_new_dates(self):
        for wizard in self:
            order = wizard.production_id
            wizard.new_start = order.baseline_start or order.date_start
            wizard.new_end = order.baseline_end or order.date_finished

    def action_replan(self):
        """Freeze the new plan."""
        self.ensure_one()
        order = self.production_id
        self.reason_id._check_usable(
            ("delay",),
            order.company_id,
            order.workorder_ids.workcenter_id,
            order.product_id,
            self.note,
        )
        order._replan_baseline(
            self.new_start,
            self.new_end,
            {"reason_id": self.reason_id.id, "note": self.note},
        )
        return {"type": "ir.actions.act_window_close"}
