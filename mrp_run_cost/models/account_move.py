from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Order whose cost this entry books.",
    )

    @api.model
    def _post_production_entries(self, entries):
        """Create and post journal entries, one per order.

        :param entries: iterable of ``ProductionEntry``, all of one company
        :return: dict from entry to the posted ``account.move``
        """
        prepared = [(entry, entry.prepare()) for entry in entries]
        prepared = [(entry, vals) for entry, vals in prepared if vals]
        # sudo: whoever moves stock need not be an accountant, as in core
        account_moves = self.sudo().create([vals for _entry, vals in prepared])
        posted = {}
        for (entry, _vals), account_move in zip(prepared, account_moves, strict=True):
            entry.booked_moves.account_move_id = account_move
            posted[entry] = account_move
        account_moves._post()
        return posted
