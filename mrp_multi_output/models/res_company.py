from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _create_per_company_locations(self):
        res = super()._create_per_company_locations()
        self._create_waste_location()
        return res

    def _create_waste_location(self):
        """Waste is kept, counted and never valued."""
        return self.env["stock.location"].create(
            [
                {
                    "name": self.env._("Waste"),
                    "usage": "internal",
                    "waste_location": True,
                    "company_id": company.id,
                }
                for company in self
            ]
        )

    @api.model
    def _create_missing_waste_location(self):
        # sudo: every company needs one, archived ones count
        locations = self.env["stock.location"].sudo().with_context(active_test=False)
        located = locations.search([("waste_location", "=", True)]).company_id
        missing = self.sudo().search([("id", "not in", located.ids)])
        missing._create_waste_location()

    def _get_waste_location(self):
        """:return: where the waste of this company's orders goes"""
        self.ensure_one()
        location = self.env["stock.location"].search(
            [("waste_location", "=", True), ("company_id", "=", self.id)], limit=1
        )
        # sudo: whoever plans an order may be the first to need it
        return location or self.sudo()._create_waste_location()
