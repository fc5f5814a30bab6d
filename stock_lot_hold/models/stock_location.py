from odoo import api, fields, models
from odoo.exceptions import ValidationError


class StockLocation(models.Model):
    _inherit = "stock.location"

    is_quarantine = fields.Boolean(
        string="Quarantine",
        help="Goods in here and below are not reserved and not used, with or without a "
        "lot. Lots that may not be used can be brought here.",
    )
    in_quarantine = fields.Boolean(
        compute="_compute_in_quarantine",
        store=True,
        recursive=True,
    )

    _in_quarantine_idx = models.Index("(id) WHERE in_quarantine")

    @api.depends("is_quarantine", "location_id.in_quarantine")
    def _compute_in_quarantine(self):
        for location in self:
            location.in_quarantine = (
                location.is_quarantine or location.location_id.in_quarantine
            )

    @api.constrains("is_quarantine", "usage")
    def _check_quarantine_usage(self):
        for location in self:
            if location.is_quarantine and location.usage not in ("internal", "view"):
                raise ValidationError(
                    self.env._(
                        "%(location)s can not be a quarantine: goods there have left "
                        "the company's stock. Choose an internal location.",
                        location=location.display_name,
                    )
                )

    def _holds_stock(self):
        return self.usage in ("internal", "transit")

    def _is_use(self, company):
        """:return: whether goods of a company that arrive here are used"""
        self.ensure_one()
        if self.usage in ("customer", "production"):
            return True
        if self.usage == "transit":
            return self.company_id != company
        return self.usage == "internal" and self.company_id not in (
            company,
            self.company_id.browse(),
        )
