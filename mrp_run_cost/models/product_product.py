from odoo import models
from odoo.fields import Domain

from ..tools import replay_deltas


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _replay_issue_deltas(self, changes):
        """What the issues of this product cost more or less after a correction.

        :param dict changes: change of value per receipt (``stock.move``), in the
            currency of the current company
        :return: dict from issue (``stock.move``) to the change of its cost
        """
        self.ensure_one()
        deltas = replay_deltas(
            self._get_valuation_events(),
            {move.id: delta for move, delta in changes.items()},
            fifo=self.cost_method == "fifo",
        )
        return {
            self.env["stock.move"].browse(move_id): delta
            for move_id, delta in deltas.items()
        }

    def _get_valuation_events(self):
        """History of the product in the current company, oldest first.

        :return: list of events, see ``replay_deltas``
        """
        self.ensure_one()
        # sudo: whoever posts a bill need not read stock moves
        moves = (
            self.env["stock.move"]
            .sudo()
            .search_fetch(
                Domain("product_id", "=", self.id)
                & Domain("company_id", "=", self.env.company.id)
                & (Domain("is_in", "=", True) | Domain("is_out", "=", True)),
                ["date", "is_in", "move_line_ids"],
                order="date, id",
            )
        )
        events = []
        for move in moves:
            lines = (
                move._get_in_move_lines() if move.is_in else move._get_out_move_lines()
            )
            kind = "in" if move.is_in else "out"
            for line in lines:
                stream = line.lot_id.id if self.lot_valuated else False
                events.append(
                    (move.date, kind, move.id, stream, line.quantity_product_uom)
                )
        # sudo: whoever posts a bill need not manage stock, as in core
        prices = (
            self.env["product.value"]
            .sudo()
            .search(
                [
                    ("product_id", "=", self.id),
                    ("company_id", "=", self.env.company.id),
                    ("move_id", "=", False),
                    ("lot_id", "=", False),
                ]
            )
        )
        events += [(price.date, "price", False, False, 0.0) for price in prices]
        # a price of the same second precedes the moves, as in core's replay
        events.sort(key=lambda event: (event[0], event[1] != "price"))
        return [event[1:] for event in events]
