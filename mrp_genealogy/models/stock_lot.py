from odoo import api, fields, models

from ..tools import BACKWARD, FORWARD, trace


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
        "stock.lot.distribution", "lot_id", string="Distribution", readonly=True
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
            stock), ``backward`` and ``forward`` (edges), ``cut``
        """
        self.check_access("read")
        found = trace(self.env, self)
        states = dict(self._fields["hold_state"]._description_selection(self.env))
        for lot in found["lots"].values():
            lot["hold_label"] = states[lot["hold_state"]]
        for direction in (BACKWARD, FORWARD):
            for edge in found[direction]:
                edge["date"] = self._to_text(edge["date"])
        for lot in found["lots"].values():
            for fact in lot["receipt"] + lot["delivery"]:
                fact["date"] = self._to_text(fact["date"])
        return {"roots": self.ids, **found}

    def _to_text(self, date):
        return fields.Datetime.to_string(date) if date else False
