from odoo import fields, models


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
            person = self._identify()
            states = dict(self._fields["state"]._description_selection(self.env))
            signature = self._prepare_signature(
                # sudo: entries are the server's
                record.sudo(),
                person,
                self.state,
                states[self.state],
                None,
                None,
            )
        record._decide(self.state, self.reason, signature)
        return {"type": "ir.actions.act_window_close"}


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
