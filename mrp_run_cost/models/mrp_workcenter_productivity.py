from odoo import models


class MrpWorkcenterProductivity(models.Model):
    _inherit = "mrp.workcenter.productivity"

    def _get_labour_seconds(self):
        """:return: seconds that somebody worked, of a log that is closed"""
        self.ensure_one()
        return (self.date_end - self.date_start).total_seconds()
