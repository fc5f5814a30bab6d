from datetime import timedelta

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    mrp_scrap_reason_required = fields.Boolean(
        string="Reason for Scrap",
        help="Scrap of manufacturing orders needs a reason code.",
    )
    mrp_delay_tracking = fields.Boolean(
        string="Reasons for Stops and Lateness",
        help="Pauses, blocked work centers and late finishes are recorded and wait "
        "for a reason. Stopping and finishing are never refused.",
    )
    mrp_delay_tolerance = fields.Integer(
        string="Tolerance",
        default=15,
        help="Minutes after the frozen plan from which a finish counts as late.",
    )
    mrp_micro_stop_limit = fields.Integer(
        string="Micro-Stops",
        default=3,
        help="Stops shorter than this many minutes are counted, not asked about.",
    )
    mrp_reason_user_id = fields.Many2one(
        "res.users",
        string="Supervisor for Reasons",
        check_company=True,
        help="Gets an activity for each stop without a reason. Empty: the responsible "
        "of the order.",
    )
    mrp_starter_reasons = fields.Boolean(
        string="Starter Set of Reasons",
        default=True,
        help="Offer the reason codes that came with the add-on.",
    )

    _mrp_delay_tolerance_positive = models.Constraint(
        "CHECK(mrp_delay_tolerance >= 0)",
        "The tolerance for late finishes can not be negative.",
    )
    _mrp_micro_stop_limit_positive = models.Constraint(
        "CHECK(mrp_micro_stop_limit >= 0)",
        "The limit for micro-stops can not be negative.",
    )

    def write(self, vals):
        res = super().write(vals)
        if "mrp_delay_tracking" in vals and not vals["mrp_delay_tracking"]:
            # sudo: delays are what the server saw, nobody writes them himself
            delays = self.env["mrp.delay"].sudo()
            delays.search(
                [
                    ("company_id", "in", self.ids),
                    ("kind", "=", "pause"),
                    ("date_end", "=", False),
                ]
            )._end()
        return res

    def _get_lateness(self, planned, real):
        """:return: timedelta between two datetimes, zero within the tolerance"""
        self.ensure_one()
        late = real - planned
        tolerance = timedelta(minutes=self.mrp_delay_tolerance)
        return late if late > tolerance else timedelta()
