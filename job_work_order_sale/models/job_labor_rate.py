from odoo import api, fields, models
from odoo.exceptions import UserError


class JobLaborRate(models.Model):
    """What customers pay for an hour."""

    _name = "job.labor.rate"
    _description = "Sales Rate of an Hour"
    _order = "company_id, operator_id, workcenter_id"
    _check_company_auto = True
    _rec_name = "rate"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    operator_id = fields.Many2one(
        "hr.employee",
        domain="[('is_operator', '=', True)]",
        ondelete="cascade",
        check_company=True,
        help="Empty: for everybody without a rate of his own.",
    )
    workcenter_id = fields.Many2one(
        "mrp.workcenter",
        ondelete="cascade",
        check_company=True,
        help="Empty: for every work center without a rate of its own.",
    )
    rate = fields.Monetary(string="Rate per Hour", required=True)

    _one_each = models.UniqueIndex(
        "(company_id, COALESCE(operator_id, 0), COALESCE(workcenter_id, 0))",
        "There is a rate for this operator and work center already.",
    )
    _rate_positive = models.Constraint(
        "CHECK (rate >= 0)", "An hour cannot cost less than nothing."
    )

    @api.model
    def _get_table(self, company):
        """:return: dict from ids of operator and work center to rate"""
        # sudo: prices follow the table, whoever sees it
        rows = self.sudo().search([("company_id", "=", company.id)])
        return {(row.operator_id.id, row.workcenter_id.id): row.rate for row in rows}

    @api.model
    def _pick(self, table, operator, workcenter):
        """The closest rate: operator at the work center, operator, work center, all.

        :param dict table: see ``_get_table``
        :raise UserError: when there is none
        """
        for key in (
            (operator.id, workcenter.id),
            (operator.id, False),
            (False, workcenter.id),
            (False, False),
        ):
            if key in table:
                return table[key]
        raise UserError(
            self.env._(
                "There is no sales rate for an hour of %(operator)s at %(workcenter)s. "
                "Add one under Job Work Orders / Billing / Prices / Sales Rates; one "
                "without operator and work center holds for all.",
                operator=operator.name or self.env._("anybody"),
                workcenter=workcenter.name,
            )
        )
