from odoo import api, fields, models

from ..tools import POSTING

WATCHED = {"lot_id", "quant_id", "quantity", "product_uom_id", "location_dest_id"}


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    supplier_lot = fields.Char(
        string="Supplier's Lot", help="What the supplier calls the lot."
    )

    # every question about a lot starts here; Odoo has no index for it
    _lot_idx = models.Index("(lot_id) WHERE lot_id IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        done = lines.filtered(lambda line: line.state == "done")
        done._record_distribution()
        done._correct_edges()
        return lines

    def write(self, vals):
        if not WATCHED & vals.keys():
            return super().write(vals)
        done = self.filtered(lambda line: line.state == "done")
        before = done._get_distributed()
        result = super().write(vals)
        done._record_correction(before)
        done._correct_edges()
        return result

    def _action_done(self):
        # Odoo drops the others
        lines = self.filtered("quantity")
        result = super()._action_done()
        lines._record_distribution()
        lines._keep_supplier_lot()
        return result

    def _correct_edges(self):
        if self and not POSTING.is_on(self.env):
            self.move_id._write_edges_of_runs()

    def _prepare_new_lot_vals(self):
        values = super()._prepare_new_lot_vals()
        if self.supplier_lot:
            values["supplier_lot"] = self.supplier_lot
        return values

    def _keep_supplier_lot(self):
        """A lot that was chosen, not made, by the receipt learns its name too."""
        for line in self.filtered("supplier_lot"):
            if line.lot_id and not line.lot_id.supplier_lot:
                line.lot_id.supplier_lot = line.supplier_lot

    def _get_distribution_sign(self):
        """:return: 1 for what goes to a customer, -1 for what comes back, else 0"""
        return (self.location_dest_id.usage == "customer") - (
            self.location_id.usage == "customer"
        )

    def _get_distributed(self):
        """:return: dict of (lot, signed quantity) per id of a line"""
        return {
            line.id: (
                line.lot_id,
                line._get_distribution_sign() * line.quantity_product_uom,
            )
            for line in self
            if line.lot_id and line._get_distribution_sign()
        }

    def _record_distribution(self):
        """Keep who got which lot, whatever happens to the delivery later."""
        values = [
            line._prepare_distribution(lot, quantity)
            for line in self
            for lot, quantity in line._get_distributed().values()
            if quantity
        ]
        self.env["stock.lot.distribution"]._record(values)

    def _record_correction(self, before):
        """Keep what a change of a posted delivery adds to what was recorded."""
        values = []
        for line in self:
            changes = {}
            old, new = before.get(line.id), line._get_distributed().get(line.id)
            for sign, part in ((-1, old), (1, new)):
                if part:
                    changes[part[0]] = changes.get(part[0], 0) + sign * part[1]
            for lot, quantity in changes.items():
                if not line.product_id.uom_id.is_zero(quantity):
                    values.append(
                        line._prepare_distribution(lot, quantity, "correction")
                    )
        self.env["stock.lot.distribution"]._record(values)

    def _prepare_distribution(self, lot, quantity, kind=None):
        partner = self.picking_id.partner_id or self.move_id.partner_id
        place = self.location_dest_id if quantity > 0 else self.location_id
        return {
            "kind": kind or ("delivery" if quantity > 0 else "return"),
            "lot_id": lot.id,
            "lot_name": lot.name,
            "product_id": lot.product_id.id,
            "product_name": lot.product_id.display_name,
            "quantity": quantity,
            "uom_name": lot.product_id.uom_id.name,
            "partner_id": partner.id,
            "customer": partner.display_name or place.display_name,
            "document": self.picking_id.name or self.move_id.reference or "",
            "picking_id": self.picking_id.id,
            "company_id": self.company_id.id,
            "date": self.date if self.state == "done" else fields.Datetime.now(),
        }
