from odoo import api, fields, models
from odoo.exceptions import AccessDenied, UserError

from ..tools import Person, reference, utc_text

MEANINGS = [
    ("performed", "Performed by"),
    ("checked", "Checked by"),
    ("supervised", "Supervised by"),
    ("approved", "Approved by"),
]
# the second person of a step is another one
SECOND = {"checked", "supervised", "approved"}
DECIDED = ("released", "rejected", "cancelled")


class MrpBatchRecord(models.Model):
    """Signatures: who proves each time to be somebody, and says what it means.

    Dialogs, phones and other devices all come through ``_sign``.
    """

    _inherit = "mrp.batch.record"

    def _sign(self, meaning, proof, workorder=None, remark=None, device_time=None):
        """Check who it is and seal a signature under this record.

        :param str meaning: one of ``MEANINGS``: of who performed a step, or of the
            second person
        :param dict proof: see ``_identify_signer``; it is neither kept nor logged
        :param workorder: the step; none: the run as a whole
        :param str remark: what the signer has to say
        :param str device_time: what the clock of the device said when it was tapped
        :return: dict of ``entry`` (its number), ``person`` (the printed name),
            ``meaning``, ``meaning_name`` and ``at`` (time of the server)
        :raise UserError: when it is not proved, not the right person, or too late
        """
        self.ensure_one()
        self.check_access("read")
        workorder = workorder or self.env["mrp.workorder"]
        self._check_signing(meaning, workorder)
        person = self._identify_signer(proof)
        self._check_signer(person, meaning, workorder)
        signature = self._prepare_signature(
            person,
            meaning,
            self._get_meanings()[meaning],
            proof["method"],
            step=workorder.sudo().name or None,  # sudo: the name of the step
            remark=remark,
            device_time=device_time,
        )
        signature["step_id"] = workorder.id or None
        record = self.sudo()  # sudo: entries are written by the server alone
        record._add("signature", {record: signature})
        return {
            "entry": record.entry_count,
            "person": person.get_text(),
            "meaning": meaning,
            "meaning_name": signature["meaning_name"],
            "at": signature["server_time"],
        }

    @api.model
    def _get_meanings(self):
        """:return: dict of what signatures mean"""
        field = self.env["mrp.batch.sign"]._fields["meaning"]
        return dict(field._description_selection(self.env))

    def _check_signing(self, meaning, workorder):
        if self.state in DECIDED:
            raise UserError(
                self.env._(
                    "%(record)s is decided about: nothing more is signed in it.",
                    record=self.name,
                )
            )
        # sudo: whether it is a step of the run
        if workorder.sudo() - self.sudo().production_id.workorder_ids:
            raise UserError(
                self.env._(
                    "%(step)s is no step of %(record)s.",
                    step=workorder.display_name,
                    record=self.name,
                )
            )
        if meaning not in dict(MEANINGS):
            raise UserError(
                self.env._(
                    "Say what the signature on %(record)s means: performed, checked, "
                    "supervised or approved.",
                    record=self.name,
                )
            )

    # Who it is

    @api.model
    def _identify_signer(self, proof):
        """Have somebody prove who it is.

        :param dict proof: either ``method`` "badge", ``badge`` and ``pin``: two parts,
            neither of which is enough alone; or ``method`` "password", ``password``
            and, for somebody else than the user of the session, ``login``
        :return: ``Person``, the same one by user or by badge
        :raise UserError: when somebody did not, or tried too often
        """
        method = proof.get("method")
        if method == "badge":
            operator = self._identify_badge(proof.get("badge"), proof.get("pin"))
            return Person(reference(operator), operator.name, operator.job_title or "")
        if method == "password":
            return self._get_signer(
                self._identify_user(proof.get("login"), proof.get("password"))
            )
        raise UserError(self.env._("Sign with a password, or with badge and PIN."))

    def _identify_user(self, login, password):
        """:return: the user whose password it is; Odoo's throttle counts each try"""
        users = self.env["res.users"]
        user = self.env.user
        try:
            with users._assert_can_auth(user=login or user.id):
                if not isinstance(password, str) or not isinstance(login or "", str):
                    raise AccessDenied()
                if login:
                    # sudo: as at the login; whose password it is proves the rest
                    user = users.sudo().search(users._get_login_domain(login), limit=1)
                user = user.with_user(user)
                # a login nobody has is refused like a wrong password
                user._check_credentials(
                    {
                        "type": "password",
                        "login": user.login,
                        "password": user and password,
                    },
                    {"interactive": True},
                )
        except AccessDenied as error:
            raise UserError(
                self.env._(
                    "This is not the password of %(user)s: %(error)s. Who has no "
                    "password signs with badge and PIN.",
                    user=login or self.env.user.name,
                    error=error,
                )
            ) from None
        self.with_user(user).check_access("read")
        return user

    def _identify_badge(self, badge, pin):
        """:return: the operator of badge and PIN"""
        operators = self.env["hr.employee"]
        operator = operators.browse()
        if badge and isinstance(badge, str) and isinstance(pin, str) and pin:
            operator = operators._identify_operator(badge=badge, pin=pin)
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
    def _get_signer(self, user):
        """:return: ``Person``: the same one, whether by user or by badge"""
        # sudo: the printed name of who signs
        employee = user.sudo().employee_id
        if employee:
            return Person(reference(employee), employee.name, employee.job_title or "")
        return Person(reference(user), user.sudo().name)

    def _check_signer(self, person, meaning, workorder):
        """Who performed a step does not check it, and nobody signs one thing twice."""
        others = SECOND if meaning == "performed" else {"performed"}
        # sudo: who signed before is the server's to compare
        signers = self.sudo()._get_signers(workorder.id or None)
        if any(person.key in signers.get(other, ()) for other in others):
            raise UserError(
                self.env._(
                    "%(person)s signed this step already. The second person has to be "
                    "somebody else.",
                    person=person.name,
                )
            )
        if person.key in signers.get(meaning, ()):
            raise UserError(
                self.env._(
                    "%(person)s signed this already: “%(meaning)s” is in %(record)s.",
                    person=person.name,
                    meaning=self._get_meanings()[meaning],
                    record=self.name,
                )
            )

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

    def _prepare_signature(
        self,
        person,
        meaning,
        meaning_name,
        method,
        step=None,
        remark=None,
        device_time=None,
    ):
        """:return: content of a signature: name, time and meaning"""
        field = self.env["mrp.batch.sign"]._fields["method"]
        entries = self._get_entries()
        last = entries[-1] if entries else {"sequence": 0, "hash": ""}
        return {
            "meaning": meaning,
            "meaning_name": meaning_name,
            "step": step,
            "by": person,
            "method": method,
            "method_name": dict(field._description_selection(self.env))[method],
            "device_time": str(device_time or "")[:40] or None,
            "server_time": utc_text(fields.Datetime.now()),
            "signs": {"entry": last["sequence"], "hash": last["hash"]},
            "remark": remark or None,
        }
