from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .mrp_workcenter_productivity_correct import SUPERVISOR

SHORTEST_PIN = 4
FREE_TRIES = 2
MOST_TRIES = 5
MOST_AT_ONCE = 20


class HrEmployee(models.Model):
    """Identification on a shared device: badge or PIN."""

    _inherit = "hr.employee"

    operator_pin_state = fields.Selection(
        [("none", "No PIN"), ("set", "PIN Set"), ("locked", "Locked")],
        string="PIN on the Shop Floor",
        compute="_compute_operator_pin_state",
        groups="hr.group_hr_user",
    )

    def _compute_operator_pin_state(self):
        states = self._get_pin_states(self)
        for employee in self:
            employee.operator_pin_state = states[employee]

    def action_operator_pin(self):
        """Open the dialog that sets and unlocks the PIN."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_operator.mrp_operator_pin_action"
        )
        return action | {"context": {"default_operator_id": self.id}}

    def _check_own_or_supervisor(self):
        """Raise unless these are the current user himself, or he is a supervisor."""
        # sudo: whose employee somebody is he may know
        others = self.sudo().filtered(lambda e: e.user_id != self.env.user)
        if others and not self.env.user.has_group(SUPERVISOR):
            raise AccessError(
                self.env._(
                    "Only %(operator)s or a supervisor may do this.",
                    operator=others[0].name,
                )
            )

    def _set_operator_pin(self, pin):
        """Set or, with an empty one, remove the PIN; it is not locked any more."""
        self.ensure_one()
        pin = (pin or "").strip()
        if pin and (not pin.isdecimal() or len(pin) < SHORTEST_PIN):
            raise UserError(
                self.env._(
                    "A PIN has at least %(count)s digits and nothing else.",
                    count=SHORTEST_PIN,
                )
            )
        # sudo: nobody has access to PINs, this is the one way to set them
        secrets = self.env["mrp.operator.secret"].sudo()
        secrets.search([("employee_id", "=", self.id)]).unlink()
        if pin:
            hashed = self.env["res.users"]._crypt_context().hash(pin)
            secrets.create({"employee_id": self.id, "pin_hash": hashed})

    def _check_operator_pin(self, pin):
        """Is this the PIN of the person?

        Tries are counted in a transaction of their own, per person and per device:
        neither an error nor several sessions at once get around the count.

        :return: bool
        :raise UserError: after too many tries, or too many in a short time
        """
        self.ensure_one()
        return self._try_on_device(lambda: self._check_own_pin(pin))

    def _try_on_device(self, check):
        """Count what is wrong, whomever it was tried for.

        :param check: function that tells whether it was right
        """
        # sudo: nobody has access to what is counted
        attempts = self.env["mrp.operator.attempt"].sudo()
        attempts._charge()
        try:
            right = check()
        except UserError:
            # it was not even looked at
            attempts._refund()
            raise
        if right:
            attempts._refund()
        return right

    def _check_own_pin(self, pin):
        for _attempt in range(MOST_AT_ONCE):
            try:
                with self.env.registry.cursor() as cr:
                    return self.with_env(self.env(cr=cr))._try_operator_pin(pin)
            except psycopg2.errors.SerializationFailure:
                # another session counted a try meanwhile: look again
                continue
        raise UserError(self._get_busy_message())

    def _get_busy_message(self):
        return self.env._("Somebody else is entering this PIN. Try again.")

    def _try_operator_pin(self, pin):
        cr = self.env.cr
        cr.execute(SQL("SET LOCAL lock_timeout = '5s'"))
        try:
            cr.execute(
                SQL(
                    """
                    SELECT id, pin_hash, tries, tried_at, locked
                      FROM mrp_operator_secret WHERE employee_id = %s FOR UPDATE
                    """,
                    self.id,
                ),
                log_exceptions=False,
            )
        except psycopg2.errors.LockNotAvailable as error:
            raise UserError(self._get_busy_message()) from error
        row = cr.dictfetchone()
        if not row:
            return False
        # sudo: whoever stands at a shared device need not see employees
        name = self.sudo().name
        if row["locked"]:
            raise UserError(
                self.env._(
                    "The PIN of %(operator)s is locked after %(count)s wrong tries. "
                    "Ask a supervisor to unlock it.",
                    operator=name,
                    count=MOST_TRIES,
                )
            )
        now = fields.Datetime.now()
        wait = timedelta(seconds=2 ** max(row["tries"] - FREE_TRIES, 0) - 1)
        if row["tries"] and now < row["tried_at"] + wait:
            raise UserError(
                self.env._(
                    "Too many wrong PINs for %(operator)s. Wait a few seconds.",
                    operator=name,
                )
            )
        right = (
            self.env["res.users"]._crypt_context().verify(pin or "", row["pin_hash"])
        )
        tries = 0 if right else row["tries"] + 1
        cr.execute(
            SQL(
                """
                UPDATE mrp_operator_secret
                   SET tries = %s, tried_at = %s, locked = %s WHERE id = %s
                """,
                tries,
                now,
                tries >= MOST_TRIES,
                row["id"],
            )
        )
        return right

    def _identify_operator(self, badge=None, pin=None):
        """Who stands at a shared device?

        :param str badge: what was scanned; without it these records are meant, who
            were chosen from a list
        :param str pin: what was typed; without it the badge alone must do
        :return: ``hr.employee``, the operator or nobody
        :raise UserError: after too many wrong ones, of a person or on a device
        """
        if not badge and not pin:
            return self.browse()
        return self._try_on_device(lambda: self._find_operator(badge, pin))

    def _find_operator(self, badge, pin):
        nobody = self.browse()
        if badge:
            # sudo: badges are readable by officers of Employees only
            operator = self.sudo().search(
                [("barcode", "=", badge), ("is_operator", "=", True)]
            )
        else:
            operator = self.sudo().filtered("is_operator") if pin else nobody
        if len(operator) != 1 or not operator.active:
            return nobody
        if pin is not None and not operator._check_own_pin(pin):
            return nobody
        return operator.with_env(self.env)

    @api.model
    def _get_pin_states(self, employees):
        """:return: dict from employee to ``none``, ``set`` or ``locked``"""
        # sudo: whether there is a PIN, not which
        secrets = self.env["mrp.operator.secret"].sudo()
        known = {
            secret.employee_id.id: "locked" if secret.locked else "set"
            for secret in secrets.search([("employee_id", "in", employees.ids)])
        }
        return {employee: known.get(employee.id, "none") for employee in employees}

    def _unlock_operator_pin(self):
        """Forget the wrong tries."""
        # sudo: nobody has access to PINs
        self.env["mrp.operator.secret"].sudo().search(
            [("employee_id", "in", self.ids)]
        ).write({"tries": 0, "locked": False})
