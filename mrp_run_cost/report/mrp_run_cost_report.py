from odoo import fields, models
from odoo.tools import SQL


class MrpRunCostReport(models.Model):
    _name = "mrp.run.cost.report"
    _description = "Run Cost Analysis"
    _auto = False
    _rec_name = "production_id"
    _order = "date desc, production_id"

    production_id = fields.Many2one("mrp.production", string="Manufacturing Order")
    company_id = fields.Many2one("res.company")
    currency_id = fields.Many2one("res.currency")
    product_id = fields.Many2one("product.product", string="Finished Product")
    bom_id = fields.Many2one("mrp.bom", string="Bill of Materials")
    state = fields.Selection(
        [
            ("confirmed", "Confirmed"),
            ("progress", "In Progress"),
            ("to_close", "To Close"),
            ("done", "Done"),
            ("cancel", "Cancelled"),
            ("draft", "Draft"),
        ]
    )
    date = fields.Datetime(string="End")
    element_id = fields.Many2one("mrp.cost.element", string="Cost Element")
    workcenter_id = fields.Many2one("mrp.workcenter", string="Work Center")
    component_id = fields.Many2one("product.product")
    label = fields.Char(string="Operation")
    planned_amount = fields.Monetary(string="Planned")
    amount = fields.Monetary(string="Actual")
    variance = fields.Monetary(string="Difference")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT line.id,
                   line.production_id,
                   line.company_id,
                   company.currency_id,
                   production.product_id,
                   production.bom_id,
                   production.state,
                   production.date_finished AS date,
                   line.element_id,
                   workorder.workcenter_id,
                   line.product_id AS component_id,
                   line.label,
                   line.planned_amount,
                   line.amount,
                   CASE WHEN production.state = 'done' THEN line.variance ELSE 0 END
                       AS variance
              FROM mrp_run_cost_line line
              JOIN mrp_production production ON production.id = line.production_id
              JOIN res_company company ON company.id = line.company_id
         LEFT JOIN mrp_workorder workorder ON workorder.id = line.workorder_id
            """
        )
