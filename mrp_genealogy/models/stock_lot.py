from odoo import api, fields, models

from ..tools import trace


class StockLot(models.Model):
    _inherit = "stock.lot"

    supplier_lot = fields.Char(
        string="Supplier's Lot",
        index="btree_not_null",
        copy=False,
        tracking=True,
        help="What the supplier calls this lot.",
    )
    distribution_ids = fields.One2many(
        "stock.lot.distribution", "lot_id", readonly=True
    )

    def action_open_genealogy(self):
        return self._get_genealogy_action()

    def _get_genealogy_action(self):
        return {
            "type": "ir.actions.client",
            "tag": "mrp_genealogy",
            "name": self.env._("Genealogy"),
            "context": {"active_model": "stock.lot", "active_ids": self.ids},
            "params": {"lot_ids": self.ids},
        }

    @api.readonly
    def get_genealogy(self):
        """Return everything these lots came from and went into, for the screen.

        :return: dict: ``roots`` (ids), ``lots`` (by id, with receipts, deliveries and
            stock), ``products`` (by id, what has no lot), ``backward`` and ``forward``
            (edges), ``states`` (names of ``hold_state``), ``cut``
        """
        self.check_access("read")
        states = dict(self._fields["hold_state"]._description_selection(self.env))
        return {"roots": self.ids, "states": states, **trace(self.env, self)}
