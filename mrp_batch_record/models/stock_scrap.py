from odoo import models


class StockScrap(models.Model):
    """Scrap is told when it happens, and when it is brought back."""

    _inherit = "stock.scrap"

    def do_scrap(self):
        res = super().do_scrap()
        self.filtered(lambda scrap: scrap.state == "done")._tell_record("scrap")
        return res

    def action_unscrap(self):
        res = super().action_unscrap()
        self._tell_record("scrap_returned")
        return res

    def _tell_record(self, kind):
        for scrap in self:
            record = scrap._get_order()._get_kept()._get_batch_records()
            if record:
                record._add(
                    kind,
                    {
                        record: {
                            **record._prepare_scrap(scrap),
                            "told_by": record._get_user(),
                        }
                    },
                )
