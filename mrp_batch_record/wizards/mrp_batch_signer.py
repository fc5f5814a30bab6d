from odoo import api, fields, models
from odoo.exceptions import AccessDenied, UserError

from ..tools import Person, reference, utc_text


class MrpBatchSigner(models.AbstractModel):
    """Who signs proves it each time: with a password, or with badge and PIN."""

    _name = "mrp.batch.signer"
    _description = "Signing"

    method = fields.Selection(
        [("password", "My password"), ("badge", "Badge and PIN")],
        string="Sign With",
        required=True,
        default="password",
    )
    # never stored: buttons hand them over in the context, as Odoo's own dialog does
    password = fields.Char(store=False)
    pin = fields.Char(string="PIN", store=False)
    badge = fields.Char()
    device_time = fields.Char(help="What the clock of the device said.")
    opened_at = fields.Datetime(default=fields.Datetime.now, readonly=True)

    def _identify(self):
        """:return: ``Person`` who proved to be it
        :raise UserError: when somebody did not
        """
        if self.method == "badge":
            operator = self._identify_operator()
            return Person(reference(operator), operator.name, operator.job_title or "")
        self._check_password()
        return self._get_person(self.env.user)

    def _check_password(self):
        user = self.env.user
        password = self.env.context.get("password")
        credential = {"type": "password", "login": user.login, "password": password}
        try:
            # Odoo's own throttle of failed logins counts these, too
            with self.env["res.users"]._assert_can_auth(user=user.id):
                if not isinstance(password, str):
                    raise AccessDenied()
                user._check_credentials(credential, {"interactive": True})
        except AccessDenied as error:
            raise UserError(
                self.env._(
                    "This is not the password of %(user)s: %(error)s. Who has no "
                    "password signs with badge and PIN.",
                    user=user.name,
                    error=error,
                )
            ) from None

    def _identify_operator(self):
        """:return: the operator of badge and PIN; neither is enough alone"""
        pin = self.env.context.get("pin")
        operators = self.env["hr.employee"]
        operator = operators.browse()
        if self.badge and isinstance(pin, str) and pin:
            operator = operators._identify_operator(badge=self.badge, pin=pin)
        if not operator:
            raise UserError(
                self.env._(
                    "Badge and PIN do not belong together. Scan the badge and enter "
                    "its PIN; a supervisor can set a new PIN."
                )
            )
        # sudo: the printed name of who signs
        return operator.sudo()

    @api.model
    def _get_person(self, user):
        """:return: ``Person``: the same one, whether by user or by badge"""
        # sudo: the printed name of who signs
        employee = user.sudo().employee_id
        if employee:
            return Person(reference(employee), employee.name, employee.job_title or "")
        return Person(reference(user), user.sudo().name)

    def _prepare_signature(self, record, person, meaning, meaning_name, step, remark):
        """:return: content of a signature: name, time and meaning"""
        methods = dict(self._fields["method"]._description_selection(self.env))
        entries = record._get_entries()
        last = entries[-1] if entries else {"sequence": 0, "hash": ""}
        return {
            "meaning": meaning,
            "meaning_name": meaning_name,
            "step": step,
            "by": person,
            "method": self.method,
            "method_name": methods[self.method],
            "device_time": (self.device_time or "")[:40] or None,
            "opened": utc_text(self.opened_at),
            "server_time": utc_text(fields.Datetime.now()),
            "signs": {"entry": last["sequence"], "hash": last["hash"]},
            "remark": remark or None,
        }
