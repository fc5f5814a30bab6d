from odoo import models

from ..tools import TriggerTrees


class JobWorkOrder(models.Model):
    """Jobs depend on every move of their runs; that shall cost the runs nothing."""

    _inherit = "job.work.order"

    def _register_hook(self):
        super()._register_hook()
        TriggerTrees(self.pool).install()

    def _unregister_hook(self):
        TriggerTrees.uninstall(self.pool)
        return super()._unregister_hook()
