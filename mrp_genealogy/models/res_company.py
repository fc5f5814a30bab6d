from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._create_missing_recall_sequence()
        return companies

    def _create_missing_recall_sequence(self):
        # sudo: who makes a company need not see sequences
        sequences = self.env["ir.sequence"].sudo()
        existing = sequences.search(
            [("code", "=", "mrp.recall"), ("company_id", "in", self.ids)]
        ).company_id
        sequences.create(
            [
                {
                    "name": self.env._("Recalls"),
                    "code": "mrp.recall",
                    "prefix": "RC/%(year)s/",
                    "padding": 4,
                    "company_id": company.id,
                }
                for company in self - existing
            ]
        )
