from odoo import fields, models
from odoo.tools import SQL


class JobMarginReport(models.Model):
    """What jobs brought in, what they cost, and what is left, by job line."""

    _name = "job.margin.report"
    _description = "Job Margin Analysis"
    _auto = False
    _rec_name = "job_id"
    _order = "job_id desc, id"
    _depends = {
        "job.work.order": ["type_id", "partner_id", "state", "date_due"],
        "job.work.order.line": ["job_id", "product_id", "pricing_method"],
        "job.billing.line": ["move_line_id", "job_line_id"],
        "account.move.line": ["balance", "parent_state"],
        "mrp.production": ["job_line_id", "job_is_child", "state"],
        "mrp.run.cost.line": ["planned_amount", "amount"],
    }

    job_id = fields.Many2one("job.work.order")
    job_line_id = fields.Many2one("job.work.order.line")
    type_id = fields.Many2one("job.work.order.type")
    partner_id = fields.Many2one("res.partner", string="Customer")
    company_id = fields.Many2one("res.company")
    currency_id = fields.Many2one("res.currency")
    product_id = fields.Many2one("product.product")
    pricing_method = fields.Char(string="Pricing")
    date_due = fields.Datetime(string="Due")
    planned_cost = fields.Monetary(help="Of all runs, as planned.")
    cost = fields.Monetary(help="Of finished runs.")
    revenue = fields.Monetary(
        help="Invoiced and posted, without taxes, before deposits are taken off."
    )
    margin = fields.Monetary()

    @property
    def _table_query(self):
        return SQL(
            """
            WITH revenue AS (
                SELECT billed.job_line_id, -SUM(item.balance) AS amount
                  FROM (SELECT DISTINCT job_line_id, move_line_id
                          FROM job_billing_line) billed
                  JOIN account_move_line item
                    ON item.id = billed.move_line_id
                   AND item.parent_state = 'posted'
              GROUP BY billed.job_line_id
            ), cost AS (
                SELECT run.job_line_id,
                       SUM(line.planned_amount) AS planned,
                       SUM(CASE WHEN run.state = 'done' THEN line.amount ELSE 0 END)
                           AS actual
                  FROM mrp_production run
                  JOIN mrp_run_cost_line line ON line.production_id = run.id
                 WHERE run.job_line_id IS NOT NULL
                   AND run.state != 'cancel'
                   AND COALESCE(run.job_is_child, FALSE) = FALSE
              GROUP BY run.job_line_id
            )
            SELECT line.id,
                   line.id AS job_line_id,
                   line.job_id,
                   job.type_id,
                   job.partner_id,
                   line.company_id,
                   company.currency_id,
                   line.product_id,
                   line.pricing_method,
                   job.date_due,
                   COALESCE(cost.planned, 0) AS planned_cost,
                   COALESCE(cost.actual, 0) AS cost,
                   COALESCE(revenue.amount, 0) AS revenue,
                   COALESCE(revenue.amount, 0) - COALESCE(cost.actual, 0) AS margin
              FROM job_work_order_line line
              JOIN job_work_order job ON job.id = line.job_id
              JOIN res_company company ON company.id = line.company_id
         LEFT JOIN revenue ON revenue.job_line_id = line.id
         LEFT JOIN cost ON cost.job_line_id = line.id
             WHERE NOT COALESCE(job.is_template, FALSE)
            """
        )
