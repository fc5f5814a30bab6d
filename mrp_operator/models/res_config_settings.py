from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mrp_operator_tracking = fields.Boolean(
        related="company_id.mrp_operator_tracking", readonly=False
    )
    mrp_time_share = fields.Selection(
        related="company_id.mrp_time_share", readonly=False, required=True
    )
    mrp_labor_cost = fields.Boolean(related="company_id.mrp_labor_cost", readonly=False)
    mrp_overtime_factor = fields.Float(
        related="company_id.mrp_overtime_factor", readonly=False
    )
    mrp_longest_shift = fields.Float(
        related="company_id.mrp_longest_shift", readonly=False
    )
    mrp_cap_grace = fields.Float(related="company_id.mrp_cap_grace", readonly=False)
    mrp_shift_supervisor_id = fields.Many2one(
        related="company_id.mrp_shift_supervisor_id", readonly=False
    )
    mrp_person_statistics = fields.Boolean(
        related="company_id.mrp_person_statistics", readonly=False
    )
