from odoo import api, models


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    @api.model
    def _get_columns_ahead(self):
        columns = super()._get_columns_ahead()
        columns["mrp.production"].append("subcontractor_id")
        columns["stock.move"].append("is_subcontract")
        return columns
