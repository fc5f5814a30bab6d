from odoo import models


class StockLot(models.Model):
    """The dossier of a lot: all that happened to it, in one paper."""

    _inherit = "stock.lot"

    def action_open_dossier(self):
        """Show the dossier; it prints as it looks."""
        report = self.env.ref("mrp_batch_record.stock_lot_dossier_action")
        return report.report_action(self)

    def _prepare_dossier(self):
        """:return: values of the template, about one lot"""
        self.ensure_one()
        records = self.batch_record_ids.filtered(lambda r: r.state != "cancelled")
        tree = self.get_genealogy()
        return {
            "records": records.sorted("id"),
            "entries": {
                record: [
                    entry
                    for entry in record._prepare_paper()["entries"]
                    if entry["kind"]
                    in (
                        "outputs",
                        "yield",
                        "result",
                        "signature",
                        "release",
                        "rejection",
                    )
                ]
                for record in records
            },
            "deviations": records.deviation_ids.sorted("id"),
            "decisions": self.hold_log_ids.sorted("id"),
            "made_of": self._get_related_lots(tree, "backward", "parent"),
            "went_into": self._get_related_lots(tree, "forward", "child"),
            "distribution": self.distribution_ids.sorted("date"),
        }

    def _get_related_lots(self, tree, direction, side):
        """:return: (lots, with their records) this lot was made of or went into"""
        ids = {edge[f"{side}_lot_id"] for edge in tree[direction]} - {False, None}
        lots = self.browse(sorted(ids - {self.id})).exists()
        return [(lot, lot.batch_record_ids) for lot in lots]
