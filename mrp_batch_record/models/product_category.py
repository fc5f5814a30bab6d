from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductCategory(models.Model):
    _inherit = "product.category"

    batch_retention_months = fields.Integer(
        string="Keep Batch Records (Months)",
        help="How long the names of people in batch records of these products are "
        "kept at least. 0: as the category above says.",
    )

    @api.constrains("batch_retention_months")
    def _check_batch_retention(self):
        for category in self:
            if category.batch_retention_months < 0:
                raise ValidationError(
                    self.env._(
                        "%(category)s: records can not be kept for less than no time.",
                        category=category.display_name,
                    )
                )

    def _get_batch_retention(self):
        """:return: months, of this category or the nearest one above; 0 without"""
        category = self
        while category and not category.batch_retention_months:
            category = category.parent_id
        return category.batch_retention_months
