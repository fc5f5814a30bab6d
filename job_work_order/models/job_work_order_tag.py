from odoo import fields, models


class JobWorkOrderTag(models.Model):
    _name = "job.work.order.tag"
    _description = "Job Tag"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer()
    active = fields.Boolean(default=True)

    _name_unique = models.Constraint("unique (name)", "There is such a tag already.")
