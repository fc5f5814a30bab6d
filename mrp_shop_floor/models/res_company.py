from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    shop_floor_sign_in_hours = fields.Float(
        string="Signed In For",
        default=12,
        help="Hours after which an operator has to sign in again on a phone.",
    )
    shop_floor_badge_pin = fields.Boolean(
        string="Badge and PIN",
        help="A badge alone does not sign an operator in; the PIN has to be entered, "
        "too.",
    )
    shop_floor_drift_limit = fields.Integer(
        string="Wrong Clock",
        default=5,
        help="Minutes that the clock of a phone may be wrong. What is sent by a phone "
        "with a worse one is kept for a supervisor to settle.",
    )
    shop_floor_age_limit = fields.Integer(
        string="Late Taps",
        default=24,
        help="Hours after which taps that a phone could not send are no longer applied "
        "but kept for a supervisor to settle.",
    )

    _shop_floor_limits_positive = models.Constraint(
        "CHECK(shop_floor_sign_in_hours > 0 AND shop_floor_drift_limit > 0 "
        "AND shop_floor_age_limit > 0)",
        "The limits for phones on the shop floor have to be positive.",
    )
