from odoo import fields, models
from odoo.exceptions import UserError


class MrpBatchDecision(models.TransientModel):
    """Release or reject, with the reason and, where asked for, signed."""

    _name = "mrp.batch.decision"
    _description = "Decide about a Batch Record"
    _inherit = ["mrp.batch.signer"]

    record_id = fields.Many2one("mrp.batch.record", required=True, readonly=True)
    state = fields.Selection(
        [("released", "Release"), ("rejected", "Reject")],
        required=True,
        default="released",
    )
    reason = fields.Text(required=True)
    needs_signature = fields.Boolean(related="record_id.company_id.mrp_batch_signature")
    blockers = fields.Text(compute="_compute_blockers")

    def _compute_blockers(self):
        for wizard in self:
            blockers = wizard.record_id._get_blockers() if wizard.record_id else []
            wizard.blockers = "\n".join(blockers)

    def action_decide(self):
        self.ensure_one()
        record = self.record_id
        record._check_may_decide()
        signature = None
        # sudo: whether it is signed is the company's rule
        if record.sudo().company_id.mrp_batch_signature:
            proof = self._get_proof()
            states = dict(self._fields["state"]._description_selection(self.env))
            signature = record._prepare_signature(
                self._identify_decider(proof),
                self.state,
                states[self.state],
                proof["method"],
                device_time=self.device_time,
            )
        record._decide(self.state, self.reason, signature)
        return {"type": "ir.actions.act_window_close"}

    def _identify_decider(self, proof):
        """:return: ``Person``: who decides signs, nobody else in that name"""
        person = self.record_id._identify_signer(proof)
        if person.key != self.record_id._get_signer(self.env.user).key:
            raise UserError(
                self.env._(
                    "%(person)s is not who decides about %(record)s: %(user)s is "
                    "logged in and has to sign.",
                    person=person.name,
                    record=self.record_id.name,
                    user=self.env.user.name,
                )
            )
        return person


class MrpBatchRecord(models.Model):
    _inherit = "mrp.batch.record"

    def action_release(self):
        self._check_may_decide()
        return self._get_dialog(
            "mrp.batch.decision", self.env._("Release"), default_state="released"
        )

    def action_reject(self):
        self._check_may_decide()
        return self._get_dialog(
            "mrp.batch.decision", self.env._("Reject"), default_state="rejected"
        )
