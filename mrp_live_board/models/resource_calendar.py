from odoo import models

LAID_OUT_BY = {"tz", "two_weeks_calendar", "flexible_hours", "attendance_ids"}


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    def write(self, vals):
        res = super().write(vals)
        if LAID_OUT_BY & set(vals):
            self.env["mrp.calendar.axis"]._mark_stale(self)
        return res
