from odoo import models

from odoo.addons.mrp_run_cost.tools import CurrencyUnits


class ReportMrpReportMoOverview(models.AbstractModel):
    _inherit = "report.mrp.report_mo_overview"

    def _get_output_shares(self, production):
        """Part of the cost that each output bears: as allocated, else as planned.

        :return: dict from output (stock move) to a number between 0 and 1
        """
        # sudo: core's overview shows cost to every manufacturing user
        production = production.sudo().with_company(production.company_id)
        moves = production.move_finished_ids.filtered(lambda m: m.state != "cancel")
        totals = {
            move: sum((move.run_cost_share or {}).values())
            for move in moves
            if move.state == "done"
        }
        if not any(totals.values()):
            totals = production._get_planned_split().totals
        whole = sum(totals.values())
        return {move: total / whole for move, total in totals.items() if whole}

    def _get_byproducts_data(
        self,
        production,
        current_mo_cost,
        current_bom_cost,
        current_real_cost,
        level=0,
        current_index=False,
    ):
        share, data = super()._get_byproducts_data(
            production,
            current_mo_cost,
            current_bom_cost,
            current_real_cost,
            level,
            current_index,
        )
        moves = production.move_byproduct_ids
        shares = self._get_output_shares(production) if moves else {}
        if not shares:
            return share, data
        currency = production.company_id.currency_id
        costs = {
            "mo_cost": current_mo_cost,
            "bom_cost": current_bom_cost,
            "real_cost": current_real_cost,
        }
        for move, line in zip(moves, data["details"], strict=True):
            part = shares.get(move, 0.0)
            line.update({k: currency.round(cost * part) for k, cost in costs.items()})
        for name in costs:
            data["summary"][name] = sum(line[name] for line in data["details"])
        return 1 - sum(shares.get(move, 0.0) for move in moves), data

    def _get_cost_breakdown_data(self, production, extras, remaining_cost_share):
        """Per unit of each output, from the matrix of the allocation."""
        lines = super()._get_cost_breakdown_data(
            production, extras, remaining_cost_share
        )
        # sudo: core's overview shows cost to every manufacturing user
        outputs = production.sudo()._get_done_outputs()
        if production.state != "done" or not any(outputs.mapped("run_cost_share")):
            return lines
        units = CurrencyUnits(production.company_id.currency_id)
        material = str(self.env["mrp.cost.element"]._get("material").id)
        result = []
        for index, move in enumerate(outputs):
            share = move.run_cost_share or {}
            total = units.to_amount(sum(share.values()))
            component = units.to_amount(share.get(material, 0))
            if total:
                result.append(
                    self._format_cost_breakdown_lines(
                        index,
                        move.product_id.display_name,
                        move.product_id.uom_id.display_name,
                        component / move.run_quantity,
                        (total - component) / move.run_quantity,
                        total / move.run_quantity,
                    )
                )
        return result
