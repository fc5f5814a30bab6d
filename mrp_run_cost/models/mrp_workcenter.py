from odoo import fields, models

from .mrp_workcenter_overhead import PERCENT


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

    def _get_overhead_quantity(self, basis, hours, units, hour_rate):
        """Quantity an overhead rate is multiplied with.

        :param str basis: of the rate
        :param dict hours: ``{"machine": float, "labour": float}``
        :param float units: units produced, in the unit of the order
        :param float hour_rate: hourly cost of the operation
        :return: hours, units, or for a percentage the hourly cost divided by 100
        """
        if basis == PERCENT:
            return hours["machine"] * hour_rate / 100
        return {
            "machine_hour": hours["machine"],
            "labour_hour": hours["labour"],
            "unit": units,
        }[basis]
