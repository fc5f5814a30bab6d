from odoo import api, fields, models, tools


class MrpCostElement(models.Model):
    _name = "mrp.cost.element"
    _description = "Cost Element"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        readonly=True,
        help="Technical name by which add-ons refer to the element.",
    )
    sequence = fields.Integer(default=10)
    basis = fields.Selection(
        [
            ("value", "Value of the issues"),
            ("hour", "Hours"),
            ("percent", "Hours, percentage or units"),
            ("unit", "Units produced"),
        ],
        required=True,
        readonly=True,
        help="What the cost of this element is computed from.",
    )
    frozen_at = fields.Selection(
        [
            ("issue", "When material is issued"),
            ("operation", "When the operation finishes"),
            ("completion", "When the order is completed"),
        ],
        string="Rate Frozen",
        required=True,
        readonly=True,
        help="From this moment on a change of price or rate does not change the run.",
    )
    credit_account_id = fields.Many2one(
        "account.account",
        string="Absorption Account",
        company_dependent=True,
        ondelete="restrict",
        check_company=True,
        help="Credited for cost absorbed by a run, when the work center or overhead "
        "rate has no account of its own. Empty: expense account of the product.",
    )
    variance_account_id = fields.Many2one(
        "account.account",
        company_dependent=True,
        ondelete="restrict",
        check_company=True,
        help="Takes the difference between what a run cost and what its outputs are "
        "stocked at. Empty: expense account of the product.",
    )

    _code_unique = models.Constraint(
        "unique (code)",
        "Each cost element needs a code of its own.",
    )

    @api.model
    @tools.ormcache()
    def _get_order_by_code(self):
        """:return: dict from code to ``(id, sequence)`` of every element"""
        # sudo: the cache serves everyone
        return {
            element.code: (element.id, element.sequence)
            for element in self.sudo().search([])
        }

    @api.model
    def _get(self, code):
        """:return: the element of that code
        :raise KeyError: when no element has that code
        """
        return self.browse(self._get_order_by_code()[code][0])

    @api.model_create_multi
    def create(self, vals_list):
        elements = super().create(vals_list)
        self.env.registry.clear_cache()
        return elements

    def write(self, vals):
        if "sequence" in vals or "code" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
