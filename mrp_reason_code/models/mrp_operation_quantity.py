from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
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
    balance_workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Operation Charged",
        compute="_compute_balance",
        store=True,
        index="btree_not_null",
        recursive=True,
        help="The operation whose units these are: for reworked units the one that "
        "first sent them back.",
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
    rework_of_id = fields.Many2one(
        "mrp.operation.quantity",
        string="Reworked Units Of",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The rework these units come from. Empty: they are seen for the first "
        "time.",
    )
    result_ids = fields.One2many(
        "mrp.operation.quantity", "rework_of_id", string="What Became of Them"
    )
    open_quantity = fields.Float(
        string="Still in Rework",
        compute="_compute_open_quantity",
        store=True,
    )
    loop = fields.Integer(
        compute="_compute_balance",
        store=True,
        recursive=True,
        help="How often these units were sent back, this time included.",
    )
    return_workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Back To",
        index="btree_not_null",
        check_company=True,
        domain="[('production_id', '=', production_id)]",
    )
    downgrade_move_id = fields.Many2one("stock.move", readonly=True)
    downgrade_product_id = fields.Many2one(
        "product.product", string="Downgraded To", check_company=True
    )
    time_ids = fields.One2many(
        "mrp.workcenter.productivity", "rework_id", string="Time of Rework"
    )
    move_raw_ids = fields.One2many(
        "stock.move", "rework_id", string="Material of Rework"
    )
    rework_minutes = fields.Float(compute="_compute_rework_minutes")
    is_user_reworking = fields.Boolean(compute="_compute_rework_minutes")
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

    @api.depends(
        "workorder_id",
        "kind",
        "rework_of_id.loop",
        "rework_of_id.balance_workorder_id",
    )
    def _compute_balance(self):
        for row in self:
            origin = row.rework_of_id
            row.balance_workorder_id = (
                origin.balance_workorder_id if origin else row.workorder_id
            )
            row.loop = origin.loop + (row.kind == REWORK)

    @api.depends("kind", "quantity", "reversed", "result_ids.quantity")
    @api.depends("result_ids.reversed")
    def _compute_open_quantity(self):
        for row in self:
            results = row.result_ids.filtered(lambda r: not r.reversed)
            is_open = row.kind == REWORK and not row.reversed
            row.open_quantity = (
                row.quantity - sum(results.mapped("quantity")) if is_open else 0
            )

    @api.depends("time_ids.duration", "time_ids.date_end")
    @api.depends_context("uid")
    def _compute_rework_minutes(self):
        for row in self:
            row.rework_minutes = sum(row.time_ids.mapped("duration"))
            row.is_user_reworking = any(
                not log.date_end and log.user_id == self.env.user
                for log in row.time_ids
            )

    @api.constrains("kind", "rework_of_id", "workorder_id", "return_workorder_id")
    def _check_links(self):
        for row in self:
            origin = row.rework_of_id
            operations = row.workorder_id | row.return_workorder_id
            if operations.production_id - row.production_id or (
                origin and origin.production_id != row.production_id
            ):
                raise ValidationError(
                    self.env._(
                        "%(row)s: the operations and the rework have to belong to the "
                        "order %(order)s.",
                        row=row.display_name,
                        order=row.production_id.display_name,
                    )
                )
            if origin and origin.kind != REWORK:
                raise ValidationError(
                    self.env._(
                        "%(origin)s was not sent to rework: nothing can come back "
                        "from it.",
                        origin=origin.display_name,
                    )
                )
            if (
                row.return_workorder_id
                and row.workorder_id
                and (row.return_workorder_id.sequence > row.workorder_id.sequence)
            ):
                raise ValidationError(
                    self.env._(
                        "Rework goes back to an earlier operation: %(target)s comes "
                        "after %(operation)s.",
                        target=row.return_workorder_id.name,
                        operation=row.workorder_id.name,
                    )
                )

    @api.constrains("quantity", "rework_of_id", "reversed")
    def _check_rework_balance(self):
        for origin in self.rework_of_id | self.filtered("result_ids"):
            left = origin.quantity - sum(
                origin.result_ids.filtered(lambda r: not r.reversed).mapped("quantity")
            )
            used = origin.result_ids.filtered(lambda r: not r.reversed)
            if origin.uom_id.compare(left, 0) < 0 or (origin.reversed and used):
                raise ValidationError(
                    self.env._(
                        "Only %(quantity)s %(unit)s went to rework (%(origin)s). "
                        "Enter what became of these, or take back what was entered "
                        "about them first.",
                        quantity=0 if origin.reversed else origin.quantity,
                        unit=origin.uom_id.name,
                        origin=origin.display_name,
                    )
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

    def _use_material(self, moves):
        """Material of rework is used as entered, whatever the order produces."""
        if moves:
            self.production_id._autoconfirm_production()
            moves.manual_consumption = True
            for move in moves:
                move._set_quantity_done(move.product_uom_qty)
            moves.picked = True

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

    def action_start_rework(self):
        """Start the clock of the current user for the rework of these units."""
        logs = []
        for row in self:
            workorder = row.return_workorder_id or row.workorder_id
            if not workorder or row.kind != REWORK or row.reversed:
                raise UserError(
                    self.env._(
                        "%(row)s has no operation to work on: time is logged on "
                        "operations.",
                        row=row.display_name,
                    )
                )
            if workorder.working_state == "blocked":
                raise UserError(
                    self.env._(
                        "%(workcenter)s is blocked. Unblock it to start the rework.",
                        workcenter=workorder.workcenter_id.display_name,
                    )
                )
            if not row.is_user_reworking:
                vals = workorder._prepare_timeline_vals(
                    workorder.duration, fields.Datetime.now()
                )
                logs.append(vals | {"rework_id": row.id})
        self._check_order_open()
        self.env["mrp.workcenter.productivity"].create(logs)
        return True

    def action_stop_rework(self):
        """Stop the clock of the current user."""
        self.time_ids.filtered(
            lambda log: not log.date_end and log.user_id == self.env.user
        )._close()
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
