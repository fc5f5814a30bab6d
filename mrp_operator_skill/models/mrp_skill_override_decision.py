import logging
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mrp_reason_code.tools import as_server

from .mrp_skill_override import APPROVED, CANCELLED, REFUSED, REQUESTED

_logger = logging.getLogger(__name__)
ASK = "mrp_operator_skill.mail_activity_type_override"
REVIEW = "mrp_operator_skill.mail_activity_type_review"


class MrpSkillOverride(models.Model):
    """Approving, refusing, breaking the glass and reviewing."""

    _inherit = "mrp.skill.override"

    def action_approve(self):
        """Let the operator do the work, as a supervisor who is somebody else."""
        return self._decide(APPROVED)

    def action_refuse(self):
        """Keep the operator from the work."""
        return self._decide(REFUSED)

    def _decide(self, state):
        self._check_may_decide()
        self._lock()
        waiting = self.filtered(lambda override: override.state == REQUESTED)
        if state == APPROVED:
            waiting._check_reason()
        waiting._server_write(
            {
                "state": state,
                "supervisor_id": self.env.uid,
                "decision_date": fields.Datetime.now(),
            }
        )
        waiting._end_activities(ASK)
        return True if waiting else self._tell_decided()

    def action_cancel(self):
        """Take a request back."""
        self._lock()
        waiting = self.filtered(lambda override: override.state == REQUESTED)
        for override in waiting:
            if override.requested_by_id != self.env.user and not self._is_supervisor():
                raise UserError(
                    self.env._(
                        "%(override)s was requested by %(user)s: only they or a "
                        "supervisor may cancel it.",
                        override=override.display_name,
                        user=override.requested_by_id.name,
                    )
                )
        waiting._server_write({"state": CANCELLED})
        waiting._end_activities(ASK)
        return True

    def action_break_glass(self):
        """Go ahead without a supervisor: they are alerted and review it."""
        self._lock()
        waiting = self.filtered(lambda override: override.state == REQUESTED)
        waiting._check_break_glass()
        now = fields.Datetime.now()
        for override in waiting:
            # sudo: operators may not read companies' settings
            hours = override.company_id.sudo().mrp_break_glass_hours
            override._server_write(
                {
                    "state": APPROVED,
                    "decision_date": now,
                    "break_glass": True,
                    "break_glass_user_id": self.env.uid,
                    "review_deadline": now + timedelta(hours=hours),
                    "review_state": "pending",
                }
            )
            override._alert()
        waiting._end_activities(ASK)
        return True if waiting else self._tell_decided()

    def action_accept(self):
        """Agree afterwards to what was done without a supervisor."""
        return self._review("accepted")

    def action_reject(self):
        """Disagree: the override ends, the work order shows it."""
        return self._review("rejected")

    def _review(self, outcome):
        self._check_may_decide()
        for override in self:
            if override.break_glass_user_id == self.env.user:
                raise UserError(
                    self.env._(
                        "You broke the glass yourself: another supervisor reviews "
                        "%(override)s.",
                        override=override.display_name,
                    )
                )
        self._lock()
        waiting = self.filtered(lambda override: override.review_state == "pending")
        ending = {"state": REFUSED} if outcome == "rejected" else {}
        waiting._server_write(
            ending
            | {
                "review_state": outcome,
                "reviewed_by_id": self.env.uid,
                "review_date": fields.Datetime.now(),
            }
        )
        waiting._end_activities(REVIEW)
        return True if waiting else self._tell_decided()

    def _lock(self):
        """Decide one after the other.

        Who comes second waits here; the database then has the request done again, and
        it finds what was decided.
        """
        self.check_access("write")
        if self.ids:
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM mrp_skill_override WHERE id IN %s "
                    "ORDER BY id FOR NO KEY UPDATE",
                    tuple(self.ids),
                ),
                log_exceptions=False,
            )
            self.invalidate_recordset(["state", "review_state"])

    def _server_write(self, vals):
        if self:
            # sudo: only the server writes what was decided
            as_server(self.sudo()).write(vals)
            _logger.info("Overrides %s: %s by %s", self.ids, vals, self.env.user.login)

    def _check_may_decide(self):
        if not self._is_supervisor():
            raise UserError(
                self.env._(
                    "Only supervisors decide on overrides. Ask one of them to open "
                    "%(override)s.",
                    override=self[:1].display_name,
                )
            )
        for override in self:
            if override._is_own():
                raise UserError(
                    self.env._(
                        "Nobody overrides a qualification for himself: another "
                        "supervisor decides on %(override)s.",
                        override=override.display_name,
                    )
                )

    def _check_reason(self):
        """Raise unless each has a reason that fits."""
        for override in self:
            if not override.reason_id:
                raise UserError(
                    self.env._(
                        "%(override)s needs a reason: choose one of the category "
                        "Override.",
                        override=override.display_name,
                    )
                )
            # sudo: whoever decides need not see work centers and products
            order = override.sudo().workorder_id
            override.reason_id._check_usable(
                ["override"],
                override.company_id,
                order.workcenter_id,
                order.product_id,
                override.note,
            )

    def _check_break_glass(self):
        self._check_reason()
        for override in self:
            # sudo: operators may not read companies' settings
            company = override.company_id.sudo()
            if not company.mrp_break_glass:
                raise UserError(
                    self.env._(
                        "%(company)s does not allow to go ahead without a supervisor. "
                        "Wait for the decision on %(override)s.",
                        company=company.name,
                        override=override.display_name,
                    )
                )
            if not (override.note or "").strip():
                raise UserError(
                    self.env._(
                        "%(override)s needs a note: say why it can not wait for a "
                        "supervisor.",
                        override=override.display_name,
                    )
                )

    def _get_deciders(self):
        """:return: ``res.users`` who may decide on this"""
        self.ensure_one()
        # sudo: whoever asks need not see employees
        operator = self.sudo().operator_id
        partners = operator.work_contact_id | operator.user_id.partner_id
        return self.company_id._get_supervisors().filtered(
            lambda user: user.partner_id not in partners
        )

    def _ask_supervisors(self):
        for override in self:
            override._schedule(ASK, override.request_date)

    def _alert(self):
        """Tell the supervisors at once, and have it reviewed."""
        self.ensure_one()
        self._schedule(REVIEW, self.review_deadline)
        # sudo: the operator needs no rights on messages to raise an alarm
        self.sudo().message_post(
            body=self.env._(
                "%(user)s went ahead without a supervisor: %(override)s. Reason: "
                "%(reason)s. %(note)s",
                user=self.env.user.name,
                override=self.display_name,
                reason=self.reason_id.display_name,
                note=self.note,
            ),
            partner_ids=self._get_deciders().partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )

    def _schedule(self, activity_type, deadline):
        for user in self._get_deciders():
            # sudo: whoever asks may not plan for others
            self.sudo().activity_schedule(
                activity_type,
                date_deadline=fields.Date.to_date(deadline),
                summary=self.display_name,
                user_id=user.id,
            )

    def _end_activities(self, activity_type):
        # sudo: the others' activities are done, too
        self.sudo().activity_unlink([activity_type])

    def _tell_decided(self):
        """:return: action that says who was faster"""
        override = self[:1]
        user = override.reviewed_by_id or override.supervisor_id
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "%(override)s is decided already, by %(user)s.",
                    override=override.display_name,
                    user=user.name or override.break_glass_user_id.name,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
