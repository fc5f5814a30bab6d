from odoo import fields, models

REQUIREMENTS = (
    "require_customer",
    "require_customer_ref",
    "require_due_date",
    "require_instructions",
    "require_documents",
)


class JobWorkOrderType(models.Model):
    """What a kind of job has to have before it reaches the floor."""

    _name = "job.work.order.type"
    _description = "Job Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for every company.")
    require_customer = fields.Boolean(string="Customer")
    require_customer_ref = fields.Boolean(string="Customer's Order Number")
    require_due_date = fields.Boolean(string="Due Date")
    require_instructions = fields.Boolean(string="Instructions")
    require_documents = fields.Boolean(string="Documents")
    bom_required = fields.Boolean(
        string="Bill of Materials",
        default=True,
        help="Every line has to have a bill of materials.",
    )
    approval_required = fields.Boolean(
        help="Jobs of this type are approved by a rule or, where no rule applies, by "
        "an administrator of jobs. Only where the company has jobs approved.",
    )
    cost_treatment = fields.Selection(
        [
            ("stock", "Borne by the Products"),
            ("expense", "Expensed"),
        ],
        required=True,
        default="stock",
        help="Borne by the products: they are stocked at what the runs cost. Expensed: "
        "the whole cost of the runs goes to the account of abnormal loss, the products "
        "are stocked without value, as for prototypes and rework.",
    )
    replenishment = fields.Selection(
        [
            ("company", "As the Company Does"),
            ("manual", "Proposed"),
            ("automatic", "Automatic"),
        ],
        required=True,
        default="company",
        help="Proposed: what is short is asked for with the button Replenish. "
        "Automatic: when a job is approved, its runs are planned and what is short is "
        "asked for.",
    )
    make_subassemblies = fields.Boolean(
        string="Make Sub-Assemblies",
        help="Components that have a bill of materials are made for the job, instead "
        "of being taken from stock. Proposed on the lines.",
    )

    def _replenishes(self, company):
        """:return: whether what is short is asked for by itself"""
        self.ensure_one()
        if self.replenishment == "company":
            return company.job_auto_replenish
        return self.replenishment == "automatic"
