from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.mrp_reason_code.tools import get_shift_end


class HrEmployee(models.Model):
    """Employees who work on operations; contractors are employees without a user."""

    _inherit = "hr.employee"

    is_operator = fields.Boolean(
        string="Operator", help="Works on operations of manufacturing orders."
    )
    operator_agency_id = fields.Many2one(
        "res.partner",
        string="Agency",
        groups="hr.group_hr_user",
        index="btree_not_null",
        help="Who sends this contractor.",
    )
    operator_date_end = fields.Date(
        string="Works Until",
        groups="hr.group_hr_user",
        help="Last day on which this person may work on operations. Empty: no end.",
    )
    operator_overtime_factor = fields.Float(
        string="Overtime Factor",
        groups="hr.group_hr_user",
        digits=(16, 4),
        help="What an hour of overtime costs, in hours. 0: that of the company.",
    )

    _operator_overtime_factor_positive = models.Constraint(
        "CHECK(operator_overtime_factor >= 0)",
        "The overtime factor can not be negative.",
    )

    @api.constrains("company_id", "is_operator")
    def _check_operator_company(self):
        """Time that was logged in a company stays with people of that company."""
        # sudo: whoever moves people need not see production
        logged = (
            self.env["mrp.workcenter.productivity"]
            .sudo()
            ._read_group(
                [("operator_id", "in", self.ids)], ["operator_id", "company_id"]
            )
        )
        for operator, company in logged:
            if company != operator.company_id:
                raise ValidationError(
                    self.env._(
                        "%(operator)s logged time for %(company)s. Create another "
                        "employee for the other company instead.",
                        operator=operator.name,
                        company=company.name,
                    )
                )

    def write(self, vals):
        res = super().write(vals)
        if vals.get("active") is False or vals.get("is_operator") is False:
            self._leave_work()
        return res

    def _leave_work(self):
        """Stop all clocks and sign out: who is gone works on nothing."""
        # sudo: whoever archives an employee need not see production
        logs = self.env["mrp.workcenter.productivity"].sudo()
        logs.search(
            [("operator_id", "in", self.ids), ("date_end", "=", False)]
        )._close()
        self.env["mrp.operator.presence"].sudo()._get_open(self)._end()

    def _get_labor_rate(self):
        """:return: ``(hourly cost, overtime factor)``"""
        self.ensure_one()
        # sudo: whoever stops a clock need not see what people cost
        employee = self.sudo()
        factor = (
            employee.operator_overtime_factor or employee.company_id.mrp_overtime_factor
        )
        return employee.hourly_cost, factor

    def _get_shift_end(self, start):
        """:return: datetime (UTC), end of the shift that ``start`` is in; at the latest
        when the company's longest shift is over
        """
        self.ensure_one()
        # sudo: whoever looks need not see employees
        employee = self.sudo()
        company = employee.company_id
        longest = fields.Datetime.add(start, hours=company.mrp_longest_shift)
        calendar = employee.resource_calendar_id
        if calendar.flexible_hours:
            return longest
        end = get_shift_end(calendar, start, employee.resource_id)
        return min(end, longest) if end else longest
