from odoo import api, models

from odoo.addons.mrp_batch_record.tools import utc_text


class MrpBatchRecord(models.Model):
    """Lots that expire say when, as it was known at the time."""

    _inherit = "mrp.batch.record"

    @api.model
    def _describe_lot(self, lot):
        described = super()._describe_lot(lot)
        if described:
            described["expires"] = utc_text(lot.expiration_date)
        return described

    def _get_lot_text(self, lot):
        text = super()._get_lot_text(lot)
        if lot and lot.get("expires"):
            return self.env._(
                "%(lot)s, expires %(date)s", lot=text, date=lot["expires"][:10]
            )
        return text
