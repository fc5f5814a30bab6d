from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.mrp_operation_quantity import DOWNGRADE, GOOD, REWORK, SCRAP


class MrpQuantityDeclare(models.TransientModel):
    """One question after a piece of work: what became of the units?"""

    _name = "mrp.quantity.declare"
    _description = "Declare Quantities"

    production_id = fields.Many2one(
        "mrp.production", string="Manufacturing Order", required=True, readonly=True
    )
    company_id = fields.Many2one(related="production_id.company_id")
    uom_id = fields.Many2one(related="production_id.product_uom_id")
    product_id = fields.Many2one(related="production_id.product_id")
    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Operation",
        compute="_compute_workorder_id",
        store=True,
        readonly=False,
        domain="[('production_id', '=', production_id)]",
    )
    workcenter_id = fields.Many2one(related="workorder_id.workcenter_id")
    favorite_scrap_reason_ids = fields.Many2many(
        "mrp.reason", compute="_compute_favorites"
    )
    favorite_rework_reason_ids = fields.Many2many(
        "mrp.reason", compute="_compute_favorites"
    )
    has_rework = fields.Boolean(compute="_compute_has_rework")
    rework_of_id = fields.Many2one(
        "mrp.operation.quantity",
        string="From Rework",
        domain="[('production_id', '=', production_id), ('kind', '=', 'rework'), "
        "('open_quantity', '>', 0)]",
        help="The rework these units come from. Empty: they were seen for the first "
        "time.",
    )
    good_quantity = fields.Float(string="Good", digits="Product Unit")
    scrap_quantity = fields.Float(string="Scrap", digits="Product Unit")
    scrap_reason_id = fields.Many2one(
        "mrp.reason",
        string="Reason of Scrap",
        domain="[('category', '=', 'scrap'), ('usable', '=', True)]",
    )
    rework_quantity = fields.Float(string="Rework", digits="Product Unit")
    rework_reason_id = fields.Many2one(
        "mrp.reason",
        string="Reason of Rework",
        domain="[('category', '=', 'rework'), ('usable', '=', True)]",
    )
    return_workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Back To",
        domain="[('production_id', '=', production_id)]",
    )
    downgrade_quantity = fields.Float(string="Downgrade", digits="Product Unit")
    downgrade_product_id = fields.Many2one("product.product", string="Becomes")
    note = fields.Char()
    supplier_caused = fields.Boolean(
        string="Caused by a Supplier",
        compute="_compute_supplier_caused",
        store=True,
        readonly=False,
    )
    supplier_id = fields.Many2one(
        "res.partner",
    )

    @api.depends("production_id")
    def _compute_workorder_id(self):
        """What runs, or comes next."""
        for wizard in self:
            operations = wizard.production_id.workorder_ids.filtered(
                lambda wo: wo.state not in ("done", "cancel")
            )
            running = operations.filtered(lambda wo: wo.state == "progress")
            wizard.workorder_id = wizard.workorder_id or (running or operations)[:1]

    @api.depends("workorder_id", "production_id")
    def _compute_favorites(self):
        for wizard in self:
            workorders = wizard.workorder_id or wizard.production_id.workorder_ids
            favorites = workorders.workcenter_id.favorite_reason_ids
            for kind in (SCRAP, REWORK):
                wizard[f"favorite_{kind}_reason_ids"] = favorites.filtered(
                    lambda reason, kind=kind: reason.category == kind
                )

    @api.depends("production_id")
    def _compute_has_rework(self):
        for wizard in self:
            wizard.has_rework = bool(wizard.production_id.rework_open_count)

    @api.depends("scrap_reason_id", "rework_reason_id")
    def _compute_supplier_caused(self):
        for wizard in self:
            reasons = wizard.scrap_reason_id | wizard.rework_reason_id
            wizard.supplier_caused = any(reasons.mapped("supplier_caused"))

    def _prepare_rows(self):
        """:return: list of values of ``mrp.operation.quantity``"""
        self.ensure_one()
        common = {
            "workorder_id": self.workorder_id.id,
            "rework_of_id": self.rework_of_id.id,
        }
        why = {
            "note": self.note,
            "supplier_caused": self.supplier_caused,
            "supplier_id": self.supplier_id.id,
        }
        rows = [
            (GOOD, self.good_quantity, {}),
            (
                SCRAP,
                self.scrap_quantity,
                {**why, "reason_id": self.scrap_reason_id.id},
            ),
            (
                REWORK,
                self.rework_quantity,
                {
                    **why,
                    "reason_id": self.rework_reason_id.id,
                    "return_workorder_id": self.return_workorder_id.id,
                },
            ),
            (
                DOWNGRADE,
                self.downgrade_quantity,
                {
                    **why,
                    "reason_id": self.scrap_reason_id.id,
                    "downgrade_product_id": self.downgrade_product_id.id,
                },
            ),
        ]
        return [
            {**common, **vals, "kind": kind, "quantity": quantity}
            for kind, quantity, vals in rows
            if quantity
        ]

    def action_declare(self):
        """Declare the quantities that are filled in."""
        self.ensure_one()
        rows = self._prepare_rows()
        if not rows:
            raise UserError(
                self.env._("Enter at least one quantity, or discard the dialog.")
            )
        self.production_id._declare_quantities(rows)
        return {"type": "ir.actions.act_window_close"}
