from odoo import api, fields, models

from ..models.mrp_batch_record_sign import MEANINGS


class MrpBatchSign(models.TransientModel):
    """Sign a step of a run, or the whole run."""

    _name = "mrp.batch.sign"
    _description = "Sign a Batch Record"
    _inherit = ["mrp.batch.signer"]

    record_id = fields.Many2one("mrp.batch.record", required=True, readonly=True)
    production_id = fields.Many2one(related="record_id.production_id")
    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Step",
        domain="[('production_id', '=', production_id)]",
        help="Empty: the run as a whole.",
    )
    meaning = fields.Selection(MEANINGS, required=True, default="performed")
    remark = fields.Char()

    def action_sign(self):
        """Check who it is and seal the signature."""
        self.ensure_one()
        self.record_id._sign(
            self.meaning,
            self._get_proof(),
            workorder=self.workorder_id,
            remark=self.remark,
            device_time=self.device_time,
        )
        return {"type": "ir.actions.act_window_close"}


class MrpBatchRecord(models.Model):
    _inherit = "mrp.batch.record"

    @api.readonly
    def action_sign(self):
        """Open the dialog that signs what is to be signed next."""
        context = {}
        if pending := self._get_pending_signatures():
            context = {
                "default_workorder_id": pending[0]["workorder"].id,
                "default_meaning": pending[0]["meaning"],
            }
        return self._get_dialog("mrp.batch.sign", self.env._("Sign"), **context)

    def _get_dialog(self, model, name, **context):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_record_id": self.id, **context},
        }
