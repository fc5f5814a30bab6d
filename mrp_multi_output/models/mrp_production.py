from odoo import api, fields, models

from ..tools import joint_cost


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "mrp.joint.cost.mixin"]

    joint_cost_method = fields.Selection(
        default=None,
        compute="_compute_joint_cost_method",
        store=True,
        precompute=True,
        readonly=False,
        copy=True,
    )
    joint_reference_uom_id = fields.Many2one(
        default=None,
        compute="_compute_joint_cost_method",
        store=True,
        precompute=True,
        readonly=False,
        copy=True,
    )
    input_mass = fields.Float(
        compute="_compute_mass",
        digits="Product Unit",
        help="Components issued, in the reference unit.",
    )
    output_mass = fields.Float(
        compute="_compute_mass",
        digits="Product Unit",
        help="Everything that came out, waste included, in the reference unit.",
    )
    mass_loss = fields.Float(
        string="Unaccounted (%)",
        compute="_compute_mass",
        digits=(16, 2),
        help="Part of the input that is in no output.",
    )
    mass_incomplete = fields.Char(
        string="Without Weight",
        compute="_compute_mass",
        help="Products that neither convert to the reference unit nor have a weight.",
    )
    main_output_yield = fields.Float(
        string="Yield of the Main Product (%)",
        compute="_compute_main_output_yield",
        digits=(16, 2),
    )
    has_outputs = fields.Boolean(compute="_compute_has_outputs")

    @api.depends("bom_id")
    def _compute_joint_cost_method(self):
        """The recipe's, from then on the order's own: a running order keeps it."""
        for production in self:
            bom = production.bom_id or self.env["mrp.bom"].new()
            production.joint_cost_method = bom.joint_cost_method
            production.joint_reference_uom_id = bom.joint_reference_uom_id

    @api.depends("move_finished_ids.output_yield")
    def _compute_main_output_yield(self):
        for production in self:
            main = production.move_finished_ids.filtered(
                lambda m: m.output_type == joint_cost.MAIN and m.quantity
            )
            production.main_output_yield = sum(main.mapped("output_yield"))

    @api.depends("move_finished_ids.state")
    def _compute_has_outputs(self):
        for production in self:
            production.has_outputs = len(production.move_finished_ids) > 1

    @api.depends(
        "move_raw_ids.quantity",
        "move_raw_ids.state",
        "move_raw_ids.product_id.weight",
        "move_finished_ids.product_id.weight",
        "move_finished_ids.quantity",
        "move_finished_ids.state",
        "joint_reference_uom_id",
    )
    def _compute_mass(self):
        for production in self:
            unknown = self.env["product.product"]
            masses = []
            for moves in (production.move_raw_ids, production.move_finished_ids):
                mass = 0.0
                for move in moves.filtered(lambda m: m.state != "cancel"):
                    part = move.product_id._get_reference_quantity(
                        move.product_uom._compute_quantity(
                            move.quantity, move.product_id.uom_id, round=False
                        ),
                        production.joint_reference_uom_id,
                    )
                    if part is None:
                        unknown |= move.product_id
                    mass += part or 0.0
                masses.append(mass)
            production.input_mass, production.output_mass = masses
            production.mass_loss = masses[0] and (
                100 * (masses[0] - masses[1]) / masses[0]
            )
            production.mass_incomplete = ", ".join(unknown.mapped("display_name"))

    # Outputs of the order

    def _get_move_finished_values(
        self,
        product_id,
        product_uom_qty,
        product_uom,
        operation_id=False,
        byproduct_id=False,
        cost_share=0,
    ):
        vals = super()._get_move_finished_values(
            product_id,
            product_uom_qty,
            product_uom,
            operation_id,
            byproduct_id,
            cost_share,
        )
        byproduct = self.env["mrp.bom.byproduct"].browse(byproduct_id or [])
        vals.update(self._prepare_output_costing(byproduct))
        vals["planned_output_quantity"] = product_uom_qty
        if vals["output_type"] == joint_cost.WASTE:
            location = self.company_id._get_waste_location()
            vals["location_dest_id"] = vals["location_final_id"] = location.id
        return vals

    def _prepare_output_costing(self, byproduct):
        """:return: what an output copies from the recipe, whose later changes it
        does not follow
        """
        if byproduct:
            return {
                "output_type": byproduct.output_type,
                "equivalence_number": byproduct.equivalence_number,
                "separable_cost": byproduct.separable_cost,
                "disposal_cost": byproduct.disposal_cost,
            }
        return {
            "output_type": joint_cost.MAIN,
            "equivalence_number": self.bom_id.main_equivalence_number or 1.0,
            "separable_cost": self.bom_id.main_separable_cost,
        }

    def _link_bom(self, bom):
        """Updating an order from its recipe brings the costing along."""
        res = super()._link_bom(bom)
        if self.state not in ("done", "cancel"):
            self.write(
                {
                    "joint_cost_method": bom.joint_cost_method,
                    "joint_reference_uom_id": bom.joint_reference_uom_id.id,
                }
            )
            for move in self.move_finished_ids:
                if move.byproduct_id or move.product_id == self.product_id:
                    move.write(self._prepare_output_costing(move.byproduct_id))
        return res

    def _get_bom_values(self, ratio=1):
        lines, byproducts, operations = super()._get_bom_values(ratio)
        byproducts = self.env["mrp.bom"]._add_joint_line_vals(
            byproducts, self.move_byproduct_ids
        )
        return lines, byproducts, operations

    def _prepare_run_cost_plan(self):
        """The plan of the outputs is frozen with that of the cost."""
        self._freeze_planned_outputs()
        return super()._prepare_run_cost_plan()

    def _split_run_cost_plan(self, quantities):
        self._freeze_planned_outputs()
        return super()._split_run_cost_plan(quantities)

    def _freeze_planned_outputs(self):
        for move in self.move_finished_ids:
            if move.planned_output_quantity != move.product_uom_qty:
                move.planned_output_quantity = move.product_uom_qty

    def _mark_byproducts_as_produced(self):
        res = super()._mark_byproducts_as_produced()
        self.move_byproduct_ids._fill_missing_output_lots()
        return res
