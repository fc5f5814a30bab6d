from odoo import models

from ..tools import Moment


class MrpWorkcenterProductivity(models.Model):
    _inherit = "mrp.workcenter.productivity"

    def _close(self):
        """Clocks stop when it was tapped, not when the server heard of it."""
        at = Moment.of(self.env)
        if not at:
            return super()._close()
        operated = self.filtered("operator_id")
        operated._close_clocks(at)
        rest = self - operated
        return super(MrpWorkcenterProductivity, rest)._close() if rest else None
