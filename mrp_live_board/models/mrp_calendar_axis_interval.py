from odoo import fields, models


class MrpCalendarAxisInterval(models.Model):
    _name = "mrp.calendar.axis.interval"
    _description = "Working Interval"
    _order = "axis_id, date_start"
    _log_access = False

    axis_id = fields.Many2one(
        "mrp.calendar.axis", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="axis_id.company_id")
    date_start = fields.Datetime(string="From", required=True, readonly=True)
    date_end = fields.Datetime(string="To", required=True, readonly=True)
    seconds_before = fields.Float(
        required=True,
        readonly=True,
        help="Seconds worked since the beginning of the axis when this one begins.",
    )

    _position_index = models.Index("(axis_id, seconds_before)")
