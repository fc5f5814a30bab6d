from odoo import fields, models, tools
from odoo.tools import SQL

from ..models.mrp_workcenter_productivity import VIEWER


class MrpOperatorTimeReport(models.Model):
    """Time of operators, within the working hours and beyond."""

    _name = "mrp.operator.time.report"
    _description = "Operator Time Analysis"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "operator_id"

    date = fields.Datetime(readonly=True)
    operator_id = fields.Many2one(
        "hr.employee",
        readonly=True,
        help="Empty where the company does not want statistics by person.",
    )
    company_id = fields.Many2one("res.company", readonly=True)
    workcenter_id = fields.Many2one("mrp.workcenter", readonly=True)
    workorder_id = fields.Many2one("mrp.workorder", readonly=True)
    production_id = fields.Many2one("mrp.production", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    loss_id = fields.Many2one(
        "mrp.workcenter.productivity.loss", string="Kind of Time", readonly=True
    )
    hours = fields.Float(readonly=True)
    regular_hours = fields.Float(string="Hours in Calendar", readonly=True)
    overtime_hours = fields.Float(string="Hours over Calendar", readonly=True)
    estimated_hours = fields.Float(string="Hours Estimated", readonly=True)
    capped_hours = fields.Float(string="Hours Capped", readonly=True)
    labor_cost = fields.Monetary(readonly=True, groups=VIEWER)
    currency_id = fields.Many2one("res.currency", readonly=True)

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            SQL(
                "CREATE VIEW %s AS (%s)", SQL.identifier(self._table), self._get_query()
            )
        )

    def _get_query(self):
        return SQL(
            """
            SELECT log.id,
                   log.date_start AS date,
                   CASE WHEN company.mrp_person_statistics
                        THEN log.operator_id END AS operator_id,
                   log.company_id, log.workcenter_id, log.workorder_id, log.loss_id,
                   workorder.production_id, production.product_id,
                   log.seconds / 3600.0 AS hours,
                   (log.seconds - log.overtime_seconds) / 3600.0 AS regular_hours,
                   log.overtime_seconds / 3600.0 AS overtime_hours,
                   CASE WHEN log.is_estimated THEN log.seconds / 3600.0
                        ELSE 0 END AS estimated_hours,
                   CASE WHEN log.is_capped THEN log.seconds / 3600.0
                        ELSE 0 END AS capped_hours,
                   log.labor_cost, company.currency_id
              FROM mrp_workcenter_productivity log
              JOIN res_company company ON company.id = log.company_id
              LEFT JOIN mrp_workorder workorder ON workorder.id = log.workorder_id
              LEFT JOIN mrp_production production
                ON production.id = workorder.production_id
             WHERE log.operator_id IS NOT NULL AND log.active
               AND log.date_end IS NOT NULL
            """
        )
