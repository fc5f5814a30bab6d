from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import CurrencyUnits


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    wip_value = fields.Monetary(
        string="Work in Progress",
        compute="_compute_wip_value",
        currency_field="run_cost_currency_id",
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="Material issued and work done that is not yet in any output: now, or at "
        "the date asked for.",
    )

    def write(self, vals):
        """Issues keep the date they were posted at.

        Core gives all of them the order's start whenever that changes, which moves
        the value of past dates.
        """
        issues = self.env["stock.move"]
        if vals.get("date_start"):
            issues = self.move_raw_ids.filtered(lambda m: m.state == "done")
        dates = {move: move.date for move in issues}
        res = super().write(vals)
        for date, moves in issues.grouped(dates.get).items():
            moves.date = date
        return res

    @api.depends_context("wip_date")
    @api.depends("move_raw_ids.value", "workorder_ids.time_ids.duration", "state")
    def _compute_wip_value(self):
        date = fields.Datetime.to_datetime(self.env.context.get("wip_date"))
        values = self._get_wip_values(date)
        for production in self:
            production.wip_value = values.get(production.id, 0.0)

    @api.model
    def _get_wip_domain(self, date=None):
        """Orders that hold work in progress at a date (UTC), by default now."""
        date = date or fields.Datetime.now()
        is_open = Domain("state", "in", ("confirmed", "progress", "to_close"))
        was_open = Domain("state", "=", "done") & Domain("date_finished", ">", date)
        issued = Domain(
            "all_move_raw_ids",
            "any",
            [("state", "=", "done"), ("date", "<=", date)],
        )
        worked = Domain(
            "workorder_ids.time_ids",
            "any",
            [("date_end", "!=", False), ("date_end", "<=", date)],
        )
        return (is_open | was_open) & (issued | worked)

    def _get_wip_values(self, date=None):
        """Value in the runs at a date: what core's WIP entry has to show once.

        Issues count when they are posted. What is picked and not posted is still in
        stock; core's wizard takes care of it.

        :param datetime date: UTC; by default now
        :return: dict from id to amount in the currency of the order's company
        """
        date = date or fields.Datetime.now()
        productions = self.filtered(
            lambda p: (
                p.state in ("confirmed", "progress", "to_close")
                or (p.state == "done" and p.date_finished and p.date_finished > date)
            )
        )
        values = productions._get_issued_values(date)
        for production in productions:
            values.setdefault(production.id, 0.0)
            values[production.id] += production._get_worked_value(date)
            values[production.id] -= production._get_borne_value(date)
        return values

    def _get_issued_values(self, date):
        """:return: dict from id to the value of the issues posted until a date"""
        return {
            production.id: value
            for production, value in self.env["stock.move"]._read_group(
                [
                    ("raw_material_production_id", "in", self.ids),
                    ("state", "=", "done"),
                    ("location_dest_usage", "!=", "inventory"),
                    ("date", "<=", date),
                ],
                ["raw_material_production_id"],
                ["value:sum"],
            )
        }

    def _get_worked_value(self, date):
        """:return: cost of the time logged until a date, overheads included"""
        self.ensure_one()
        currency = self.company_id.currency_id
        value = 0.0
        for workorder in self.workorder_ids:
            hours = workorder._get_worked_hours(date)
            for line in self._prepare_operation_lines(workorder, hours, 0):
                value += currency.round(line["amount"])
        return value

    def _get_borne_value(self, date):
        """:return: issues and work that outputs posted until a date already bear"""
        self.ensure_one()
        order = self.env["mrp.cost.element"]._get_order_by_code()
        elements = [
            str(order[code][0])
            for code in ("material", "labour", "machine", "overhead")
        ]
        units = CurrencyUnits(self.company_id.currency_id)
        outputs = self.move_finished_ids.filtered(
            lambda m: m.state == "done" and m.date <= date and m.run_cost_share
        )
        return units.to_amount(
            sum(
                output.run_cost_share.get(element, 0)
                for output in outputs
                for element in elements
            )
        )
