from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.mrp_run_cost.tools import CurrencyUnits

from ..tools import JointCost, Output, joint_cost


class MrpBom(models.Model):
    _name = "mrp.bom"
    _inherit = ["mrp.bom", "mrp.joint.cost.mixin"]

    joint_cost_method = fields.Selection(tracking=True)
    joint_reference_uom_id = fields.Many2one(tracking=True)
    main_equivalence_number = fields.Float(
        string="Number of the Main Product",
        default=1.0,
        digits="Production Rate",
        tracking=True,
        help="Cost of one unit of the main product relative to the co-products.",
    )
    main_separable_cost = fields.Float(
        string="Separable Cost of the Main Product",
        digits="Production Rate",
        tracking=True,
        help="Cost per unit from the split-off point until it can be sold, in the "
        "company's currency.",
    )
    joint_cost_preview = fields.Json(
        compute="_compute_joint_cost_preview",
        groups="mrp_run_cost.mrp_run_cost_group_viewer",
        help="How one run of this recipe would be split, at today's prices.",
    )

    @api.depends(
        "product_tmpl_id",
        "product_id",
        "product_qty",
        "product_uom_id",
        "joint_cost_method",
        "joint_reference_uom_id",
        "main_equivalence_number",
        "main_separable_cost",
        "bom_line_ids.product_id",
        "bom_line_ids.product_qty",
        "bom_line_ids.product_uom_id",
        "operation_ids.time_cycle_manual",
        "operation_ids.workcenter_id",
        "byproduct_ids.product_id",
        "byproduct_ids.product_qty",
        "byproduct_ids.product_uom_id",
        "byproduct_ids.output_type",
        "byproduct_ids.cost_share",
        "byproduct_ids.equivalence_number",
        "byproduct_ids.separable_cost",
        "byproduct_ids.disposal_cost",
    )
    @api.depends_context("company")
    def _compute_joint_cost_preview(self):
        for bom in self:
            bom.joint_cost_preview = bom._get_joint_cost_preview()

    @api.constrains(
        "joint_cost_method",
        "joint_reference_uom_id",
        "main_equivalence_number",
        "main_separable_cost",
        "byproduct_ids",
        "product_qty",
    )
    def _check_joint_cost(self):
        """:raise ValidationError: when the recipe can not be split as it says"""
        for bom in self.filtered(lambda b: b.type == "normal" and b.byproduct_ids):
            if min(bom.main_equivalence_number, bom.main_separable_cost) < 0:
                raise ValidationError(
                    self.env._(
                        "%(bom)s: equivalence number and separable cost of the main "
                        "product can not be negative.",
                        bom=bom.display_name,
                    )
                )
            for product in bom._get_main_products():
                split, names, _pool = bom._split_planned_cost(product)
                notes = bom._get_joint_notes(split.problems, names)
                if notes:
                    raise ValidationError("\n".join([f"{bom.display_name}:", *notes]))

    def _get_main_products(self):
        """:return: products this recipe makes"""
        self.ensure_one()
        return self.product_id or self.product_tmpl_id.product_variant_ids[:1]

    def _get_joint_outputs(self, product, units):
        """Outputs of one run of the recipe, as ``Output``; keys are its lines.

        :param product: variant made; its key is the recipe itself
        :param CurrencyUnits units: what amounts are counted in
        """
        self.ensure_one()
        lines = self.byproduct_ids.filtered(
            lambda line: (
                line.product_id
                and line.product_qty > 0
                and not line._skip_byproduct_line(product)
            )
        )
        planned_by_share = any(line.cost_share for line in lines)
        planned_main = 100 - sum(lines.mapped("cost_share"))
        outputs = [
            Output(
                self,
                joint_cost.MAIN,
                self.product_uom_id._compute_quantity(
                    self.product_qty, product.uom_id, round=False
                ),
                number=self.main_equivalence_number,
                separable=self.main_separable_cost,
                planned=planned_main if planned_by_share else self.product_qty,
            )
        ]
        for line in lines:
            outputs.append(
                Output(
                    line,
                    line.output_type,
                    line.product_uom_id._compute_quantity(
                        line.product_qty, line.product_id.uom_id, round=False
                    ),
                    share=line.cost_share,
                    number=line.equivalence_number,
                    separable=line.separable_cost,
                    disposal=line.disposal_cost,
                    planned=line.cost_share if planned_by_share else line.product_qty,
                )
            )
        products = [product, *(line.product_id for line in lines)]
        self.env["product.product"]._fill_joint_outputs(
            outputs, products, self, units, fields.Date.context_today(self)
        )
        return outputs

    def _split_planned_cost(self, product, total=None, units=None):
        """Split what one run of the recipe is expected to cost.

        :param product: variant made
        :param float total: cost of components and operations; by default computed
        :param CurrencyUnits units: what amounts are counted in; by default cents
        :return: ``(JointSplit, names per key, pool in currency units)``
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        units = units or CurrencyUnits(company.currency_id)
        if total is None:
            total = product.with_company(company)._get_bom_pool(self)
        outputs = self._get_joint_outputs(product, units)
        accrual = sum(units.from_amount(output.accrual) for output in outputs)
        pool = units.from_amount(total) + accrual
        split = JointCost(self.joint_cost_method, outputs, units.from_amount).split(
            pool
        )
        if not pool:
            # nothing is known of the components' cost yet: no ground for complaint
            split.problems = [
                p for p in split.problems if p[0] != "recovery_above_pool"
            ]
        names = {
            output.key: (
                product if output.key == self else output.key.product_id
            ).display_name
            for output in outputs
        }
        return split, names, pool

    def _get_joint_cost_preview(self):
        """:return: JSON for the preview of the split; empty when nothing is to split"""
        self.ensure_one()
        product = self._get_main_products()
        if not product or not self.byproduct_ids or self.type != "normal":
            return False
        company = self.company_id or self.env.company
        units = CurrencyUnits(company.currency_id)
        split, names, pool = self._split_planned_cost(product)
        rows = []
        for output in split.outputs:
            amount = units.to_amount(split.totals[output.key])
            rows.append(
                {
                    "name": names[output.key],
                    "type": output.type,
                    "quantity": output.quantity,
                    "unit": (
                        product if output.key == self else output.key.product_id
                    ).uom_id.name,
                    "amount": amount,
                    "percent": 100 * split.totals[output.key] / pool if pool else 0,
                    "unit_cost": amount / output.quantity if output.quantity else 0,
                }
            )
        return {
            "currency_id": company.currency_id.id,
            "pool": units.to_amount(pool),
            "method": split.method,
            "rows": rows,
            "notes": self._get_joint_notes(split.problems, names),
        }

    def _prepare_joint_line_vals(self, move):
        """:return: costing of a by-product line made from an order's output"""
        return {
            "output_type": move.output_type or joint_cost.BY_PRODUCT,
            "equivalence_number": move.equivalence_number,
            "separable_cost": move.separable_cost,
            "disposal_cost": move.disposal_cost,
        }

    def _add_joint_line_vals(self, commands, moves):
        """Complete the commands that make by-product lines from an order's outputs."""
        for command, move in zip(commands, moves, strict=True):
            if command[0] == Command.CREATE:
                command[2].update(self._prepare_joint_line_vals(move))
        return commands
