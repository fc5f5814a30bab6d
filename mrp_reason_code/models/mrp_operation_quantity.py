from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from ..tools import as_server, is_server

GOOD = "good"
SCRAP = "scrap"
REWORK = "rework"
DOWNGRADE = "downgrade"


class MrpOperationQuantity(models.Model):
    """What became of units that an operation worked on.

    Rows are added and reversed, never changed. Units that are sent back stay in
    rework until other rows, which name that rework, tell what became of them: for
    every operation good + scrapped + downgraded + in rework = started, where each
    unit is started once, however often it is reworked.
    """

    _name = "mrp.operation.quantity"
    _description = "Operation Quantity"
    _order = "date desc, id desc"
    _check_company_auto = True

    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Operation",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('production_id', '=', production_id)]",
        help="Where it happened.",
    )
    company_id = fields.Many2one(
        related="production_id.company_id", store=True, index=True
    )
    product_id = fields.Many2one(related="production_id.product_id", store=True)
    uom_id = fields.Many2one(related="production_id.product_uom_id", string="Unit")
    workcenter_id = fields.Many2one(related="workorder_id.workcenter_id", store=True)
    kind = fields.Selection(
        [
            (GOOD, "Good"),
            (SCRAP, "Scrap"),
            (REWORK, "Rework"),
            (DOWNGRADE, "Downgrade"),
        ],
        required=True,
    )
    quantity = fields.Float(required=True)
    reason_id = fields.Many2one(
        "mrp.reason",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('category', '=', kind), ('usable', '=', True)]",
    )
    reason_terms = fields.Json(
        readonly=True, help="Treatment of the scrap when it was declared."
    )
    note = fields.Char()
    supplier_caused = fields.Boolean(string="Caused by a Supplier")
    supplier_id = fields.Many2one(
        "res.partner",
    )
    date = fields.Datetime(default=fields.Datetime.now, required=True)
    user_id = fields.Many2one(
        "res.users", string="By", default=lambda self: self.env.user, readonly=True
    )
    reversed = fields.Boolean(readonly=True, help="Taken back; counts no more.")
    reversed_date = fields.Datetime(readonly=True)
    reversed_user_id = fields.Many2one("res.users", readonly=True)
    scrap_id = fields.Many2one(
        "stock.scrap", index="btree_not_null", readonly=True, ondelete="restrict"
    )
    downgrade_move_id = fields.Many2one("stock.move", readonly=True)
    downgrade_product_id = fields.Many2one(
        "product.product", string="Downgraded To", check_company=True
    )
    production_state = fields.Selection(related="production_id.state")
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost = fields.Monetary(
        readonly=True,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="What the units had cost when they were rejected.",
    )
    abnormal_cost = fields.Monetary(
        readonly=True,
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="Part of it that is above the allowance of the reason and was expensed.",
    )

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "A quantity of an operation has to be positive."
    )

    @api.depends("kind", "quantity", "product_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for row in self:
            row.display_name = (
                f"{kinds.get(row.kind)}: {row.quantity:g} {row.uom_id.name}, "
                f"{row.workorder_id.display_name or row.production_id.display_name}"
            )

    @api.constrains("reason_id", "note", "kind")
    def _check_reason(self):
        for row in self:
            required = row.company_id.mrp_scrap_reason_required
            if not row.reason_id and required and row.kind != GOOD:
                raise UserError(
                    self.env._(
                        "%(row)s needs a reason. Choose one.", row=row.display_name
                    )
                )
            row.reason_id._check_usable(
                (SCRAP,) if row.kind == DOWNGRADE else (row.kind,),
                row.company_id,
                row._get_workcenters(),
                row.product_id,
                row.note,
            )

    def _get_workcenters(self):
        self.ensure_one()
        # sudo: stock users may scrap without seeing work orders
        order = self.sudo().production_id
        return (self.sudo().workorder_id or order.workorder_ids).workcenter_id

    @api.model_create_multi
    def create(self, vals_list):
        # no default of the caller's context says what only the server may say: they
        # have to go, not to be overridden
        # pylint: disable=context-overridden
        self = self.with_context(clean_context(self.env.context))
        rows = super().create([self._clean_vals(vals) for vals in vals_list])
        rows._check_order_open()
        for row in rows.filtered(lambda row: row.kind == DOWNGRADE):
            row.production_id._add_downgrade(row)
        rows._update_operations()
        return rows

    @api.model
    def _clean_vals(self, vals):
        """:return: the values without what only the server may say"""
        server = {"reversed", "reversed_date", "reversed_user_id"}
        server |= {"cost", "abnormal_cost", "downgrade_move_id"}
        if not is_server(self):
            server.add("scrap_id")
        if not self.env.su:
            server.add("user_id")
        clean = {name: value for name, value in vals.items() if name not in server}
        return clean | {"reason_terms": self._get_terms(vals)}

    @api.model
    def _get_terms(self, vals):
        return self.env["mrp.reason"].browse(vals.get("reason_id") or [])._get_terms()

    def _get_terms_key(self):
        """:return: what rejects have in common that share one allowance"""
        return (self.reason_id, str(self.reason_terms))

    def write(self, vals):
        """Only rework gets time and material; everything else stays as declared."""
        if set(vals) - {"time_ids", "move_raw_ids"} and not is_server(self):
            raise UserError(
                self.env._(
                    "What an operation declared is not changed. Take %(row)s back and "
                    "declare it again.",
                    row=self[:1].display_name,
                )
            )
        known = self.move_raw_ids
        res = super().write(vals)
        self._use_material(self.move_raw_ids - known)
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%(row)s is part of the record of its order. Take it back instead of "
                "deleting it.",
                row=self[:1].display_name,
            )
        )

    def _check_order_open(self):
        for production in self.production_id:
            if production.state in ("draft", "done", "cancel"):
                raise UserError(
                    self.env._(
                        "Quantities are declared while an order runs: %(order)s is "
                        "not in progress.",
                        order=production.display_name,
                    )
                )

    def _update_operations(self):
        """Bring the good quantity of the operations in line with the rows."""
        for workorder in self.balance_workorder_id:
            if workorder.state not in ("done", "cancel"):
                good = workorder.qty_good
                if workorder.product_uom_id.compare(workorder.qty_produced, good):
                    workorder.qty_produced = good
        for production in self.production_id:
            production._cap_qty_producing(self)

    def action_reverse(self):
        """Take rows back: they stay, and count no more."""
        self._check_order_open()
        for row in self:
            if row.reversed:
                raise UserError(
                    self.env._("%(row)s is taken back already.", row=row.display_name)
                )
            if row.downgrade_move_id.state == "done":
                raise UserError(
                    self.env._(
                        "%(row)s is in stock already and can not be taken back.",
                        row=row.display_name,
                    )
                )
        moves = self.downgrade_move_id
        as_server(self).write(
            {
                "reversed": True,
                "reversed_date": fields.Datetime.now(),
                "reversed_user_id": self.env.uid,
            }
        )
        moves._action_cancel()
        # sudo: a scrap may be taken back by whoever may declare it
        self.scrap_id.sudo()._mark_returned()
        self._update_operations()
        return True

    def _set_costs(self, costs):
        """Note what rejected units had cost.

        :param dict costs: per row its cost and the abnormal part of it, in company
            currency
        """
        for row, (cost, abnormal) in costs.items():
            as_server(row).write({"cost": cost, "abnormal_cost": abnormal})

    def _set_downgrade_move(self, move):
        self.ensure_one()
        as_server(self).write({"downgrade_move_id": move.id})
