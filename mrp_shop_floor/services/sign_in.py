import re

from odoo import fields

from . import labels
from .base import SUPERVISOR, Service

DEVICE = re.compile(r"[0-9a-f-]{36}")


class SignInService(Service):
    """Who is it? Own login, badge or PIN; sticky within the shift."""

    def start(self, tokens=()):
        """The page was opened.

        :param list tokens: those of the operators signed in on the device
        """
        self._check_device()
        sign_ins = self.env["mrp.shop.floor.sign.in"]
        signed_in = []
        for token in list(tokens or ())[:50]:
            found = sign_ins._find(token, self.device)
            if found._is_valid():
                signed_in.append(self._tell(found, token))
        own = self.env["mrp.workorder"]._get_acting_operator()
        if own and own.id not in {one["id"] for one in signed_in}:
            signed_in.insert(0, self._tell(*sign_ins._open(own, self.device, "own")))
        return self._answer(
            "my_work" if signed_in else "sign_in",
            {
                "signed_in": signed_in,
                "user": self.env.user.name,
                "operators": self._get_operators(),
                "badge_pin": self.env.company.shop_floor_badge_pin,
                "supervisor": not own and self._is_supervisor(),
                "now": labels.moment(fields.Datetime.now()),
            },
        )

    def identify(self, badge=None, pin=None, operator_id=None):
        """Somebody shows his badge, or chose his name and typed his PIN."""
        self._check_device()
        badge, pin = self._clean(badge), self._clean(pin)
        employees = self.env["hr.employee"]
        if badge:
            if self.env.company.shop_floor_badge_pin and not pin:
                return self._answer("sign_in", popup={"kind": "pin", "badge": badge})
            found = employees._identify_operator(badge=badge, pin=pin or None)
        elif pin and isinstance(operator_id, int):
            found = self._find_operator(operator_id)._identify_operator(pin=pin)
        else:
            found = employees
        # sudo: operators see no employees, only whether this is one of their company
        if not found or found.sudo().company_id not in self.env.companies:
            return self._answer(
                "sign_in",
                message={
                    "kind": "danger",
                    "text": self.env._(
                        "Nobody is known by this badge or PIN. Try again, or ask a "
                        "supervisor."
                    ),
                },
            )
        way = "badge" if badge else "pin"
        sign_in, token = self.env["mrp.shop.floor.sign.in"]._open(
            found, self.device, way
        )
        return self._answer("my_work", {"signed_in": self._tell(sign_in, token)})

    def sign_out(self):
        """Somebody leaves the device; what waits there to be sent stays."""
        sign_in = self.env["mrp.shop.floor.sign.in"]._find(self.token, self.device)
        sign_in._close()
        return self._answer("sign_in")

    def _check_device(self):
        if not isinstance(self.device, str) or not DEVICE.fullmatch(self.device):
            raise ValueError("a device has a UUID")

    def _clean(self, value):
        return value.strip()[:100] if isinstance(value, str) else ""

    def _get_operators(self):
        """:return: list of those who may choose their name on this device"""
        # sudo: operators see no employees; names of colleagues are no secret
        operators = (
            self.env["hr.employee"]
            .sudo()
            .search(
                [
                    ("is_operator", "=", True),
                    ("company_id", "in", self.env.companies.ids),
                ],
                order="name",
                limit=200,
            )
        )
        states = operators._get_pin_states(operators)
        return [labels.person(op) for op in operators if states[op] == "set"]

    def _find_operator(self, operator_id):
        # sudo: operators see no employees; who it is, is checked by the PIN
        return (
            self.env["hr.employee"]
            .sudo()
            .search(
                [
                    ("id", "=", operator_id),
                    ("is_operator", "=", True),
                    ("company_id", "in", self.env.companies.ids),
                ]
            )
        )

    def _tell(self, sign_in, token):
        operator = sign_in.operator_id
        user = self.env.user
        return {
            **labels.person(operator),
            "token": token,
            "until": labels.moment(sign_in.date_end),
            "lang": operator.lang,
            "company": sign_in.company_id.name,
            "own": operator.user_id == user,
            "supervisor": operator.user_id == user and self._is_supervisor(),
        }

    def _is_supervisor(self):
        return self.env.user.has_group(SUPERVISOR)
