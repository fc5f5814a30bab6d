from odoo import api, fields, models, tools

PERCENT = "percent"


class MrpWorkcenterOverhead(models.Model):
    _name = "mrp.workcenter.overhead"
    _description = "Overhead Rate"
    _order = "workcenter_id, sequence, id"
    _check_company_auto = True

    workcenter_id = fields.Many2one(
        "mrp.workcenter",
        string="Work Center",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="workcenter_id.company_id", store=True)
    currency_id = fields.Many2one(related="workcenter_id.currency_id")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    basis = fields.Selection(
        [
            ("machine_hour", "Per machine hour"),
            ("labour_hour", "Per labour hour"),
            (PERCENT, "% of the operation's hourly cost"),
            ("unit", "Per unit produced"),
        ],
        required=True,
        default="machine_hour",
        help="Machine hours count the time the work center runs; labour hours add up "
        "the time of everyone who works on it.",
    )
    rate = fields.Float(
        required=True,
        digits="Production Rate",
        help="Amount per hour or unit in the company's currency, or the percentage.",
    )
    account_id = fields.Many2one(
        "account.account",
        string="Absorption Account",
        check_company=True,
        help="Credited when a run absorbs this overhead. "
        "Empty: the absorption account of the Overhead cost element.",
    )

    _rate_positive = models.Constraint(
        "CHECK (rate >= 0)",
        "An overhead rate can not be negative.",
    )

    @api.model
    @tools.ormcache()
    def _get_workcenter_ids(self):
        """:return: ids of the work centers that have overheads: most have none"""
        # sudo: the cache serves everyone
        groups = self.sudo()._read_group([], ["workcenter_id"])
        return frozenset(workcenter.id for (workcenter,) in groups)

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if {"active", "workcenter_id"} & vals.keys():
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _get_frozen_rate(self):
        """:return: JSON-ready copy of the rate, as kept by a finished operation"""
        self.ensure_one()
        return {
            "overhead_id": self.id,
            "name": self.name,
            "basis": self.basis,
            "rate": self.rate,
            "account_id": self.account_id.id,
        }
