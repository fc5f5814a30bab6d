from odoo import api, models

SHOWN = {"date_start", "date_end", "workorder_id", "operator_id", "loss_id", "active"}


class MrpWorkcenterProductivity(models.Model):
    """Time logs: somebody works on a run, or a work center stands still."""

    _inherit = "mrp.workcenter.productivity"

    _open_workorder_index = models.Index("(workorder_id) WHERE date_end IS NULL")

    @api.model_create_multi
    def create(self, vals_list):
        logs = super().create(vals_list)
        logs._note_board()
        return logs

    def write(self, vals):
        res = super().write(vals)
        if SHOWN & set(vals):
            self._note_board()
        return res

    def unlink(self):
        self._note_board()
        return super().unlink()

    def _note_board(self):
        board = self.env["mrp.live.board"]
        self.workorder_id._note_board()
        if any(not log.workorder_id for log in self):
            # all that waits for the work center
            board._note_all()
