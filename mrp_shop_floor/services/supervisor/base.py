from odoo.exceptions import AccessError, UserError

from ..base import SUPERVISOR, Service, SignedOut


class SupervisorBase(Service):
    """Who supervises, and for which company."""

    def _enter(self):
        """Check that it is a supervisor who asks, and work in his company.

        The session decides: somebody who signed in with badge or PIN on a supervisor's
        device is no supervisor.

        :return: ``res.company``
        """
        user = self.env.user
        if not user.has_group(SUPERVISOR):
            raise AccessError(
                self.env._("This is for supervisors. Ask an administrator.")
            )
        sign_in = self.env["mrp.shop.floor.sign.in"]._find(self.token, self.device)
        operator = sign_in.operator_id
        if operator and operator.user_id != user:
            raise AccessError(
                self.env._(
                    "%(operator)s is signed in here. Supervisors act on their own "
                    "login.",
                    operator=operator.name,
                )
            )
        if operator and not sign_in._is_valid():
            raise SignedOut(
                self.env._("You are signed out. Sign in again; nothing is lost.")
            )
        if operator:
            self._as_operator(operator)
        else:
            self.env = self.env(
                context={
                    **self.env.context,
                    "lang": user.lang,
                    "allowed_company_ids": self.env.company.ids,
                }
            )
        return self.env.company

    def _find_workorder(self, workorder_id):
        """:return: an operation that is to be done, as superuser"""
        key = workorder_id if self._is_id(workorder_id) else 0
        workorder = self._get_workorders_of(
            self.env.company, [("id", "=", key)], limit=1
        )
        if not workorder:
            raise UserError(
                self.env._("This operation is not to be done any more, or not here.")
            )
        return workorder

    def _find_reason(self, reason_id):
        key = reason_id if self._is_id(reason_id) else 0
        reason = self.env["mrp.reason"].browse(key).exists()
        if not reason:
            raise UserError(self.env._("Choose a reason."))
        return reason

    @staticmethod
    def _is_id(value):
        return isinstance(value, int) and not isinstance(value, bool)

    @staticmethod
    def _clean(text):
        return text.strip()[:500] if isinstance(text, str) else ""

    def _done(self, text=None):
        """:return: the envelope with everything as it is now"""
        message = {"kind": "success", "text": text} if text else None
        return self._answer(data=self._tell(), message=message)
