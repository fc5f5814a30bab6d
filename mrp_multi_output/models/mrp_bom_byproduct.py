from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import joint_cost
from .joint_cost_mixin import OUTPUT_TYPES


class MrpBomByproduct(models.Model):
    _inherit = "mrp.bom.byproduct"

    output_type = fields.Selection(
        OUTPUT_TYPES,
        string="Type",
        required=True,
        compute="_compute_output_type",
        store=True,
        precompute=True,
        readonly=False,
        help="* Co-product: bears its part of the joint cost\n"
        "* By-product: credited at what it recovers, or at its standard cost\n"
        "* Waste: has no value, getting rid of it may cost",
    )
    equivalence_number = fields.Float(
        string="Number",
        default=1.0,
        digits="Production Rate",
        help="Cost of one unit of this output relative to the others.",
    )
    separable_cost = fields.Float(
        string="Separable",
        digits="Production Rate",
        help="Cost per unit from the split-off point until it can be sold, in the "
        "company's currency.",
    )
    disposal_cost = fields.Float(
        string="Disposal",
        digits="Production Rate",
        help="Cost per unit of selling it or of getting rid of it, in the company's "
        "currency. For waste it is accrued with the run.",
    )

    @api.depends("cost_share")
    def _compute_output_type(self):
        for line in self:
            if not line.output_type or line.output_type == joint_cost.BY_PRODUCT:
                line.output_type = (
                    joint_cost.CO_PRODUCT if line.cost_share else joint_cost.BY_PRODUCT
                )

    @api.constrains("equivalence_number", "separable_cost", "disposal_cost")
    def _check_positive_costs(self):
        for line in self:
            if (
                min(line.equivalence_number, line.separable_cost, line.disposal_cost)
                < 0
            ):
                raise ValidationError(
                    self.env._(
                        "%(output)s in %(bom)s: equivalence number, separable cost and "
                        "disposal cost can not be negative.",
                        output=line.product_id.display_name,
                        bom=line.bom_id.display_name,
                    )
                )

    @api.constrains(
        "output_type",
        "cost_share",
        "product_id",
        "product_qty",
        "product_uom_id",
        "equivalence_number",
        "separable_cost",
        "disposal_cost",
    )
    def _check_joint_cost(self):
        self.bom_id._check_joint_cost()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._log_costing(self._get_costing_fields())
        return lines

    def write(self, vals):
        changed = self._get_costing_fields() & vals.keys()
        before = {line: {name: line[name] for name in changed} for line in self}
        res = super().write(vals)
        for line in self:
            line._log_costing(
                {name for name in changed if line[name] != before[line][name]}
            )
        return res

    def unlink(self):
        for line in self:
            # sudo: a note in the history, whoever may change the recipe
            line.bom_id.sudo()._message_log(
                body=self.env._(
                    "Output removed: %(output)s", output=line.product_id.display_name
                )
            )
        return super().unlink()

    @api.model
    def _get_costing_fields(self):
        """:return: fields whose change is kept in the history of the recipe"""
        return {
            "output_type",
            "cost_share",
            "equivalence_number",
            "separable_cost",
            "disposal_cost",
        }

    def _log_costing(self, names):
        """Write how an output is costed into the chatter of its recipe."""
        if not names:
            return
        for line in self:
            values = ", ".join(
                f"{line._fields[name]._description_string(self.env)}: "
                f"{line._fields[name].convert_to_export(line[name], line)}"
                for name in sorted(names)
            )
            # sudo: a note in the history, whoever may change the recipe
            line.bom_id.sudo()._message_log(
                body=self.env._(
                    "Costing of %(output)s: %(values)s",
                    output=line.product_id.display_name,
                    values=values,
                )
            )
