from odoo import api, fields, models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    run_cost_line_ids = fields.One2many(
        "mrp.run.cost.line",
        "production_id",
        string="Run Cost",
        readonly=True,
        copy=False,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
    )
    run_entry_ids = fields.One2many(
        "account.move",
        "production_id",
        string="Cost Entries",
        readonly=True,
        copy=False,
    )
    run_entry_count = fields.Integer(
        compute="_compute_run_entry_count",
        groups="account.group_account_readonly,account.group_account_invoice",
    )
    run_cost_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Cost Currency"
    )
    run_cost_planned = fields.Monetary(
        string="Planned Cost",
        compute="_compute_run_cost",
        currency_field="run_cost_currency_id",
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
    )
    run_cost_actual = fields.Monetary(
        string="Actual Cost",
        compute="_compute_run_cost",
        currency_field="run_cost_currency_id",
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
    )
    abnormal_loss = fields.Monetary(
        prefetch="run_cost",
        copy=False,
        readonly=True,
        currency_field="run_cost_currency_id",
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="Part of the cost that was expensed instead of borne by the outputs.",
    )
    run_cost_unit = fields.Float(
        string="Cost per Unit",
        compute="_compute_run_cost",
        digits="Production Rate",
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="Value of the finished product divided by the quantity produced.",
    )

    # a copy has no part in the entries of another order, and whoever duplicates or
    # splits an order may not read entries
    wip_move_ids = fields.Many2many(copy=False)

    # CRUD

    def write(self, vals):
        """Orders that are split get another number, whoever splits them.

        Core writes the number on analytic items, in the name of the user.
        """
        items = self.env["account.analytic.line"]
        if vals.get("name") and not items.has_access("write"):
            self.check_access("write")
            # sudo: no more than the number, of orders that the user may write
            super(MrpProduction, self.sudo()).write({"name": vals["name"]})
            vals = {name: value for name, value in vals.items() if name != "name"}
        return super().write(vals)

    # Compute

    def _compute_run_entry_count(self):
        counts = dict(
            self.env["account.move"]._read_group(
                [("production_id", "in", self.ids)], ["production_id"], ["__count"]
            )
        )
        for production in self:
            production.run_entry_count = counts.get(production, 0)

    @api.depends("run_cost_line_ids.amount", "run_cost_line_ids.planned_amount")
    def _compute_run_cost(self):
        for production in self:
            lines = production.run_cost_line_ids
            production.run_cost_planned = sum(lines.mapped("planned_amount"))
            production.run_cost_actual = sum(lines.mapped("amount"))
            main = production._get_done_outputs().filtered(
                lambda m, product=production.product_id: m.product_id == product
            )
            quantity = sum(main.mapped("run_quantity"))
            production.run_cost_unit = quantity and (
                sum(main.mapped("run_value")) / quantity
            )

    # Actions

    def action_view_run_entries(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_journal_line"
        )
        action["domain"] = [("production_id", "in", self.ids)]
        action["context"] = {"create": False}
        return action

    def action_view_run_cost(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_run_cost.mrp_run_cost_report_action"
        )
        action["domain"] = [("production_id", "in", self.ids)]
        action["context"] = {}
        return action
