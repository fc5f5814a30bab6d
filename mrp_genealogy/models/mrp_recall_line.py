from odoo import fields, models


class MrpRecallLine(models.Model):
    """A lot that is recalled and where all of it is. Written by ``find_lots``."""

    _name = "mrp.recall.line"
    _description = "Recalled Lot"
    _order = "recall_id, is_origin desc, product_id, lot_id"
    _rec_name = "lot_id"
    _log_access = False

    recall_id = fields.Many2one(
        "mrp.recall", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="recall_id.company_id")
    lot_id = fields.Many2one(
        "stock.lot",
        string="Lot/Serial Number",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, ondelete="restrict"
    )
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    supplier_lot = fields.Char(related="lot_id.supplier_lot")
    hold_state = fields.Selection(related="lot_id.hold_state")
    is_origin = fields.Boolean(
        string="Cause",
        readonly=True,
        help="The recall started from this lot; the others contain it, or share what "
        "it was made of.",
    )
    received_quantity = fields.Float(
        string="Received or Made", readonly=True, digits="Product Unit"
    )
    on_hand_quantity = fields.Float(
        string="On Hand", readonly=True, digits="Product Unit"
    )
    delivered_quantity = fields.Float(
        string="Delivered", readonly=True, digits="Product Unit"
    )
    returned_quantity = fields.Float(
        string="Returned", readonly=True, digits="Product Unit"
    )
    consumed_quantity = fields.Float(
        string="Consumed", readonly=True, digits="Product Unit"
    )
    vendor_quantity = fields.Float(
        string="Back to Vendor", readonly=True, digits="Product Unit"
    )
    scrapped_quantity = fields.Float(
        string="Scrapped", readonly=True, digits="Product Unit"
    )
    unaccounted_quantity = fields.Float(
        string="Unaccounted",
        readonly=True,
        digits="Product Unit",
        help="What was received, made or came back, less what was delivered, consumed, "
        "sent back, scrapped and is on hand. Below zero: more turned up than came in.",
    )
    unaccounted_percent = fields.Float(
        string="Unaccounted %", readonly=True, digits=(16, 2), aggregator="avg"
    )

    _lot_uniq = models.Constraint(
        "unique (recall_id, lot_id)", "A lot is in a recall only once."
    )
    _lot_idx = models.Index("(lot_id)")

    def action_open_genealogy(self):
        return self.lot_id._get_genealogy_action()
