from odoo import api, models


class ResourceCalendarAttendance(models.Model):
    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        self.env["mrp.calendar.axis"]._mark_stale(attendances.calendar_id)
        return attendances

    def write(self, vals):
        calendars = self.calendar_id
        res = super().write(vals)
        self.env["mrp.calendar.axis"]._mark_stale(calendars | self.calendar_id)
        return res

    def unlink(self):
        self.env["mrp.calendar.axis"]._mark_stale(self.calendar_id)
        return super().unlink()
