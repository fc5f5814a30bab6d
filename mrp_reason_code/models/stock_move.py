from odoo import api, fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    rework_id = fields.Many2one(
        "mrp.operation.quantity",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The material went into the rework of these units.",
    )

    @api.depends("raw_material_production_id.operation_quantity_ids.reversed")
    def _compute_should_consume_qty(self):
        """Rejected units used up components, too."""
        res = super()._compute_should_consume_qty()
        for move in self:
            # sudo: stock and portal users consume without seeing operations
            order = move.sudo().raw_material_production_id
            if order.operation_quantity_ids and move.product_uom:
                units = order.qty_producing - order.qty_produced
                units += order._get_rejected_quantity(move.sudo().workorder_id)
                move.should_consume_qty = move.product_uom.round(
                    units * move.unit_factor
                )
        return res

    def _get_scrap_loss_account(self):
        """:return: account that the value of scrapped goods went or will go to"""
        self.ensure_one()
        accounts = self.product_id._get_product_accounts()
        return (
            self.location_dest_id.valuation_account_id
            or accounts["stock_variation"]
            or accounts["expense"]
        )
