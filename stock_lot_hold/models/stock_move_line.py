from odoo import api, models
from odoo.exceptions import UserError

from .stock_lot import GROUP_RELEASE

WATCHED = {"lot_id", "quant_id", "quantity", "location_id", "location_dest_id"}
# a refusal that names hundreds of lots helps nobody
NAMED = 20


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_usable()
        lines.filtered(lambda line: line.state == "done")._quarantine_arrivals()
        return lines

    def write(self, vals):
        if not WATCHED & vals.keys():
            return super().write(vals)
        before = {line.id: line._get_use() for line in self}
        result = super().write(vals)
        changed = self.filtered(lambda line: line._uses_more_than(before[line.id]))
        changed._check_usable()
        if "lot_id" in vals:
            changed.filtered(lambda line: line.state == "done")._quarantine_arrivals()
        return result

    def _action_done(self):
        # Odoo drops the others
        lines = self.filtered("quantity")
        lines._get_leaving().lot_id._lock_hold_state()
        lines._check_usable()
        lines._check_quarantine_left()
        result = super()._action_done()
        lines._quarantine_arrivals()
        return result

    def _get_use(self):
        return (self.lot_id, self.quantity, self.location_id, self.location_dest_id)

    def _uses_more_than(self, before):
        lot, quantity, source, destination = self._get_use()
        return quantity > before[1] or (lot, source, destination) != (
            before[0],
            before[2],
            before[3],
        )

    def _get_leaving(self):
        """:return: the lines whose goods are used, or will be where they go"""
        return self.filtered(lambda line: line.location_id._holds_stock()).filtered(
            lambda line: line._is_use()
        )

    def _is_use(self):
        if self.location_dest_id.in_quarantine:
            return False
        company = self.location_id.company_id or self.company_id
        return self.location_dest_id._is_use(company) or (
            bool(self.move_id) and self.move_id._is_use()
        )

    def _check_usable(self):
        """Refuse to reserve or use goods that may not be used; say which and why."""
        # sudo: goods are stopped for people, too, who may not read why
        suspects = self.sudo().filtered(
            lambda line: (
                line.quantity
                and line.location_id._holds_stock()
                and (line.location_id.in_quarantine or line.lot_id._filter_held())
            )
        )
        refused = suspects.filtered(lambda line: line._is_use())
        if not refused:
            return
        sentences = refused.lot_id._filter_held()[:NAMED]._get_hold_sentences()
        sentences += refused._get_quarantine_sentences()
        raise UserError(
            self.env._(
                "These goods may not be used:\n%(goods)s\n\nTake other goods, or ask "
                "somebody with the role “Lot Release” to release them. They can be "
                "moved to a quarantine location, scrapped or returned to the vendor.",
                goods="\n".join(f"- {sentence}" for sentence in sentences),
            )
        )

    def _get_quarantine_sentences(self):
        lines = self.filtered(
            lambda line: (
                line.location_id.in_quarantine and not line.lot_id._filter_held()
            )
        )
        return [
            self.env._(
                "%(lot)s%(product)s: in the quarantine %(location)s",
                lot=f"{line.lot_id.name} " if line.lot_id else "",
                product=line.product_id.display_name,
                location=line.location_id.display_name,
            )
            for line in lines[:NAMED]
        ]

    def _check_quarantine_left(self):
        """Goods leave a quarantine for the store when they were released."""
        leaving = self.filtered(
            lambda line: (
                line.location_id.in_quarantine
                and line.location_dest_id._holds_stock()
                and not line.location_dest_id.in_quarantine
            )
        )
        held = leaving.lot_id._filter_held()
        if held:
            raise UserError(
                self.env._(
                    "These lots stay in quarantine until they are released:\n%(lots)s",
                    lots="\n".join(
                        f"- {s}" for s in held[:NAMED]._get_hold_sentences()
                    ),
                )
            )
        unreleased = leaving.filtered(lambda line: not line.lot_id)
        if unreleased and not self.env.user.has_group(GROUP_RELEASE):
            raise UserError(
                self.env._(
                    "%(products)s can only be taken out of %(locations)s by somebody "
                    "with the role “Lot Release”.",
                    products=", ".join(unreleased.product_id.mapped("display_name")),
                    locations=", ".join(unreleased.location_id.mapped("display_name")),
                )
            )

    def _quarantine_arrivals(self):
        """New lots of products that require a release wait for it."""
        arrived = self.filtered(lambda line: line._is_release_required())
        for reason, lines in arrived.grouped(lambda line: line._get_arrival()).items():
            lots = lines.lot_id.filtered(lambda lot: lot.hold_state == "released")
            if lots:
                # sudo: the log is nobody's to read away; a decided lot stays decided
                decided = lots.sudo().filtered("hold_log_ids")
                (lots - decided)._apply_decision(
                    "quarantine", self._get_arrival_reason(reason)
                )

    def _get_arrival(self):
        """:return: ``received``, ``made`` or None, how the goods came into stock"""
        if not self.location_dest_id._holds_stock():
            return None
        return {"supplier": "received", "production": "made"}.get(
            self.location_id.usage
        )

    def _is_release_required(self):
        arrival = self.lot_id and self._get_arrival()
        return bool(arrival) and self.product_id._is_release_required(
            arrival, self.company_id
        )

    def _get_arrival_reason(self, arrival):
        if arrival == "received":
            return self.env._("Received: waits for its release")
        return self.env._("Made: waits for its release")
