from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

LOTS_AT_ONCE = 1000


class StockLot(models.Model):
    _inherit = "stock.lot"

    hold_state = fields.Selection(
        selection_add=[("expired", "Expired")], ondelete={"expired": "set default"}
    )

    @api.model
    def _get_expired_domain(self):
        """:return: domain of the lots that stop being usable with their date"""
        return Domain("expiration_date", "<=", fields.Datetime.now()) & Domain(
            "product_id.stop_expired_lots", "=", True
        )

    def _filter_expired(self):
        now = fields.Datetime.now()
        return self.filtered(
            lambda lot: (
                lot.expiration_date
                and lot.expiration_date <= now
                and lot.product_id.stop_expired_lots
            )
        )

    @api.model
    def _get_held_domain(self):
        """The date counts from its very second, not from when the state follows."""
        return super()._get_held_domain() | self._get_expired_domain()

    def _filter_held(self):
        return super()._filter_held() | self._filter_expired()

    def _get_hold_sentence(self, log):
        if self.hold_state == "released" and self._filter_expired():
            return self.env._(
                "%(lot)s of %(product)s: expired on %(date)s",
                lot=self.name,
                product=self.product_id.display_name,
                date=fields.Datetime.context_timestamp(
                    self, self.expiration_date
                ).strftime("%Y-%m-%d %H:%M"),
            )
        return super()._get_hold_sentence(log)

    def decide(self, state, reason):
        if state == "released" and (expired := self._filter_expired()):
            raise UserError(
                self.env._(
                    "These lots have expired; give them a new expiration date before "
                    "you release them: %(lots)s",
                    lots=", ".join(expired.mapped("name")),
                )
            )
        return super().decide(state, reason)

    @api.model
    def _cron_expire(self):
        """Let the state of lots follow their date, and take reservations back."""
        domain = self._get_expired_domain() & Domain("hold_state", "=", "released")
        cron = self.env["ir.cron"]
        while lots := self.search(domain, limit=LOTS_AT_ONCE):
            lots._apply_decision("expired", self.env._("Its expiration date passed"))
            lots._release_reservations()
            if not cron._commit_progress(
                processed=len(lots), remaining=self.search_count(domain)
            ):
                break
