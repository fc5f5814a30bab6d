from odoo import api, models

from odoo.addons.mrp_reason_code.models.mrp_delay import LATE_OPERATION, STOPS

from ..tools import Moment


class MrpDelay(models.Model):
    _inherit = "mrp.delay"

    @api.model_create_multi
    def create(self, vals_list):
        """Stops begin when they were tapped, and what is late ends then."""
        at = Moment.of(self.env)
        if at:
            vals_list = [vals | self._get_tapped_vals(vals, at) for vals in vals_list]
        return super().create(vals_list)

    @api.model
    def _get_tapped_vals(self, vals, at):
        if vals.get("kind") in STOPS:
            return {"date_start": at}
        if vals.get("kind") == LATE_OPERATION:
            return {"date_end": max(at, vals["date_start"])}
        return {}

    def write(self, vals):
        at = Moment.of(self.env)
        if at and vals.get("date_end"):
            vals = vals | {"date_end": max([at, *self.mapped("date_start")])}
        return super().write(vals)
