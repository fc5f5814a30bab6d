from odoo import api, models

from ..tools import utc_text


class MrpBaselineChange(models.Model):
    _inherit = "mrp.baseline.change"

    @api.model_create_multi
    def create(self, vals_list):
        changes = super().create(vals_list)
        for change in changes:
            record = change.production_id._get_kept()._get_batch_records()
            if record:
                record._add(
                    "replan",
                    {
                        record: {
                            "old_end": utc_text(change.old_end),
                            "start": utc_text(change.new_start),
                            "end": utc_text(change.new_end),
                            "reason": record._describe_reason(change.reason_id),
                            "note": change.note or None,
                            "by": record._get_user(),
                        }
                    },
                )
        return changes
