from odoo import api, fields, models


class JobMarkup(models.Model):
    """What is added to a cost element to make a price."""

    _name = "job.markup"
    _description = "Mark-Up"
    _order = "company_id, pricelist_id, element_id"
    _check_company_auto = True
    _rec_name = "element_id"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        ondelete="cascade",
        check_company=True,
        help="Empty: for every pricelist that has no mark-up of its own.",
    )
    element_id = fields.Many2one(
        "mrp.cost.element", string="Cost Element", required=True, ondelete="cascade"
    )
    percent = fields.Float(string="Mark-Up (%)", required=True)

    _one_each = models.UniqueIndex(
        "(company_id, COALESCE(pricelist_id, 0), element_id)",
        "There is a mark-up for this cost element already.",
    )
    _percent_possible = models.Constraint(
        "CHECK (percent >= -100)", "A mark-up below -100 % would be a negative price."
    )

    @api.model
    def _get_factors(self, company, pricelist):
        """:return: dict from ``mrp.cost.element`` to what its cost is multiplied by"""
        # sudo: prices follow the table, whoever sees it
        rows = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("pricelist_id", "in", (False, pricelist.id)),
            ]
        )
        factors = {}
        for row in rows.sorted(lambda row: bool(row.pricelist_id)):
            factors[row.element_id] = 1 + row.percent / 100
        return factors
