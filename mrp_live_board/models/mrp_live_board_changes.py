from odoo import api, models
from odoo.exceptions import MissingError

MESSAGE = "mrp_live_board/changed"
GROUP = "mrp_live_board.mrp_live_board_group_viewer"
KEY = "mrp_live_board"
# more runs at once: everybody looks again
MOST = 100


class MrpLiveBoard(models.Model):
    """One message per transaction tells the boards which runs changed.

    It says ids only: channels of groups know no company, so each board reads again with
    the rights of whoever looks.
    """

    _inherit = "mrp.live.board"

    @api.model
    def _note_changed(self, production_ids):
        """These orders changed.

        :param production_ids: ids; new records are passed over
        """
        self._get_noted()["ids"].update(filter(None, production_ids))

    @api.model
    def _note_gone(self, production_ids):
        """These orders are deleted."""
        self._get_noted()["gone"].update(production_ids)

    @api.model
    def _note_all(self):
        """Something changed that concerns more than single runs."""
        self._get_noted()["all"] = True

    def _get_noted(self):
        precommit = self.env.cr.precommit
        if KEY not in precommit.data:
            precommit.data[KEY] = {"ids": set(), "gone": set(), "all": False}
            precommit.add(self._send_changed)
        return precommit.data[KEY]

    def _send_changed(self):
        noted = self.env.cr.precommit.data.pop(KEY)
        gone = noted["gone"]
        # sudo: whoever changed them, boards hear of it
        productions = self.env["mrp.production"].sudo().browse(noted["ids"] - gone)
        try:
            changed = productions._get_on_board()
        except MissingError:
            # some were made within a savepoint that was given up
            changed = productions.exists()._get_on_board()
        ids = sorted(gone.union(changed.ids))
        if not ids and not noted["all"]:
            return
        many = len(ids) > MOST
        group_id = self.env["ir.model.data"]._xmlid_to_res_id(GROUP)
        self.env["res.groups"].browse(group_id)._bus_send(
            MESSAGE, {"ids": [] if many else ids, "all": noted["all"] or many}
        )
