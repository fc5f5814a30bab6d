from odoo import api, models


class MrpRoutingWorkcenter(models.Model):
    _inherit = "mrp.routing.workcenter"

    @api.depends(
        "workcenter_id.overhead_ids.rate",
        "workcenter_id.overhead_ids.basis",
        "workcenter_id.overhead_ids.active",
    )
    def _compute_cost(self):
        """Recipes cost what their runs are planned to cost: overheads included."""
        res = super()._compute_cost()
        # sudo: core shows the cost of operations to every manufacturing user
        for operation in self.sudo():
            workcenter = operation.workcenter_id
            hours = operation.time_total / 60
            units = self.env.context.get("quantity") or operation.bom_id.product_qty
            for overhead in workcenter._get_overheads():
                operation.cost += overhead.rate * workcenter._get_overhead_quantity(
                    overhead.basis,
                    {"machine": hours, "labour": hours},
                    units,
                    workcenter.costs_hour,
                )
        return res
