from odoo import api, fields, models
from odoo.exceptions import ValidationError


class JobWorkOrderLine(models.Model):
    """Configured items: values that make no variant of their own decide about
    components and operations.
    """

    _inherit = "job.work.order.line"

    has_configuration = fields.Boolean(compute="_compute_has_configuration")
    configuration_ids = fields.Many2many(
        "product.template.attribute.value",
        domain="[('product_tmpl_id.product_variant_ids', '=', product_id), "
        "('attribute_id.create_variant', '=', 'no_variant')]",
        help="What was chosen for this product without being a variant of its own. "
        "Lines of the bill of materials apply on it.",
    )

    @api.depends("product_id")
    def _compute_has_configuration(self):
        for line in self:
            attributes = line.product_id.valid_product_template_attribute_line_ids
            line.has_configuration = "no_variant" in attributes.attribute_id.mapped(
                "create_variant"
            )

    @api.constrains("product_id", "configuration_ids")
    def _check_configuration(self):
        for line in self:
            wrong = line.configuration_ids.filtered(
                lambda value, line=line: (
                    value.product_tmpl_id != line.product_id.product_tmpl_id
                    or value.attribute_id.create_variant != "no_variant"
                )
            )
            if wrong:
                raise ValidationError(
                    self.env._(
                        "%(values)s cannot be chosen for %(product)s. Remove it from "
                        "the configuration of the line.",
                        values=", ".join(wrong.mapped("display_name")),
                        product=line.product_id.display_name,
                    )
                )
