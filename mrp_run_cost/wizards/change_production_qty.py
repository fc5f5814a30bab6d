from odoo import models


class ChangeProductionQty(models.TransientModel):
    _inherit = "change.production.qty"

    def change_prod_qty(self):
        res = super().change_prod_qty()
        self.mo_id._replan_run_cost()
        return res
