from odoo import fields, models


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    frozen_overheads = fields.Json(
        copy=False,
        readonly=True,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="Overhead rates of the work center when the operation finished.",
    )

    def button_finish(self):
        """Freeze the overhead rates together with core's hourly cost."""
        open_workorders = self.filtered(lambda wo: wo.state not in ("done", "cancel"))
        res = super().button_finish()
        # sudo: whoever finishes the operation need not see cost
        for workcenter, workorders in (
            open_workorders.sudo().grouped("workcenter_id").items()
        ):
            if overheads := workcenter._get_overheads():
                workorders.frozen_overheads = [
                    overhead._get_frozen_rate() for overhead in overheads
                ]
        return res

    def action_cancel(self):
        """Operations are cancelled by people who may not see analytic items, too."""
        # sudo: items go with their operation, whoever gives it up
        self.sudo()._get_analytic_items().unlink()
        # read before core asks for them in the name of somebody who may not
        self.sudo()._get_analytic_items()
        return super().action_cancel()

    def _get_analytic_items(self):
        return self.mo_analytic_account_line_ids | self.wc_analytic_account_line_ids

    def _get_overheads(self):
        """:return: list of rates (see ``_get_frozen_rate``), frozen or current"""
        self.ensure_one()
        if self.state == "done":
            return [
                self._check_frozen_rate(rate) for rate in self.frozen_overheads or []
            ]
        return [
            overhead._get_frozen_rate()
            for overhead in self.workcenter_id._get_overheads()
        ]

    def _check_frozen_rate(self, rate):
        """:return: the rate without what was deleted since: its amount still counts"""
        overhead = self.env["mrp.workcenter.overhead"].browse(rate["overhead_id"])
        account = self.env["account.account"].browse(rate["account_id"] or [])
        return rate | {
            "overhead_id": overhead.exists().id,
            "account_id": account.exists().id,
        }

    def _get_hour_rate(self):
        """:return: hourly cost of the operation, in company currency"""
        self.ensure_one()
        return self.costs_hour or self.workcenter_id.costs_hour

    def _get_machine_hours(self, date=False):
        """Hours the work center ran: parallel logs count once, as core charges them."""
        self.ensure_one()
        rate = self._get_hour_rate()
        if rate:
            return self._cal_cost(date) / rate
        return self._get_labour_hours(date)

    def _get_labour_hours(self, date=False):
        """Hours of everyone who worked on the operation: parallel logs add up."""
        self.ensure_one()
        if self._should_estimate_cost():
            return self.duration_expected / 60
        return sum(log._get_labour_seconds() for log in self._get_closed_logs(date)) / (
            3600
        )

    def _get_closed_logs(self, date=False):
        """:return: time logs that count, by default all that are closed"""
        self.ensure_one()
        return self.time_ids.filtered(
            lambda log: log.date_end and (not date or log.date_end < date)
        )

    def _get_expected_hours(self):
        self.ensure_one()
        return self.duration_expected / 60

    def _get_worked_hours(self, date=False):
        """Hours that the cost of the operation is computed from.

        :param datetime date: count what was logged until then; by default everything
        :return: dict with ``machine`` and ``labour`` hours and those ``charged`` at the
            hourly cost of the work center; add-ons add to it
        """
        machine = self._get_machine_hours(date)
        labour = self._get_labour_hours(date)
        return {"machine": machine, "labour": labour, "charged": machine}

    def _get_planned_hours(self):
        """:return: dict as ``_get_worked_hours``, as the operation is planned"""
        return dict.fromkeys(
            ("machine", "labour", "charged"), self._get_expected_hours()
        )

    def _get_overhead_cost(self, hours, units):
        """:return: what all overheads of the operation cost, in company currency"""
        self.ensure_one()
        return sum(
            rate["rate"]
            * self.workcenter_id._get_overhead_quantity(
                rate["basis"], hours, units, self._get_hour_rate()
            )
            for rate in self._get_overheads()
        )

    def _compute_expected_operation_cost(self, without_employee_cost=False):
        # sudo: core's overview shows cost to every manufacturing user
        workorder = self.sudo()
        hours = workorder._get_planned_hours()
        return super()._compute_expected_operation_cost(
            without_employee_cost
        ) + workorder._get_overhead_cost(hours, self.qty_production)

    def _compute_current_operation_cost(self):
        # sudo: core's overview shows cost to every manufacturing user
        workorder = self.sudo()
        hours = workorder._get_worked_hours()
        cost = super()._compute_current_operation_cost()
        return cost + workorder._get_overhead_cost(hours, self.qty_produced)
