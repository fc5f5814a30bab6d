from odoo import api, fields, models
from odoo.exceptions import UserError

MEANINGS = [
    ("performed", "Performed by"),
    ("checked", "Checked by"),
    ("supervised", "Supervised by"),
    ("approved", "Approved by"),
]
# the second person of a step is another one
SECOND = {"checked", "supervised", "approved"}


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
        record = self.record_id
        record.check_access("read")
        if record.state in ("released", "rejected", "cancelled"):
            raise UserError(
                self.env._(
                    "%(record)s is decided about: nothing more is signed in it.",
                    record=record.name,
                )
            )
        if self.workorder_id - record.production_id.workorder_ids:
            raise UserError(
                self.env._(
                    "%(step)s is no step of %(record)s.",
                    step=self.workorder_id.display_name,
                    record=record.name,
                )
            )
        person = self._identify()
        self._check_second_person(person)
        meanings = dict(self._fields["meaning"]._description_selection(self.env))
        # sudo: entries are written by the server alone
        record = record.sudo()
        signature = self._prepare_signature(
            record,
            person,
            self.meaning,
            meanings[self.meaning],
            self.workorder_id.name or None,
            self.remark,
        )
        signature["step_id"] = self.workorder_id.id or None
        record._add("signature", {record: signature})
        return {"type": "ir.actions.act_window_close"}

    def _check_second_person(self, person):
        """Who performed a step does not check it, and the other way round."""
        others = SECOND if self.meaning == "performed" else {"performed"}
        # sudo: who signed before is the server's to compare
        signers = self.record_id.sudo()._get_signers(self.workorder_id.id or None)
        if any(person.key in signers.get(meaning, ()) for meaning in others):
            raise UserError(
                self.env._(
                    "%(person)s signed this step already. The second person has to be "
                    "somebody else.",
                    person=person.name,
                )
            )


class MrpBatchRecord(models.Model):
    _inherit = "mrp.batch.record"

    def _get_signers(self, step_id):
        """:return: dict of the keys of people per meaning, of one step"""
        self.ensure_one()
        names = self.env["mrp.batch.person"].search([("record_key", "=", self.key)])
        keys = {name.commitment: name.key for name in names}
        signers = {}
        for entry in self._get_entries():
            payload = entry["payload"]
            if entry["kind"] == "signature" and payload.get("step_id") == step_id:
                key = keys.get(payload["by"]["person"])
                signers.setdefault(payload["meaning"], set()).add(key)
        return signers

    @api.readonly
    def action_sign(self):
        """Open the dialog that signs."""
        return self._get_dialog("mrp.batch.sign", self.env._("Sign"))

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
