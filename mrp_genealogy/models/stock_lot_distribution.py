from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import RECORDING


class StockLotDistribution(models.Model):
    """Who got which lot: written when it happens, never changed."""

    _name = "stock.lot.distribution"
    _description = "Lot Distribution"
    _order = "date desc, id desc"
    _rec_name = "lot_name"

    kind = fields.Selection(
        [
            ("delivery", "Delivered"),
            ("return", "Returned"),
            ("correction", "Corrected"),
        ],
        readonly=True,
        required=True,
    )
    lot_id = fields.Many2one(
        "stock.lot",
        string="Lot/Serial Number",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    lot_name = fields.Char(string="Lot Number", readonly=True, required=True)
    product_id = fields.Many2one(
        "product.product", readonly=True, index="btree_not_null", ondelete="set null"
    )
    product_name = fields.Char(readonly=True, required=True)
    quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="Negative for what came back and for what was corrected downwards.",
    )
    uom_name = fields.Char(string="Unit", readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    customer = fields.Char(
        readonly=True, required=True, help="The customer's name at that time."
    )
    document = fields.Char(readonly=True)
    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", readonly=True, ondelete="set null"
    )
    company_id = fields.Many2one(
        "res.company", readonly=True, required=True, index=True
    )
    date = fields.Datetime(readonly=True, required=True, index=True)

    @api.model
    def _record(self, values_list):
        """Write events down for good."""
        if values_list:
            # sudo: nobody writes events; they happen
            RECORDING.put_on(self.sudo()).create(values_list)

    @api.model_create_multi
    def create(self, vals_list):
        if not RECORDING.is_on(self.env):
            raise UserError(
                self.env._(
                    "Distribution is recorded by Odoo when a delivery is posted."
                )
            )
        return super().create(vals_list)

    def write(self, vals):
        if self:
            raise UserError(self._get_refusal())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._get_refusal())

    def _get_refusal(self):
        return self.env._(
            "What was delivered stays as it was recorded. A correction of the "
            "delivery adds to it."
        )
