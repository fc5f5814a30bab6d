from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import DECIDING


class StockLotHoldLog(models.Model):
    """What was decided about lots: written once, never changed."""

    _name = "stock.lot.hold.log"
    _description = "Lot Decision"
    _order = "id desc"
    _rec_name = "lot_name"

    lot_id = fields.Many2one(
        "stock.lot",
        string="Lot/Serial Number",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    lot_name = fields.Char(string="Number at the Time", readonly=True, required=True)
    product_id = fields.Many2one(
        "product.product", readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    date = fields.Datetime(readonly=True, required=True)
    user_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    user_name = fields.Char(
        string="Name",
        readonly=True,
        required=True,
        help="Name of the person at that time; it stays when the user is deleted.",
    )
    state_from = fields.Selection(
        selection="_selection_state", string="From", readonly=True, required=True
    )
    state_to = fields.Selection(
        selection="_selection_state", string="To", readonly=True, required=True
    )
    reason = fields.Text(readonly=True, required=True)

    @api.model
    def _selection_state(self):
        return (
            self.env["stock.lot"]._fields["hold_state"]._description_selection(self.env)
        )

    @api.model_create_multi
    def create(self, vals_list):
        if not DECIDING.is_on(self.env):
            raise UserError(
                self.env._(
                    "Decisions about lots are recorded by Odoo. Use the buttons of the "
                    "lot to take one."
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
            "What was decided about a lot stays as it was recorded. Take a new "
            "decision instead."
        )
