from odoo import models

from .mrp_workorder import SLOT


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    def write(self, vals):
        """Odoo moves both ends of an operation's slot when one of them changes.

        What depends on its start is found again then, for nothing.
        """
        if self.env.context.get(SLOT) and vals.keys() == {"date_from", "date_to"}:
            kept = {
                name: value
                for name, value in vals.items()
                if any(leave[name] != value for leave in self)
            }
            return super().write(kept) if kept else True
        return super().write(vals)
