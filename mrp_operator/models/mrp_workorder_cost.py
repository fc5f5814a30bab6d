from odoo import models


class MrpWorkorder(models.Model):
    """Operators cost their own rate; the work center's hourly cost makes room."""

    _inherit = "mrp.workorder"

    def _get_worked_hours(self, date=False):
        hours = super()._get_worked_hours(date)
        if self._should_estimate_cost():
            return self._add_planned_operators(hours)
        rated = self._get_closed_logs(date).filtered("labor_rate")
        if not rated:
            return hours
        seconds = sum(rated.mapped("seconds"))
        cost = sum(rated.mapped("labor_cost"))
        covered = self._get_covered_hours(rated)
        return self._add_operators(hours, seconds / 3600, cost, covered)

    def _get_planned_hours(self):
        return self._add_planned_operators(super()._get_planned_hours())

    def _get_covered_hours(self, logs):
        """:return: hours in which at least one of these logs ran"""
        finish, seconds = None, 0
        for start, end in sorted((log.date_start, log.date_end) for log in logs):
            start = max(start, finish) if finish else start
            if end > start:
                seconds += (end - start).total_seconds()
                finish = end
        return seconds / 3600

    def _add_planned_operators(self, hours):
        """Everybody who is planned works as long as the operation should take."""
        if not self.company_id._costs_labor():
            return hours
        rates = [operator._get_labor_rate()[0] for operator in self.operator_ids]
        rates = [rate for rate in rates if rate]
        if not rates:
            return hours
        expected = self._get_expected_hours()
        return self._add_operators(
            hours, expected * len(rates), expected * sum(rates), expected
        )

    def _add_operators(self, hours, worked, cost, covered):
        """Replace the hourly cost where that is labour, rather than add to it."""
        charged = hours["charged"]
        if self.workcenter_id.hour_cost_element == "labour":
            charged = max(charged - covered, 0)
        return hours | {
            "charged": charged,
            "operators": {"hours": worked, "cost": cost},
        }

    def _plan_labor_cost(self):
        """Who is planned before the work begins belongs to the planned cost."""
        # sudo: planners need not see cost
        workorders = self.sudo().filtered(
            lambda wo: (
                wo.company_id._costs_labor()
                and wo.production_state == "confirmed"
                and not wo.time_ids
            )
        )
        for production, operations in workorders.grouped("production_id").items():
            production._replan_operations(operations)

    def _create_or_update_analytic_entry(self):
        # sudo: whoever types a duration or stops a clock need see neither analytic
        # lines nor what people cost
        return super(MrpWorkorder, self.sudo())._create_or_update_analytic_entry()

    def _is_operated(self):
        """:return: whether what it costs follows from those who worked on it"""
        self.ensure_one()
        return bool(self.operator_tracking and self.time_ids.operator_id)

    def _get_booked_cost(self):
        """:return: what the run charges for the operation, overheads left out"""
        self.ensure_one()
        order = self.production_id
        if order.state == "done" and order.run_cost_line_ids:
            return sum(
                line.amount
                for line in order.run_cost_line_ids
                if line.workorder_id == self and not line.overhead_id
            )
        currency = self.company_id.currency_id
        lines = order._prepare_operation_lines(self, self._get_worked_hours(), 0)
        return sum(
            currency.round(line["amount"])
            for line in lines
            if not line.get("overhead_id") and line["element"] != "overhead"
        )

    def _compute_expected_operation_cost(self, without_employee_cost=False):
        cost = super()._compute_expected_operation_cost(without_employee_cost)
        # sudo: core's overview shows cost to every manufacturing user
        workorder = self.sudo()
        return cost + workorder._get_operators_extra(workorder._get_planned_hours())

    def _compute_current_operation_cost(self):
        # sudo: core's overview shows cost to every manufacturing user
        workorder = self.sudo()
        hours = workorder._get_worked_hours()
        if "operators" not in hours:
            return super()._compute_current_operation_cost()
        rate = workorder._get_hour_rate()
        return (
            hours["charged"] * rate
            + hours["operators"]["cost"]
            + workorder._get_overhead_cost(hours, self.qty_produced)
        )

    def _get_operators_extra(self, hours):
        """:return: what operators cost more than the hourly cost they replace"""
        if "operators" not in hours:
            return 0
        replaced = hours["machine"] - hours["charged"]
        return hours["operators"]["cost"] - replaced * self._get_hour_rate()
