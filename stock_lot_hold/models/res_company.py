from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    lot_release_policy = fields.Selection(
        [
            ("none", "Nothing"),
            ("received", "What is received"),
            ("made", "What is made"),
            ("both", "What is received or made"),
        ],
        string="Release Required for",
        required=True,
        default="none",
    )
