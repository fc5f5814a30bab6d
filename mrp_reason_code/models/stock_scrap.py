from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..tools import as_server, is_server
from .mrp_operation_quantity import SCRAP


class StockScrap(models.Model):
    _inherit = "stock.scrap"

    state = fields.Selection(
        selection_add=[("returned", "Returned")],
        ondelete={"returned": "set done"},
    )
    mrp_reason_id = fields.Many2one(
        "mrp.reason",
        string="Reason",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        compute="_compute_mrp_reason_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('category', '=', 'scrap'), ('usable', '=', True)]",
    )
    reason_terms = fields.Json(
        readonly=True, copy=False, help="Treatment of the scrap when it was made."
    )
    mrp_reason_note = fields.Char(string="Note", tracking=True)
    supplier_caused = fields.Boolean(
        string="Caused by a Supplier",
        compute="_compute_supplier_caused",
        store=True,
        readonly=False,
    )
    supplier_id = fields.Many2one(
        "res.partner",
    )
    favorite_reason_ids = fields.Many2many(
        "mrp.reason", compute="_compute_favorite_reason_ids"
    )
    mrp_reason_required = fields.Boolean(compute="_compute_mrp_reason_required")
    is_in_process = fields.Boolean(
        compute="_compute_is_in_process",
        help="The product is still being made: nothing of it is in stock yet.",
    )
    operation_quantity_ids = fields.One2many("mrp.operation.quantity", "scrap_id")

    @api.depends("scrap_reason_tag_ids")
    def _compute_mrp_reason_id(self):
        """Odoo's own tag and the reason tied to it tell one story."""
        for scrap in self:
            tags = scrap.scrap_reason_tag_ids
            reason = scrap.mrp_reason_id
            if tags and (not reason or reason.scrap_tag_id - tags):
                reason = self.env["mrp.reason"].search(
                    [("scrap_tag_id", "in", tags.ids), ("category", "=", "scrap")]
                )
                # sudo: stock users may scrap without seeing work centers
                reason = reason.sudo().filtered(
                    lambda found, scrap=scrap: (
                        not found._get_misuse(
                            (SCRAP,),
                            scrap.company_id,
                            scrap._get_workcenters(),
                            scrap.product_id,
                            scrap.mrp_reason_note,
                        )
                    )
                )[:1]
            scrap.mrp_reason_id = reason.id

    @api.depends("mrp_reason_id")
    def _compute_supplier_caused(self):
        for scrap in self:
            scrap.supplier_caused = scrap.mrp_reason_id.supplier_caused

    @api.depends("workorder_id", "production_id")
    def _compute_favorite_reason_ids(self):
        for scrap in self:
            favorites = scrap._get_workcenters().favorite_reason_ids
            scrap.favorite_reason_ids = favorites.filtered(
                lambda reason: reason.category == "scrap"
            )

    @api.depends("production_id", "workorder_id", "company_id")
    def _compute_mrp_reason_required(self):
        for scrap in self:
            scrap.mrp_reason_required = (
                bool(scrap._get_order()) and scrap.company_id.mrp_scrap_reason_required
            )

    @api.depends("production_id.state", "workorder_id", "product_id")
    def _compute_is_in_process(self):
        for scrap in self:
            order = scrap._get_order()
            scrap.is_in_process = (
                bool(order)
                and order.state not in ("draft", "done", "cancel")
                and scrap.product_id == order.product_id
            )

    @api.onchange("mrp_reason_id")
    def _onchange_mrp_reason_id(self):
        if self.mrp_reason_id.scrap_tag_id:
            self.scrap_reason_tag_ids |= self.mrp_reason_id.scrap_tag_id

    @api.constrains(
        "state",
        "mrp_reason_id",
        "mrp_reason_note",
        "production_id",
        "workorder_id",
        "product_id",
    )
    def _check_mrp_reason(self):
        """Holds for every door: what is scrapped has a reason that fits."""
        for scrap in self:
            if scrap.state == "draft" and not scrap.mrp_reason_id:
                continue
            if not scrap.mrp_reason_id:
                if scrap.mrp_reason_required:
                    raise UserError(
                        self.env._(
                            "Scrapping %(product)s from %(order)s needs a reason. "
                            "Choose one.",
                            product=scrap.product_id.display_name,
                            order=scrap._get_order().display_name,
                        )
                    )
                continue
            note = scrap.mrp_reason_note
            if scrap.state == "draft":
                # the note may follow until it is scrapped
                note = note or "draft"
            scrap.mrp_reason_id._check_usable(
                ("scrap",),
                scrap.company_id,
                scrap._get_workcenters(),
                scrap.product_id,
                note,
            )

    def _get_order(self):
        """:return: the order it is scrapped from, maybe none"""
        # sudo: stock users may scrap without seeing work orders
        return self.production_id or self.sudo().workorder_id.production_id

    def _get_workcenters(self):
        # sudo: as above
        scrap = self.sudo()
        return (scrap.workorder_id or scrap.production_id.workorder_ids).workcenter_id

    def _get_terms_key(self):
        """:return: what scraps have in common that share one allowance"""
        return (self.mrp_reason_id, str(self.reason_terms))

    def write(self, vals):
        """What is scrapped stays as it is; administrators may correct its reason."""
        settled = self.filtered(lambda scrap: scrap.state != "draft")
        if settled and not is_server(self):
            settled._check_correction(vals)
        return super().write(vals)

    def _check_correction(self, vals):
        reason = {"mrp_reason_id", "mrp_reason_note"} & set(vals)
        open_orders = all(scrap._get_order().state != "done" for scrap in self)
        manager = self.env.user.has_group("mrp.group_mrp_manager")
        if "state" in vals or (reason and not (open_orders and manager)):
            raise UserError(
                self.env._(
                    "%(scrap)s is scrapped already. Bring it back and scrap it again; "
                    "manufacturing administrators may correct its reason until the "
                    "order is done.",
                    scrap=self[:1].display_name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_returned(self):
        if "returned" in self.mapped("state"):
            raise UserError(
                self.env._("A scrap that was brought back is kept as evidence.")
            )

    def _should_check_available_qty(self):
        return not self.is_in_process and super()._should_check_available_qty()

    def do_scrap(self):
        """Rejects of what is being made leave no stock: there is none of it yet."""
        drafts = self.filtered(lambda scrap: scrap.state == "draft")
        for scrap in drafts.filtered("mrp_reason_id"):
            scrap.reason_terms = scrap.mrp_reason_id._get_terms()
        in_process = drafts.filtered("is_in_process")
        for scrap in in_process:
            scrap._reject_in_process()
        drafts._check_not_output()
        res = super(StockScrap, drafts - in_process).do_scrap()
        for scrap in drafts:
            tag = scrap.mrp_reason_id.scrap_tag_id
            if tag - scrap.scrap_reason_tag_ids:
                scrap.scrap_reason_tag_ids = [Command.link(tag.id)]
        return res

    def _check_not_output(self):
        """An output that is not made yet can not be taken out of stock."""
        for scrap in self - self.filtered("is_in_process"):
            order = scrap._get_order()
            outputs = order.move_finished_ids.filtered(
                lambda m: m.state not in ("done", "cancel")
            )
            components = order.move_raw_ids.product_id
            if scrap.product_id in outputs.product_id - components:
                raise UserError(
                    self.env._(
                        "%(product)s is not in stock before %(order)s is done. Enter "
                        "less of it as an output instead of scrapping it.",
                        product=scrap.product_id.display_name,
                        order=order.display_name,
                    )
                )

    def _reject_in_process(self):
        self.ensure_one()
        self._check_company()
        order = self._get_order()
        as_server(order)._declare_quantities(
            [
                {
                    "workorder_id": self.workorder_id.id,
                    "kind": SCRAP,
                    "quantity": self.product_uom_id._compute_quantity(
                        self.scrap_qty, order.product_uom_id, round=False
                    ),
                    "reason_id": self.mrp_reason_id.id,
                    "note": self.mrp_reason_note,
                    "supplier_caused": self.supplier_caused,
                    "supplier_id": self.supplier_id.id,
                    "scrap_id": self.id,
                }
            ]
        )
        self.write(
            {
                "name": self.env["ir.sequence"].next_by_code("stock.scrap"),
                "state": "done",
                "date_done": fields.Datetime.now(),
                "origin": self.origin or order.name,
            }
        )

    def action_unscrap(self):
        """Bring scrapped goods back, with their lot and at the value they left with."""
        for scrap in self:
            if scrap.state != "done":
                raise UserError(
                    self.env._(
                        "%(scrap)s is not scrapped: there is nothing to bring back.",
                        scrap=scrap.display_name,
                    )
                )
            if scrap.operation_quantity_ids:
                scrap.operation_quantity_ids.action_reverse()
                continue
            scrap._check_not_absorbed()
            moves = self.env["stock.move"].create(
                [scrap._prepare_unscrap_move(move) for move in scrap.move_ids]
            )
            moves._action_done()
            scrap._mark_returned()
        return True

    def _check_not_absorbed(self):
        """What a completed run bears can not come back beside it."""
        self.ensure_one()
        # sudo: whoever brings goods back need not see cost
        lines = self.sudo().production_id.run_cost_line_ids.filtered("amount")
        if self.production_id.state == "done" and lines.move_id & self.move_ids:
            raise UserError(
                self.env._(
                    "%(scrap)s is part of the cost of %(order)s, which is completed. "
                    "Bring the goods back by an inventory adjustment.",
                    scrap=self.display_name,
                    order=self.production_id.display_name,
                )
            )

    def _prepare_unscrap_move(self, move):
        places = {
            "location_id": move.location_dest_id.id,
            "location_dest_id": move.location_id.id,
        }
        return {
            "origin": self.name,
            "company_id": move.company_id.id,
            "product_id": move.product_id.id,
            "product_uom": move.product_uom.id,
            "product_uom_qty": move.quantity,
            "origin_returned_move_id": move.id,
            "picked": True,
            "move_line_ids": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "product_uom_id": line.product_uom_id.id,
                        "quantity": line.quantity,
                        "lot_id": line.lot_id.id,
                        "owner_id": line.owner_id.id,
                        **places,
                    }
                )
                for line in move.move_line_ids
            ],
            **places,
        }

    def _mark_returned(self):
        as_server(self).write({"state": "returned"})
