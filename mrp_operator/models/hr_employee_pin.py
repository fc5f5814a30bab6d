from odoo import api, models


class HrEmployee(models.Model):
    """Identification on a shared device: badge or PIN."""

    _inherit = "hr.employee"

    def _set_operator_pin(self, pin):
        """Set or, with an empty one, remove the PIN."""
        self.ensure_one()
        # sudo: nobody has access to PINs, this is the one way to set them
        secrets = self.env["mrp.operator.secret"].sudo()
        secret = secrets.search([("employee_id", "=", self.id)])
        secret.unlink()
        if pin:
            secrets.create(
                {
                    "employee_id": self.id,
                    "pin_hash": self.env["res.users"]._crypt_context().hash(pin),
                }
            )

    def _check_operator_pin(self, pin):
        """:return: whether this is the PIN of the person"""
        self.ensure_one()
        # sudo: nobody has access to PINs, this is the one way to check them
        secret = self.env["mrp.operator.secret"].sudo().search(
            [("employee_id", "=", self.id)]
        )
        return bool(
            secret.pin_hash
            and self.env["res.users"]._crypt_context().verify(pin, secret.pin_hash)
        )

    @api.model
    def _identify_operator(self, badge=None, pin=None):
        """:return: the operator of a badge, maybe none"""
        # sudo: badges are readable by officers of Employees only
        operator = self.sudo().search(
            [("barcode", "=", badge or ""), ("is_operator", "=", True)]
        )
        if not badge or len(operator) != 1:
            return self.browse()
        if pin is not None and not operator._check_operator_pin(pin):
            return self.browse()
        return operator.with_env(self.env)
