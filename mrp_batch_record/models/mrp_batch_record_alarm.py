from odoo import api, models

from .mrp_batch_record import GROUP_RELEASE
from .mrp_batch_record_add import DECIDED

ACTIVITY = "mrp_batch_record.mail_activity_type_late_change"


class MrpBatchRecord(models.Model):
    """Who decided is told when something is changed afterwards."""

    _inherit = "mrp.batch.record"

    @api.model
    def _alarm(self, entries):
        """Give whoever decided about a record something to do, once until it is done.

        :param list entries: (record, kind, payload) that were just sealed
        """
        kinds = self._get_alarm_kinds()
        for record, kind, _payload in entries:
            if kind in kinds and record.state in DECIDED:
                # sudo: whoever changes an order need not have rights on its record
                record.sudo()._schedule_alarm(self._get_kind_names()[kind])

    def _schedule_alarm(self, what):
        if self.activity_search([ACTIVITY]):
            return
        person = self.decided_user_id
        if not self.company_id._may_release(person):
            person = self.company_id._get_releaser()
        self.activity_schedule(
            ACTIVITY,
            summary=self.env._(
                "%(record)s was changed after it was decided about: %(what)s",
                record=self.name,
                what=what,
            ),
            note=self.env._(
                "By %(user)s. Look at “Corrections and changes” of the record: what "
                "was there before is kept. Put the lots on hold if it matters.",
                user=self.env.user.name,
            ),
            user_id=person.id or self.env.uid,
        )


class ResCompany(models.Model):
    _inherit = "res.company"

    def _may_release(self, user):
        """:return: whether a user releases batch records of this company"""
        return bool(
            user.active
            and not user.share
            and self in user.company_ids
            and user.has_group(GROUP_RELEASE)
        )

    def _get_releaser(self):
        """:return: somebody who releases batch records of this company, or nobody"""
        return self.env.ref(GROUP_RELEASE).all_user_ids.filtered(self._may_release)[:1]
