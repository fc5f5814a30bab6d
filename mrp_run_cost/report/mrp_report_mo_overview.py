from odoo import models


class ReportMrpReportMoOverview(models.AbstractModel):
    _inherit = "report.mrp.report_mo_overview"

    def _get_finished_operation_data(self, production, level=0, current_index=False):
        """Real cost as the run booked it: overheads, extra and disposal included."""
        data = super()._get_finished_operation_data(production, level, current_index)
        # sudo: core's overview shows cost to every manufacturing user
        costs = production.sudo().run_cost_line_ids.filtered(
            lambda line: line.element_id.code != "material"
        )
        if not costs:
            return data
        for workorder, detail in zip(
            production.workorder_ids, data["details"], strict=True
        ):
            own = costs.filtered(lambda c, wo=workorder: c.workorder_id == wo)
            detail["real_cost"] = sum(own.mapped("amount"))
            costs -= own
        for index, line in enumerate(costs, start=len(data["details"])):
            data["details"].append(
                self._prepare_run_cost_detail(line, level, f"{current_index}W{index}")
            )
        for name in ("mo_cost", "real_cost"):
            data["summary"][name] = sum(detail[name] for detail in data["details"])
        return data

    def _prepare_run_cost_detail(self, line, level, index):
        """:return: line of the overview for a cost that belongs to no operation"""
        return {
            "level": level,
            "index": index,
            "name": f"{line.element_id.name}: {line.name}",
            "quantity": line.quantity,
            "uom_name": line.unit_name or "",
            "uom_precision": 2,
            "unit_cost": line.amount / line.quantity if line.quantity else 0,
            "mo_cost": line.planned_amount,
            "mo_cost_decorator": False,
            "bom_cost": False,
            "real_cost": line.amount,
            "real_cost_decorator": False,
            "currency_id": line.currency_id.id,
            "currency": line.currency_id,
        }
