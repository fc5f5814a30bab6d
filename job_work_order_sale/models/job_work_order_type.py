from odoo import fields, models


class JobWorkOrderType(models.Model):
    _inherit = "job.work.order.type"

    is_billable = fields.Boolean(
        string="Customer Pays",
        default=True,
        help="Customers pay for jobs of this type. Off, as for rework at our own cost: "
        "such a job has no price and is never invoiced.",
    )
