from odoo import api, models

from odoo.addons.mrp_reason_code.models.mrp_delay import STOPS

from ..tools import Moment


class MrpDelay(models.Model):
    _inherit = "mrp.delay"

    @api.model_create_multi
    def create(self, vals_list):
        """Stops begin when they were tapped."""
        at = Moment.of(self.env)
        if at:
            vals_list = [
                vals | {"date_start": at} if vals.get("kind") in STOPS else vals
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        at = Moment.of(self.env)
        if at and vals.get("date_end"):
            vals = vals | {"date_end": max([at, *self.mapped("date_start")])}
        return super().write(vals)
