from odoo import models

from odoo.addons.mrp_run_cost.tools import CurrencyUnits


class ReportMrpReportBomStructure(models.AbstractModel):
    _inherit = "report.mrp.report_bom_structure"

    def _get_byproducts_lines(self, product, bom, bom_quantity, level, total, index):
        """Show the outputs at what the recipe's method gives them."""
        byproducts, portion = super()._get_byproducts_lines(
            product, bom, bom_quantity, level, total, index
        )
        if not byproducts or not total or not product:
            return byproducts, portion
        factor = bom_quantity / (bom.product_qty or 1.0)
        split, _names, _pool = bom._split_planned_cost(product, total / factor)
        units = CurrencyUnits((bom.company_id or self.env.company).currency_id)
        for line in byproducts:
            byproduct = self.env["mrp.bom.byproduct"].browse(line["id"])
            amount = units.to_amount(split.totals.get(byproduct, 0)) * factor
            line["cost_share"] = amount / total
            line["bom_cost"] = units.currency.round(amount)
        main = units.to_amount(split.totals[bom]) * factor
        return byproducts, 1 - main / total
