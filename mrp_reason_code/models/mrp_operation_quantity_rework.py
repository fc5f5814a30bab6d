from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .mrp_operation_quantity import REWORK


class MrpOperationQuantityRework(models.Model):
    """Units that are sent back: the open balance, its time and its material."""

    _inherit = "mrp.operation.quantity"

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
    time_ids = fields.One2many(
        "mrp.workcenter.productivity", "rework_id", string="Time of Rework"
    )
    move_raw_ids = fields.One2many(
        "stock.move", "rework_id", string="Material of Rework"
    )
    rework_minutes = fields.Float(compute="_compute_rework_minutes")
    is_user_reworking = fields.Boolean(compute="_compute_rework_minutes")

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

    def _use_material(self, moves):
        """Material of rework is used as entered, whatever the order produces."""
        if moves:
            self.production_id._autoconfirm_production()
            moves.manual_consumption = True
            for move in moves:
                move._set_quantity_done(move.product_uom_qty)
            moves.picked = True

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
