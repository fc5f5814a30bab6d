from odoo import fields, models


class MrpBatchSigner(models.AbstractModel):
    """A dialog in which somebody signs: with a password, or with badge and PIN."""

    _name = "mrp.batch.signer"
    _description = "Signing"

    method = fields.Selection(
        [("password", "Password"), ("badge", "Badge and PIN")],
        string="Sign With",
        required=True,
        default="password",
    )
    login = fields.Char(
        help="Of who signs, when it is somebody else than who is logged in."
    )
    # never stored: buttons hand them over in the context, as Odoo's own dialog does
    password = fields.Char(store=False)
    pin = fields.Char(string="PIN", store=False)
    badge = fields.Char()
    device_time = fields.Char(help="What the clock of the device said.")

    def _get_proof(self):
        """:return: what proves who it is, see ``mrp.batch.record``"""
        if self.method == "badge":
            return {
                "method": "badge",
                "badge": self.badge,
                "pin": self.env.context.get("pin"),
            }
        return {
            "method": "password",
            "login": self.login or None,
            "password": self.env.context.get("password"),
        }
