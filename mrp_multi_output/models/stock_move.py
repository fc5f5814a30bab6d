from odoo import api, fields, models

from ..tools import joint_cost
from .joint_cost_mixin import OUTPUT_TYPES


class StockMove(models.Model):
    _inherit = "stock.move"

    output_type = fields.Selection(
        [(joint_cost.MAIN, "Main product"), *OUTPUT_TYPES],
        compute="_compute_output_type",
        store=True,
        precompute=True,
        readonly=False,
        copy=True,
        help="* Co-product: bears its part of the joint cost\n"
        "* By-product: credited at what it recovers, or at its standard cost\n"
        "* Waste: has no value, getting rid of it may cost",
    )
    equivalence_number = fields.Float(default=1.0, digits="Production Rate")
    separable_cost = fields.Float(digits="Production Rate")
    disposal_cost = fields.Float(digits="Production Rate")
    planned_output_quantity = fields.Float(
        string="Planned",
        digits="Product Unit",
        copy=False,
        readonly=True,
        help="Quantity expected from the order when it was confirmed.",
    )
    output_yield = fields.Float(
        string="Yield (%)",
        compute="_compute_output_yield",
        help="Quantity put out in percent of the quantity planned.",
    )

    @api.depends("production_id", "product_id", "cost_share")
    def _compute_output_type(self):
        for move in self:
            if not move.production_id:
                move.output_type = False
            elif move.product_id == move.production_id.product_id:
                move.output_type = joint_cost.MAIN
            elif move.output_type in (False, joint_cost.MAIN, joint_cost.BY_PRODUCT):
                move.output_type = (
                    joint_cost.CO_PRODUCT if move.cost_share else joint_cost.BY_PRODUCT
                )

    @api.depends("output_type")
    def _compute_location_dest_id(self):
        waste = self.filtered(lambda m: m.output_type == joint_cost.WASTE)
        res = super(StockMove, self - waste)._compute_location_dest_id()
        for move in waste:
            move.location_dest_id = move.company_id._get_waste_location()
        return res

    @api.depends("quantity", "planned_output_quantity")
    def _compute_output_yield(self):
        for move in self:
            planned = move.planned_output_quantity
            move.output_yield = 100 * move.quantity / planned if planned else 0.0

    def _may_need_disposal(self):
        """:return: whether one of these outputs may cost money to get rid of"""
        return any(
            move.output_type in (joint_cost.BY_PRODUCT, joint_cost.WASTE)
            for move in self
        )

    @api.onchange("quantity")
    def _onchange_output_quantity(self):
        """What was entered by hand is what came out: completion keeps it."""
        if (
            self.production_id
            and self.output_type != joint_cost.MAIN
            and self.state not in ("draft", "done", "cancel")
        ):
            self.picked = True

    def _should_bypass_set_qty_producing(self):
        """Outputs whose lots were entered by hand keep their quantities."""
        return super()._should_bypass_set_qty_producing() or bool(
            self.output_type in (joint_cost.CO_PRODUCT, joint_cost.BY_PRODUCT)
            and self.move_line_ids.lot_id
        )

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        return [*super()._prepare_merge_moves_distinct_fields(), "output_type"]

    def _fill_missing_output_lots(self):
        """Give lot-tracked outputs without a lot one of their own.

        It has the number of the main product's lot where that is free for this
        product, else the next of its sequence.
        """
        for move in self.filtered(
            lambda m: m.has_tracking == "lot" and m.state not in ("done", "cancel")
        ):
            lines = move.move_line_ids.filtered(
                lambda line: line.quantity and not line.lot_id and not line.lot_name
            )
            if lines:
                lines.lot_id = move._create_output_lot()

    def _create_output_lot(self):
        self.ensure_one()
        production = self.production_id
        lots = self.env["stock.lot"]
        name = production.lot_producing_ids[:1].name
        taken = not name or lots.search_count(
            [
                ("product_id", "=", self.product_id.id),
                ("name", "=", name),
                ("company_id", "in", (False, production.company_id.id)),
            ],
            limit=1,
        )
        if taken:
            sequence = self.product_id.lot_sequence_id
            name = sequence.next_by_id() if sequence else False
            name = name or self.env["ir.sequence"].next_by_code("stock.lot.serial")
        return lots.create({"product_id": self.product_id.id, "name": name})
