from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools import DECIDING, forget_gathered

GROUP_RELEASE = "stock_lot_hold.stock_lot_hold_group_release"
DECISIONS = [
    ("quarantine", "Quarantine"),
    ("released", "Released"),
    ("hold", "On Hold"),
    ("rejected", "Rejected"),
]


class StockLot(models.Model):
    _inherit = "stock.lot"

    hold_state = fields.Selection(
        DECISIONS,
        string="Usability",
        required=True,
        default="released",
        readonly=True,
        copy=False,
        help="Only released lots are reserved, consumed and delivered.\n"
        "Quarantine: waits for somebody's decision.\n"
        "On Hold: stopped by somebody, for a reason.\n"
        "Rejected: to be scrapped or sent back.",
    )
    hold_log_ids = fields.One2many(
        "stock.lot.hold.log", "lot_id", string="Decisions", readonly=True
    )
    hold_date = fields.Datetime(string="Decided on", compute="_compute_hold_decision")
    hold_user_name = fields.Char(string="Decided by", compute="_compute_hold_decision")
    hold_reason = fields.Text(string="Reason", compute="_compute_hold_decision")

    _hold_state_idx = models.Index("(id) WHERE hold_state != 'released'")

    @api.depends("hold_log_ids")
    def _compute_hold_decision(self):
        last = self._get_last_decisions()
        for lot in self:
            log = last.get(lot._origin.id, self.env["stock.lot.hold.log"])
            lot.hold_date = log.date
            lot.hold_user_name = log.user_name
            lot.hold_reason = log.reason

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # said here, so that no default of the caller's context says otherwise
            if vals.setdefault("hold_state", "released") != "released":
                raise UserError(self._get_direct_write_refusal())
        return super().create(vals_list)

    def write(self, vals):
        if "hold_state" in vals and not DECIDING.is_on(self.env):
            raise UserError(self._get_direct_write_refusal())
        result = super().write(vals)
        if "hold_state" in vals:
            forget_gathered(self.env)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        # sudo: what others decided counts too
        decided = self.sudo().filtered("hold_log_ids")
        if decided:
            raise UserError(
                self.env._(
                    "Somebody decided about these lots, and that is kept: %(lots)s",
                    lots=", ".join(decided.mapped("name")),
                )
            )

    def _get_direct_write_refusal(self):
        return self.env._(
            "Whether a lot may be used is decided with a reason: use the buttons Hold, "
            "Release, Quarantine or Reject of the lot."
        )

    def action_hold(self):
        return self._action_decide("hold")

    def action_release(self):
        return self._action_decide("released")

    def action_quarantine(self):
        return self._action_decide("quarantine")

    def action_reject(self):
        return self._action_decide("rejected")

    def _action_decide(self, state):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "stock_lot_hold.stock_lot_decision_action"
        )
        action["context"] = {"default_lot_ids": self.ids, "default_state": state}
        return action

    def decide(self, state, reason):
        """Say whether these lots may be used.

        :param str state: a value of ``hold_state``
        :param str reason: why, in words
        :return: the lots whose state changed
        """
        self._check_decision(state, reason)
        lots = self.filtered(lambda lot: lot.hold_state != state)
        lots._check_may_decide(state)
        lots._apply_decision(state, reason.strip())
        if state != "released":
            lots._release_reservations()
        return lots

    def _check_decision(self, state, reason):
        self.check_access("write")
        if state not in dict(DECISIONS):
            raise UserError(
                self.env._("There is no such state: %(state)s", state=state)
            )
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._("Say why: the reason is kept with the decision.")
            )

    def _check_may_decide(self, state):
        """Everybody who handles lots may stop one; the rest is for a few."""
        if self.env.user.has_group(GROUP_RELEASE):
            return
        if state == "hold" and "rejected" not in self.mapped("hold_state"):
            return
        raise AccessError(
            self.env._(
                "Only people with the role “Lot Release” may do this. You can put a "
                "lot that is not rejected on hold."
            )
        )

    def _apply_decision(self, state, reason):
        """Set the state and keep who did it, when and why."""
        now = fields.Datetime.now()
        # sudo: goods of every company stop when the lot is everybody's
        log_values = [lot._prepare_hold_log(state, reason, now) for lot in self.sudo()]
        # sudo: the log is nobody's to write
        DECIDING.put_on(self.env["stock.lot.hold.log"].sudo()).create(log_values)
        # sudo: goods of every company stop when the lot is everybody's
        DECIDING.put_on(self.sudo()).write({"hold_state": state})
        self.invalidate_recordset(["hold_log_ids", "hold_date"])

    def _prepare_hold_log(self, state, reason, date):
        return {
            "lot_id": self.id,
            "lot_name": self.name,
            "product_id": self.product_id.id,
            "company_id": self.company_id.id,
            "date": date,
            "user_id": self.env.uid,
            "user_name": self.env.user.name,
            "state_from": self.hold_state,
            "state_to": state,
            "reason": reason,
        }

    def _release_reservations(self):
        """Take the lots away from moves that would use them; give them other goods.

        What somebody has picked already stays recorded; it is refused when posted.
        """
        # sudo: a lot of all companies may be reserved in another one
        lines = (
            self.env["stock.move.line"]
            .sudo()
            .search(
                [
                    ("lot_id", "in", self.ids),
                    ("state", "not in", ("done", "cancel")),
                    ("picked", "=", False),
                ]
            )
        )
        lines = lines.filtered(lambda line: line._is_use())
        moves = lines.move_id
        lines.unlink()
        for company, company_moves in moves.grouped("company_id").items():
            company_moves.with_company(company)._action_assign()

    @api.model
    def _get_held_domain(self):
        """:return: domain of the lots that may not be used now"""
        return Domain("hold_state", "!=", "released")

    def _filter_held(self):
        """:return: those of the lots that may not be used now"""
        return self.filtered(lambda lot: lot.hold_state != "released")

    def _lock_hold_state(self):
        """Let no decision about these lots happen until this transaction ends.

        A decision taken meanwhile makes PostgreSQL refuse the lock; Odoo then tries
        the whole transaction again and sees it.
        """
        if self:
            self.env.cr.execute(
                "SELECT id FROM stock_lot WHERE id = ANY(%s) ORDER BY id FOR SHARE",
                [self.ids],
            )

    def _get_last_decisions(self):
        """:return: dict of the latest decision per id of a lot"""
        self.env["stock.lot.hold.log"].flush_model()
        self.env.cr.execute(
            """
            SELECT DISTINCT ON (lot_id) lot_id, id
              FROM stock_lot_hold_log
             WHERE lot_id = ANY(%s)
             ORDER BY lot_id, id DESC
            """,
            [self._origin.ids],
        )
        found = dict(self.env.cr.fetchall())
        # sudo: who sees a lot may know why it can not be used
        logs = self.env["stock.lot.hold.log"].sudo().browse(found.values())
        return {log.lot_id.id: log for log in logs}

    def _get_hold_sentences(self):
        """:return: list of str, why each of these lots may not be used"""
        last = self._get_last_decisions()
        return [lot._get_hold_sentence(last.get(lot.id)) for lot in self]

    def _get_hold_sentence(self, log):
        states = dict(self._fields["hold_state"]._description_selection(self.env))
        if not log:
            return self.env._(
                "%(lot)s of %(product)s: %(state)s",
                lot=self.name,
                product=self.product_id.display_name,
                state=states[self.hold_state],
            )
        return self.env._(
            "%(lot)s of %(product)s: %(state)s since %(date)s by %(user)s (%(reason)s)",
            lot=self.name,
            product=self.product_id.display_name,
            state=states[self.hold_state],
            date=fields.Datetime.context_timestamp(self, log.date).strftime(
                "%Y-%m-%d %H:%M"
            ),
            user=log.user_name,
            reason=log.reason,
        )
