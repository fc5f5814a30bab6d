from odoo import fields, models


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    hour_cost_element = fields.Selection(
        [("labour", "Labour"), ("machine", "Machine")],
        string="Hourly Cost Is",
        required=True,
        default="labour",
        help="Cost element that the hourly cost of this work center belongs to.",
    )
    overhead_ids = fields.One2many(
        "mrp.workcenter.overhead",
        "workcenter_id",
        string="Overhead Rates",
        copy=True,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
    )

    def _get_overheads(self):
        """:return: overhead rates of these work centers, without asking for none"""
        charged = self.env["mrp.workcenter.overhead"]._get_workcenter_ids()
        return self.filtered(lambda wc: wc._origin.id in charged).overhead_ids
