import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models


class MrpShopFloorSignIn(models.Model):
    """An operator who may tap on a device, and until when.

    The device keeps a token, which tells nothing about badge or PIN; the server keeps
    its hash.
    """

    _name = "mrp.shop.floor.sign.in"
    _description = "Operator Signed In on a Device"
    _order = "id desc"
    _rec_name = "operator_id"

    operator_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one(
        "res.users", string="Session Of", required=True, readonly=True, index=True
    )
    device = fields.Char(required=True, readonly=True)
    token_hash = fields.Char(
        required=True, readonly=True, index=True, groups=fields.NO_ACCESS
    )
    way = fields.Selection(
        [("own", "Own Login"), ("badge", "Badge"), ("pin", "PIN")],
        required=True,
        readonly=True,
    )
    date_start = fields.Datetime(string="From", required=True, readonly=True)
    date_end = fields.Datetime(string="Until", required=True, readonly=True)

    @api.model
    def _open(self, operator, device, way):
        """Sign somebody in who has been identified.

        :return: ``(sign-in, token)``
        """
        token = secrets.token_urlsafe(32)
        now = fields.Datetime.now()
        # sudo: whoever signs in sees neither employees nor sign-ins
        operator = operator.sudo()
        company = operator.company_id
        sign_in = self.sudo().create(
            {
                "operator_id": operator.id,
                "company_id": company.id,
                "user_id": self.env.uid,
                "device": device,
                "token_hash": self._hash(token),
                "way": way,
                "date_start": now,
                "date_end": now + timedelta(hours=company.shop_floor_sign_in_hours),
            }
        )
        return sign_in, token

    @api.model
    def _hash(self, token):
        return hashlib.sha256(token.encode()).hexdigest()

    @api.model
    def _find(self, token, device):
        """:return: the sign-in of a token in the current user's session on a device,
        also one that has ended; maybe none
        """
        if not isinstance(token, str) or not isinstance(device, str) or not token:
            return self.browse()
        # sudo: operators see no sign-ins; only that of the token is found
        return self.sudo().search(
            [
                ("token_hash", "=", self._hash(token)),
                ("user_id", "=", self.env.uid),
                ("device", "=", device),
            ],
            limit=1,
        )

    @api.model
    def _get_current(self, operators):
        """:return: dict from those who are signed in on a phone now to since when"""
        # sudo: supervisors see who is signed in, whoever's session it is
        groups = self.sudo()._read_group(
            [
                ("operator_id", "in", operators.ids),
                ("date_end", ">", fields.Datetime.now()),
            ],
            ["operator_id"],
            ["date_start:max"],
        )
        return dict(groups)

    def _is_valid(self, at=None):
        """:return: whether the operator was signed in then, by default now"""
        at = at or fields.Datetime.now()
        # a device's clock and the server's differ by seconds
        slack = timedelta(seconds=30)
        return bool(self) and (
            self.date_start - slack <= at <= self.date_end + slack
            and self.operator_id.active
            and self.operator_id.is_operator
        )

    def _close(self):
        now = fields.Datetime.now()
        self.filtered(lambda s: s.date_end > now).date_end = now
