from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import RECORDING


class MrpGenealogyCut(models.Model):
    """A tank was empty and clean: what its lot holds later is not what it held before.

    One record per lot that the place had held and of which nothing is left anywhere.
    """

    _name = "mrp.genealogy.cut"
    _description = "Empty and Clean"
    _order = "date desc, id desc"
    _rec_name = "location_id"

    location_id = fields.Many2one(
        "stock.location", required=True, readonly=True, ondelete="restrict"
    )
    lot_id = fields.Many2one(
        "stock.lot", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    date = fields.Datetime(readonly=True, required=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    user_name = fields.Char(string="Name", readonly=True, required=True)

    _lot_date_idx = models.Index("(lot_id, date)")

    @api.model_create_multi
    def create(self, vals_list):
        if not RECORDING.is_on(self.env):
            raise UserError(
                self.env._("Press “Emptied and Cleaned” on the location instead.")
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
        return self.env._("That a tank was cleaned stays as it was recorded.")
