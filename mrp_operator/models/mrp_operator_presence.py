from odoo import fields, models


class MrpOperatorPresence(models.Model):
    """An operator who is, or was, signed in at a work center."""

    _name = "mrp.operator.presence"
    _description = "Operator at a Work Center"
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _rec_name = "operator_id"

    operator_id = fields.Many2one(
        "hr.employee",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    workcenter_id = fields.Many2one(
        "mrp.workcenter",
        string="Work Center",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    date_start = fields.Datetime(string="From", required=True, readonly=True)
    date_end = fields.Datetime(string="To", readonly=True)

    _once_at_a_time = models.UniqueIndex(
        "(operator_id, workcenter_id) WHERE date_end IS NULL",
        "Somebody can not be signed in twice at the same work center.",
    )
