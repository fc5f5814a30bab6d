from odoo import api, fields, models

LAID_OUT_BY = {"resource_calendar_id", "company_id", "resource_id"}


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    parallel_operations = fields.Integer(
        string="Operations at Once",
        default=1,
        help="How many operations run side by side, such as on three vats. Expected "
        "completion counts with it.",
    )
    axis_id = fields.Many2one(
        "mrp.calendar.axis", copy=False, readonly=True, index=True, ondelete="set null"
    )

    _parallel_operations_positive = models.Constraint(
        "CHECK(parallel_operations >= 1)",
        "A work center does at least one operation at once. To take it out of service, "
        "block it or give it time off.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        workcenters = super().create(vals_list)
        workcenters._mark_axis_stale()
        return workcenters

    def write(self, vals):
        res = super().write(vals)
        if LAID_OUT_BY & set(vals):
            self._mark_axis_stale()
        if "parallel_operations" in vals:
            self.env["mrp.live.board"]._note_all()
        return res

    def _mark_axis_stale(self):
        self.env["mrp.calendar.axis"]._mark_workcenters_stale([("id", "in", self.ids)])
