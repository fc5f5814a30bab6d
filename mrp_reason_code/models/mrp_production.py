from odoo import api, fields, models


class MrpProduction(models.Model):
    """What is known about why an order took and lost what it did."""

    _inherit = "mrp.production"

    operation_quantity_ids = fields.One2many(
        "mrp.operation.quantity", "production_id", string="Quantities of Operations"
    )
    delay_ids = fields.One2many("mrp.delay", "production_id", string="Stops and Delays")
    pending_reason_count = fields.Integer(
        string="Reasons Pending", compute="_compute_pending_reason_count"
    )
    rework_open_count = fields.Integer(compute="_compute_rework")
    first_pass_yield = fields.Float(
        string="First-Pass Yield (%)",
        compute="_compute_rework",
        digits=(16, 2),
        help="Product of the first-pass yields of the operations: how many of a "
        "hundred units go through without scrap or rework.",
    )

    @api.depends("delay_ids.state")
    def _compute_pending_reason_count(self):
        counts = self.env["mrp.delay"]._read_group(
            [("production_id", "in", self.ids), ("state", "=", "pending")],
            ["production_id"],
            ["__count"],
        )
        pending = {production.id: count for production, count in counts}
        for production in self:
            production.pending_reason_count = pending.get(production._origin.id, 0)

    @api.depends("operation_quantity_ids.open_quantity")
    def _compute_rework(self):
        for production in self:
            rows = production.operation_quantity_ids
            production.rework_open_count = len(rows.filtered("open_quantity"))
            share = 1.0
            started = production.workorder_ids.filtered("qty_started")
            for workorder in started:
                share *= workorder.first_pass_yield / 100
            production.first_pass_yield = 100 * share if started else 0

    def _get_pending_reasons(self):
        """Hook: what still waits for a reason; rooms above block release by it.

        :return: ``mrp.delay``
        """
        # sudo: what is pending counts for everybody
        return self.sudo().delay_ids.filtered(lambda delay: delay.state == "pending")

    def action_view_pending_reasons(self):
        """Open what waits for a reason: the dialog for one, the list for several."""
        pending = self._get_pending_reasons().with_env(self.env)
        if len(pending) == 1:
            return pending._get_ask_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_reason_code.mrp_delay_action"
        )
        return action | {
            "domain": [("production_id", "in", self.ids)],
            "context": {"search_default_pending": 1},
        }

    def action_view_operation_quantities(self):
        """Open what operations declared."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_reason_code.mrp_operation_quantity_action"
        )
        return action | {"domain": [("production_id", "in", self.ids)], "context": {}}

    def action_declare_quantity(self):
        """Open the dialog that asks what became of the units."""
        self.ensure_one()
        return self._get_declare_action(self.env["mrp.workorder"])

    def _get_declare_action(self, workorder):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Declare Quantities"),
            "res_model": "mrp.quantity.declare",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_production_id": self.id,
                **({"default_workorder_id": workorder.id} if workorder else {}),
            },
        }
