from odoo import fields, models
from odoo.tools import SQL


class JobCostReport(models.Model):
    """What jobs cost, by run and element, and why it differs from the plan."""

    _name = "job.cost.report"
    _description = "Job Cost Analysis"
    _auto = False
    _rec_name = "production_id"
    _order = "job_id desc, production_id, element_id"
    _depends = {
        "job.work.order": ["type_id", "partner_id"],
        "mrp.production": ["job_id", "job_is_child", "state", "product_uom_qty"],
        "mrp.run.cost.line": [
            "planned_quantity",
            "planned_amount",
            "quantity",
            "amount",
        ],
        "stock.move": ["quantity", "state"],
    }

    job_id = fields.Many2one("job.work.order")
    type_id = fields.Many2one("job.work.order.type")
    partner_id = fields.Many2one("res.partner", string="Customer")
    production_id = fields.Many2one("mrp.production", string="Run")
    is_child = fields.Boolean(
        string="Sub-Assembly",
        help="In the material of the run it was made for; not to be added to it.",
    )
    company_id = fields.Many2one("res.company")
    currency_id = fields.Many2one("res.currency")
    product_id = fields.Many2one("product.product", string="Product Made")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("confirmed", "Confirmed"),
            ("progress", "In Progress"),
            ("to_close", "To Close"),
            ("done", "Done"),
        ],
        string="State of the Run",
    )
    date = fields.Datetime(string="End")
    element_id = fields.Many2one("mrp.cost.element", string="Cost Element")
    component_id = fields.Many2one("product.product")
    label = fields.Char(string="Operation")
    planned_amount = fields.Monetary(string="Planned")
    amount = fields.Monetary(string="Actual")
    variance = fields.Monetary(
        string="Difference", help="Actual less planned, of finished runs."
    )
    output_variance = fields.Monetary(
        string="Due to Yield",
        help="More or less was made than planned: planned cost of the difference.",
    )
    usage_variance = fields.Monetary(
        string="Due to Usage",
        help="More or less material was used per unit made, at the planned price.",
    )
    efficiency_variance = fields.Monetary(
        string="Due to Efficiency",
        help="Operations took more or less time per unit made, at the planned rate.",
    )
    price_variance = fields.Monetary(
        string="Due to Price",
        help="What was used cost more or less than planned.",
    )
    rate_variance = fields.Monetary(
        string="Due to Rate",
        help="An hour of labour or machine, or overhead, cost more or less than "
        "planned.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH made AS (
                SELECT run.id,
                       run.job_id,
                       COALESCE(SUM(move.quantity * unit.factor / own.factor), 0)
                           / NULLIF(run.product_uom_qty, 0) AS part
                  FROM mrp_production run
             LEFT JOIN stock_move move
                    ON move.production_id = run.id
                   AND move.product_id = run.product_id
                   AND move.state = 'done'
             LEFT JOIN uom_uom unit ON unit.id = move.product_uom
             LEFT JOIN product_product product ON product.id = run.product_id
             LEFT JOIN product_template template
                    ON template.id = product.product_tmpl_id
             LEFT JOIN uom_uom own ON own.id = template.uom_id
                 WHERE run.job_id IS NOT NULL AND run.state != 'cancel'
              GROUP BY run.id
            ), due AS (
                SELECT cost.*,
                       made.job_id,
                       COALESCE(cost.planned_amount
                           / NULLIF(cost.planned_quantity, 0), 0) AS price,
                       cost.planned_quantity * COALESCE(made.part, 1) AS due_quantity
                  FROM mrp_run_cost_line cost
                  JOIN made ON made.id = cost.production_id
            ), line AS (
                SELECT due.*,
                       CASE WHEN run.state != 'done' THEN 0
                            WHEN due.planned_quantity = 0
                            THEN due.amount - due.planned_amount
                            ELSE (due.quantity - due.due_quantity) * due.price
                       END AS use,
                       CASE WHEN run.state != 'done' OR due.planned_quantity = 0
                            THEN 0
                            ELSE due.amount - due.quantity * due.price
                       END AS cost
                  FROM due
                  JOIN mrp_production run ON run.id = due.production_id
            )
            SELECT line.id,
                   line.job_id,
                   job.type_id,
                   job.partner_id,
                   line.production_id,
                   COALESCE(run.job_is_child, FALSE) AS is_child,
                   line.company_id,
                   company.currency_id,
                   run.product_id,
                   run.state,
                   run.date_finished AS date,
                   line.element_id,
                   line.product_id AS component_id,
                   line.label,
                   line.planned_amount,
                   line.amount,
                   CASE WHEN run.state = 'done'
                        THEN line.amount - line.planned_amount ELSE 0 END AS variance,
                   CASE WHEN run.state = 'done'
                        THEN (line.due_quantity - line.planned_quantity) * line.price
                        ELSE 0 END AS output_variance,
                   CASE WHEN line.workorder_id IS NULL THEN line.use ELSE 0 END
                       AS usage_variance,
                   CASE WHEN line.workorder_id IS NULL THEN 0 ELSE line.use END
                       AS efficiency_variance,
                   CASE WHEN line.workorder_id IS NULL THEN line.cost ELSE 0 END
                       AS price_variance,
                   CASE WHEN line.workorder_id IS NULL THEN 0 ELSE line.cost END
                       AS rate_variance
              FROM line
              JOIN mrp_production run ON run.id = line.production_id
              JOIN job_work_order job ON job.id = line.job_id
              JOIN res_company company ON company.id = line.company_id
            """
        )
