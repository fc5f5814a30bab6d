from odoo import fields, models
from odoo.tools import SQL


class MrpReasonReport(models.Model):
    """Scrap, rework, stops and late finishes side by side, one row per reason given."""

    _name = "mrp.reason.report"
    _description = "Reason Analysis"
    _auto = False
    _order = "date desc, id desc"

    date = fields.Datetime()
    kind = fields.Selection(
        [
            ("scrap", "Scrap"),
            ("rework", "Rework"),
            ("downgrade", "Downgrade"),
            ("pause", "Pause"),
            ("block", "Work Center Blocked"),
            ("late_operation", "Operation Finished Late"),
            ("late_run", "Order Finished Late"),
        ]
    )
    status = fields.Selection(
        [
            ("classified", "Classified"),
            ("pending", "Reason Pending"),
            ("micro", "Micro-Stop"),
        ]
    )
    category = fields.Selection(
        [
            ("scrap", "Scrap"),
            ("delay", "Delay"),
            ("downtime", "Downtime"),
            ("rework", "Rework"),
            ("override", "Override"),
        ]
    )
    reason_id = fields.Many2one(
        "mrp.reason",
    )
    heading_id = fields.Many2one(
        "mrp.reason",
    )
    company_id = fields.Many2one("res.company")
    currency_id = fields.Many2one("res.currency")
    production_id = fields.Many2one("mrp.production", string="Manufacturing Order")
    workorder_id = fields.Many2one("mrp.workorder", string="Operation")
    workcenter_id = fields.Many2one("mrp.workcenter", string="Work Center")
    product_id = fields.Many2one("product.product")
    supplier_caused = fields.Boolean(string="Caused by a Supplier")
    supplier_id = fields.Many2one(
        "res.partner",
    )
    user_id = fields.Many2one("res.users", string="By")
    note = fields.Char()
    quantity = fields.Float(
        digits="Product Unit", help="In the unit of the order or product."
    )
    minutes = fields.Float()
    occurrences = fields.Integer(string="Times")
    cost = fields.Monetary(
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="What rejected goods had cost; of stops the hourly cost of the work "
        "center.",
    )
    res_model = fields.Char()
    res_id = fields.Integer()

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT event.*,
                   reason.category,
                   COALESCE(reason.parent_id, reason.id) AS heading_id,
                   company.currency_id,
                   1 AS occurrences
              FROM (%s UNION ALL %s UNION ALL %s) event
              JOIN res_company company ON company.id = event.company_id
         LEFT JOIN mrp_reason reason ON reason.id = event.reason_id
            """,
            self._select_quantities(),
            self._select_scraps(),
            self._select_delays(),
        )

    def _select_quantities(self):
        """What operations rejected or sent back."""
        return SQL(
            """
            SELECT row.id * 4 AS id, row.date, row.kind, 'classified' AS status,
                   row.reason_id, row.company_id, row.production_id, row.workorder_id,
                   row.workcenter_id, row.product_id, row.supplier_caused,
                   row.supplier_id, row.user_id, row.note, row.quantity,
                   0::float AS minutes, row.cost,
                   'mrp.operation.quantity' AS res_model, row.id AS res_id
              FROM mrp_operation_quantity row
             WHERE row.kind != 'good' AND row.reversed IS NOT TRUE
            """
        )

    def _select_scraps(self):
        """Goods scrapped out of stock."""
        return SQL(
            """
            SELECT scrap.id * 4 + 1, scrap.date_done, 'scrap', 'classified',
                   scrap.mrp_reason_id, scrap.company_id, scrap.production_id,
                   scrap.workorder_id, workorder.workcenter_id, scrap.product_id,
                   scrap.supplier_caused, scrap.supplier_id, scrap.create_uid,
                   scrap.mrp_reason_note, SUM(move.product_qty), 0::float,
                   SUM(move.value), 'stock.scrap', scrap.id
              FROM stock_scrap scrap
              JOIN stock_move move ON move.scrap_id = scrap.id
         LEFT JOIN mrp_workorder workorder ON workorder.id = scrap.workorder_id
             WHERE scrap.state = 'done'
               AND (scrap.production_id IS NOT NULL OR scrap.mrp_reason_id IS NOT NULL)
          GROUP BY scrap.id, workorder.id
            """
        )

    def _select_delays(self):
        """Stops and late finishes, shared by their reasons."""
        return SQL(
            """
            SELECT COALESCE(line.id * 4 + 2, delay.id * 4 + 3), delay.date_start,
                   delay.kind, delay.state, line.reason_id, delay.company_id,
                   delay.production_id, delay.workorder_id, delay.workcenter_id,
                   delay.product_id, line.supplier_caused, line.supplier_id,
                   delay.user_id, line.note, 0,
                   COALESCE(line.minutes, delay.minutes),
                   COALESCE(line.minutes, delay.minutes) / 60
                       * COALESCE(delay.hourly_cost, 0),
                   'mrp.delay', delay.id
              FROM mrp_delay delay
         LEFT JOIN mrp_delay_line line ON line.delay_id = delay.id
            """
        )

    def action_open_record(self):
        """Open what the row is made from."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
