from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .mrp_batch_record import GROUP_RELEASE

FINAL = ("released", "rejected", "cancelled")


class MrpBatchRecord(models.Model):
    """Review, release and rejection, and what stands in their way."""

    _inherit = "mrp.batch.record"

    def _check_may_decide(self):
        self.check_access("read")
        if not self.env.user.has_group(GROUP_RELEASE):
            raise AccessError(
                self.env._(
                    "Only people with the role “Lot Release” review, release and "
                    "reject batch records."
                )
            )

    def _check_deviation_allowed(self):
        for record in self:
            if record.state == "released":
                raise UserError(
                    self.env._(
                        "%(record)s is released. Put its lots on hold instead, and "
                        "start a recall if they left the house.",
                        record=record.name,
                    )
                )

    def action_review(self):
        """Begin the review."""
        self._check_may_decide()
        for record in self:
            if record.state != "executed":
                raise UserError(
                    self.env._(
                        "%(record)s is not waiting for a review: it is %(state)s.",
                        record=record.name,
                        state=record._get_state_name(),
                    )
                )
        # sudo: entries are written by the server alone
        records = self.sudo()
        user = self._get_user()
        records._add("review", {record: {"by": user} for record in records})
        records._write_state(state="review")
        return True

    def _get_state_name(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _get_blockers(self):
        """What has to be settled before a record is released.

        :return: list of sentences; rooms above add theirs
        """
        self.ensure_one()
        blockers = []
        pending = self.production_id._get_pending_reasons()
        if pending:
            blockers.append(
                self.env._(
                    "Reasons of stops and delays are pending: %(which)s",
                    which=", ".join(pending.mapped("display_name")),
                )
            )
        signatures = self._get_pending_signatures()
        if signatures:
            blockers.append(
                self.env._(
                    "Signatures are missing: %(which)s",
                    which=", ".join(
                        f"{each['step']} ({each['meaning_name']})"
                        for each in signatures
                    ),
                )
            )
        deviations = self.deviation_ids.filtered(lambda d: d.state == "open")
        if deviations:
            blockers.append(
                self.env._(
                    "Deviations are open: %(which)s",
                    which=", ".join(deviations.mapped("name")),
                )
            )
        # sudo: reviewers need not verify seals themselves
        if self.sudo().seal_state == "broken":
            blockers.append(
                self.env._("The seal is broken: %(what)s", what=self.seal_message)
            )
        return blockers

    def _decide(self, state, reason, signature=None):
        """Release or reject records and, with them, the lots that were made.

        :param str state: ``released`` or ``rejected``
        :param str reason: why, in words
        :param dict signature: content of the signature, when there is one
        """
        self._check_may_decide()
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why: the reason is kept in the record."))
        for record in self:
            record._check_decision(state)
            # sudo: entries are written by the server alone
            record.sudo()._seal_decision(state, reason.strip(), signature)
            record._decide_lots(state, reason.strip())

    def _check_decision(self, state):
        if self.state != "review":
            raise UserError(
                self.env._(
                    "%(record)s is %(state)s. Only records in review are decided.",
                    record=self.name,
                    state=self._get_state_name(),
                )
            )
        blockers = self._get_blockers() if state == "released" else []
        if blockers:
            raise UserError(
                self.env._(
                    "%(record)s can not be released yet:\n%(why)s",
                    record=self.name,
                    why="\n".join(f"- {blocker}" for blocker in blockers),
                )
            )

    def _seal_decision(self, state, reason, signature):
        user = self._get_user()
        if signature:
            self._add("signature", {self: signature})
        self._add(
            "release" if state == "released" else "rejection",
            {
                self: {
                    "by": user,
                    "reason": reason,
                    "lots": sorted(set(self.lot_ids.mapped("name"))),
                    "signed": bool(signature),
                }
            },
        )
        self._write_state(
            state=state,
            date_decided=fields.Datetime.now(),
            decided_user_id=self.env.uid,
        )

    def _decide_lots(self, state, reason):
        """Main, co- and by-products follow their record.

        A lot made by several runs is released with the last of them. One that somebody
        put on hold for another reason stays on hold.
        """
        text = self.env._("%(record)s: %(reason)s", record=self.name, reason=reason)
        lots = self.lot_ids.filtered(lambda lot: self._is_output(lot))
        if state == "rejected":
            lots.decide("rejected", text)
            return
        waiting = lots.filtered(lambda lot: lot.hold_state == "quarantine")
        # sudo: another company's run of a shared lot counts, too
        others = self.sudo().search(
            [
                ("lot_ids", "in", waiting.ids),
                ("id", "not in", self.ids),
                ("state", "not in", ("released", "cancelled")),
            ]
        )
        (waiting - others.lot_ids).decide("released", text)

    def _is_output(self, lot):
        """:return: whether it is no waste"""
        moves = self._get_made_lines().filtered(lambda line: line.lot_id == lot).move_id
        return any(move.output_type != "waste" for move in moves)

    def _get_releasing(self, lots):
        """:return: records that decide about lots in quarantine"""
        # sudo: who decides about a lot need not see the run
        return self.sudo().search(
            [("lot_ids", "in", lots.ids), ("state", "not in", FINAL)]
        )
