import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import gs1

PLAIN = "plain"
GS1 = "gs1"
PREFIX = re.compile(r"\d{4,12}")


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
    shop_floor_containers = fields.Boolean(
        string="Declare per Container",
        help="Good units of the last operation, co-products, by-products and waste are "
        "declared pallet by pallet: each is a package with a number, a lot and a "
        "label. What is in the containers is what the order produced.",
    )
    shop_floor_label_format = fields.Selection(
        [(PLAIN, "Own numbers"), (GS1, "GS1")],
        string="Labels",
        default=PLAIN,
        required=True,
        help="What the barcodes on labels of containers say. Own numbers: the number "
        "of the container, or its lot. GS1: GTIN, lot, expiry, weight or count, and "
        "the number of the container as SSCC.",
    )
    shop_floor_gs1_prefix = fields.Char(
        string="GS1 Company Prefix",
        help="With it containers are numbered as SSCC; without, by Odoo's sequence for "
        "packages.",
    )

    _shop_floor_limits_positive = models.Constraint(
        "CHECK(shop_floor_sign_in_hours > 0 AND shop_floor_drift_limit > 0 "
        "AND shop_floor_age_limit > 0)",
        "The limits for phones on the shop floor have to be positive.",
    )

    @api.constrains("shop_floor_gs1_prefix")
    def _check_shop_floor_gs1_prefix(self):
        for company in self:
            prefix = company.shop_floor_gs1_prefix
            if prefix and not PREFIX.fullmatch(prefix):
                raise ValidationError(
                    self.env._(
                        "%(prefix)s is no GS1 company prefix of %(company)s: it has 4 "
                        "to 12 digits.",
                        prefix=prefix,
                        company=company.display_name,
                    )
                )

    def _get_next_container_number(self):
        """:return: an SSCC; False where the company has no prefix"""
        self.ensure_one()
        prefix = self.shop_floor_gs1_prefix
        if not prefix:
            return False
        # one sequence for all: companies may share a prefix, and no number comes twice
        number = self.env["ir.sequence"].next_by_code("mrp.shop.floor.sscc")
        sscc = gs1.make_sscc(prefix, int(number))
        if not sscc:
            raise UserError(
                self.env._(
                    "All container numbers of the GS1 prefix %(prefix)s are used. "
                    "Enter another prefix in the settings of %(company)s.",
                    prefix=prefix,
                    company=self.display_name,
                )
            )
        return sscc
