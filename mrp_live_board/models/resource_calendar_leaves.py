from odoo import api, models

LAID_OUT_BY = {
    "date_from",
    "date_to",
    "time_type",
    "resource_id",
    "calendar_id",
    "company_id",
}


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._mark_axes_stale()
        return leaves

    def write(self, vals):
        # operations that are planned move leaves about all day, which are no time off
        concerned = LAID_OUT_BY & set(vals)
        if concerned:
            self._mark_axes_stale()
        res = super().write(vals)
        if concerned and {"time_type", "resource_id", "calendar_id"} & set(vals):
            self._mark_axes_stale()
        return res

    def unlink(self):
        self._mark_axes_stale()
        return super().unlink()

    def _mark_axes_stale(self):
        """Work centers that are concerned by time off of theirs or of everybody."""
        axes = self.env["mrp.calendar.axis"]
        for leave in self:
            if leave.time_type != "leave":
                continue
            if leave.resource_id:
                if leave.resource_id.resource_type == "material":
                    axes._mark_workcenters_stale(
                        [("resource_id", "=", leave.resource_id.id)]
                    )
            elif leave.calendar_id:
                axes._mark_stale(leave.calendar_id)
            else:
                axes._mark_workcenters_stale(
                    [("company_id", "in", [leave.company_id.id, False])]
                )
