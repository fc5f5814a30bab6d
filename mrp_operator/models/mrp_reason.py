from odoo import api, models


class MrpReason(models.Model):
    _inherit = "mrp.reason"

    @api.model
    def _get_usage(self):
        return [*super()._get_usage(), ("mrp.time.correction", "reason_id")]
