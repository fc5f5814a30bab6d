from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    mrp_operator_tracking = fields.Boolean(
        string="Operators on Operations",
        help="Operations ask who works on them, and recorded time is changed by "
        "supervisors only. Off: nobody is asked; time is still logged for whoever "
        "clicks, if that is an operator.",
    )
    mrp_time_share = fields.Selection(
        [("equal", "Equally"), ("quantity", "By the Quantity of the Order")],
        string="Parallel Work Is Shared",
        default="equal",
        required=True,
        help="How an operation shares the time of an operator with what he does at the "
        "same time.",
    )
    mrp_labor_cost = fields.Boolean(
        string="Labour from Operators",
        help="Time of operators costs their own hourly cost. It replaces the hourly "
        "cost of work centers whose hourly cost is labour.",
    )
    mrp_overtime_factor = fields.Float(
        string="Overtime Factor",
        default=1.5,
        digits=(16, 4),
        help="What an hour outside the working hours costs, in hours within them.",
    )
    mrp_longest_shift = fields.Float(
        string="Longest Shift",
        default=12,
        help="No clock runs longer than this many hours, nor past the shift's end.",
    )
    mrp_cap_grace = fields.Float(
        string="Grace",
        default=1,
        help="Hours after the end of the shift until forgotten clocks are stopped.",
    )
    mrp_shift_supervisor_id = fields.Many2one(
        "res.users",
        string="Shift Supervisor",
        check_company=True,
        help="Gets an activity for each clock that had to be stopped. Empty: the "
        "responsible of the order.",
    )
    mrp_person_statistics = fields.Boolean(
        string="Statistics by Person",
        default=True,
        help="Off: the analysis of times shows no names.",
    )

    _mrp_overtime_factor_positive = models.Constraint(
        "CHECK(mrp_overtime_factor >= 0)", "The overtime factor can not be negative."
    )
    _mrp_longest_shift_positive = models.Constraint(
        "CHECK(mrp_longest_shift > 0)", "The longest shift needs some hours."
    )

    def _fetch_floor_settings(self):
        """Read what starting and stopping a clock ask about, and not the hundred other
        columns of a company: whoever does it waits for them.
        """
        # sudo: settings hold for people who can not read them, too
        self.sudo().fetch(self._get_floor_settings())

    def _get_floor_settings(self):
        """:return: list of str; rooms above add theirs with ``super()``"""
        return [
            # what Odoo itself asks about meanwhile
            "parent_path",
            "alias_domain_id",
            "mrp_operator_tracking",
            "mrp_time_share",
            "mrp_labor_cost",
            "mrp_delay_tracking",
        ]

    def _costs_labor(self):
        """:return: whether time of operators costs what they cost"""
        # what parallel work takes is known only where operators are tracked
        return self.mrp_operator_tracking and self.mrp_labor_cost
