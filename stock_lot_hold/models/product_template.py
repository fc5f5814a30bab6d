from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    lot_release_policy = fields.Selection(
        [
            ("company", "As the company says"),
            ("none", "Nothing"),
            ("received", "What is received"),
            ("made", "What is made"),
            ("both", "What is received or made"),
        ],
        string="Release Required for",
        required=True,
        default="company",
        help="New lots of this product start in quarantine and wait there until "
        "somebody releases them.",
    )
