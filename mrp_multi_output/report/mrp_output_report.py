from odoo import fields, models
from odoo.tools import SQL

from ..models.joint_cost_mixin import OUTPUT_TYPES
from ..tools import joint_cost


class MrpOutputReport(models.Model):
    _name = "mrp.output.report"
    _description = "Yield Analysis"
    _auto = False
    _rec_name = "product_id"
    _order = "date desc, id"

    production_id = fields.Many2one("mrp.production", string="Manufacturing Order")
    company_id = fields.Many2one("res.company")
    currency_id = fields.Many2one("res.currency")
    bom_id = fields.Many2one("mrp.bom", string="Bill of Materials")
    main_product_id = fields.Many2one("product.product")
    product_id = fields.Many2one("product.product", string="Output")
    output_type = fields.Selection(
        [(joint_cost.MAIN, "Main product"), *OUTPUT_TYPES], string="Type"
    )
    uom_id = fields.Many2one("uom.uom", string="Unit")
    date = fields.Datetime(string="End")
    planned_quantity = fields.Float(string="Planned", digits="Product Unit")
    quantity = fields.Float(string="Produced", digits="Product Unit")
    output_yield = fields.Float(string="Yield (%)", aggregator="avg")
    value = fields.Monetary(groups="mrp_run_cost.mrp_run_cost_group_viewer")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT move.id,
                   move.production_id,
                   move.company_id,
                   company.currency_id,
                   production.bom_id,
                   production.product_id AS main_product_id,
                   move.product_id,
                   move.output_type,
                   template.uom_id,
                   move.date,
                   planned.quantity AS planned_quantity,
                   actual.quantity AS quantity,
                   CASE WHEN planned.quantity > 0
                        THEN 100 * actual.quantity / planned.quantity
                   END AS output_yield,
                   move.run_value AS value
              FROM stock_move move
              JOIN mrp_production production ON production.id = move.production_id
              JOIN res_company company ON company.id = move.company_id
              JOIN product_product product ON product.id = move.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN stock_location destination
                ON destination.id = move.location_dest_id
               AND destination.usage != 'inventory'
              JOIN uom_uom move_uom ON move_uom.id = move.product_uom
              JOIN uom_uom uom ON uom.id = template.uom_id
        CROSS JOIN LATERAL (
                   SELECT move.planned_output_quantity * move_uom.factor / uom.factor
                       AS quantity
                   ) planned
        CROSS JOIN LATERAL (
                   SELECT move.quantity * move_uom.factor / uom.factor AS quantity
                   ) actual
             WHERE production.state = 'done'
               AND move.output_type IS NOT NULL
               AND move.state IN ('done', 'cancel')
            """
        )
