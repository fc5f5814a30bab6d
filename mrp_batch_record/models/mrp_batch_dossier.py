from odoo import models
from odoo.tools import format_datetime

# what of its runs the dossier of a lot repeats; the rest is in their records
SHOWN = (
    "outputs",
    "yield",
    "result",
    "deviation",
    "deviation_closed",
    "correction",
    "change",
    "signature",
    "release",
    "rejection",
)


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
                    if entry["kind"] in SHOWN
                ]
                for record in records
            },
            "sections": [
                (title, block)
                for title, block in (
                    (
                        self.env._("Made of"),
                        self._draw_related_lots(tree, "backward", "parent"),
                    ),
                    (
                        self.env._("Went into: further runs and packing"),
                        self._draw_related_lots(tree, "forward", "child"),
                    ),
                    (
                        self.env._("Deviations"),
                        self._draw_deviations(records.deviation_ids.sorted("id")),
                    ),
                    (
                        self.env._("Decisions"),
                        self._draw_decisions(self.hold_log_ids.sorted("id")),
                    ),
                    (
                        self.env._("Distribution"),
                        self._draw_distribution(self.distribution_ids.sorted("date")),
                    ),
                )
            ],
        }

    def _get_label(self, record, name):
        """:return: what people read of a selection"""
        field = record._fields[name]
        return dict(field._description_selection(self.env)).get(record[name]) or "–"

    def _get_moment(self, value):
        return format_datetime(self.env, value) if value else "–"

    def _draw_related_lots(self, tree, direction, side):
        """:return: block of the lots, with their records, this lot was made of or went
        into
        """
        ids = {edge[f"{side}_lot_id"] for edge in tree[direction]} - {False, None}
        return {
            "head": [
                self.env._("Product"),
                self.env._("Lot"),
                self.env._("Usability"),
                self.env._("Batch records"),
            ],
            "rows": [
                [
                    lot.product_id.display_name,
                    lot.name,
                    self._get_label(lot, "hold_state"),
                    ", ".join(
                        f"{record.name} ({record.run_name})"
                        for record in lot.batch_record_ids
                    )
                    or "–",
                ]
                for lot in self.browse(sorted(ids - {self.id})).exists()
            ],
        }

    def _draw_deviations(self, deviations):
        return {
            "head": [
                self.env._("Deviation"),
                self.env._("What"),
                self.env._("Disposition"),
                self.env._("State"),
            ],
            "rows": [
                [
                    deviation.name,
                    deviation.description,
                    self._get_label(deviation, "disposition"),
                    self._get_label(deviation, "state"),
                ]
                for deviation in deviations
            ],
        }

    def _draw_decisions(self, decisions):
        return {
            "head": [
                self.env._("When"),
                self.env._("By"),
                self.env._("Usability"),
                self.env._("Reason"),
            ],
            "rows": [
                [
                    self._get_moment(decision.date),
                    decision.user_name,
                    f"{self._get_label(decision, 'state_from')} → "
                    f"{self._get_label(decision, 'state_to')}",
                    decision.reason,
                ]
                for decision in decisions
            ],
        }

    def _draw_distribution(self, events):
        return {
            "head": [
                self.env._("When"),
                self.env._("What"),
                self.env._("Customer"),
                self.env._("Quantity"),
                self.env._("Document"),
            ],
            "rows": [
                [
                    self._get_moment(event.date),
                    self._get_label(event, "kind"),
                    event.customer,
                    f"{event.quantity:g} {event.uom_name or ''}".strip(),
                    event.document or "–",
                ]
                for event in events
            ],
        }
